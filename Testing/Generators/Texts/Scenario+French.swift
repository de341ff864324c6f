extension Scenario {
    static let french: [Scenario] = [
        Scenario(
            .french, ["Demande de devis : {product}", "Devis pour {quantity} appareils"],
            [
                .customer(
                    """
                    Dans le cadre du renouvellement de notre ligne de conditionnement, nous souhaiterions recevoir un devis pour {quantity} exemplaires du {product}, pose et mise en service comprises.

                    Pourriez-vous également nous indiquer le délai de livraison ? L’arrêt technique est prévu la semaine du {day2}.
                    """),
                .supplier(
                    """
                    Merci de votre demande. Vous trouverez notre offre {ref} en pièce jointe :

                    Désignation | Quantité | Total HT
                    {product} | {quantity} | {amount}
                    Mise en service sur site | 1 | comprise
                    Certificat d’étalonnage | {quantity} | compris

                    Le délai est de {weeks} semaines. Une commande avant le {day} nous laisserait une marge confortable.
                    """, .offer),
                .customer(
                    "Merci pour votre réactivité. Le montant dépasse un peu notre enveloppe : serait-il possible de descendre à {amount2} en échelonnant la livraison sur deux mois ?"
                ),
                .supplier(
                    "C’est possible, à condition de recevoir la commande complète dès maintenant. L’offre révisée est jointe ; elle reste valable jusqu’au {day}.",
                    .offer),
                .customer("Parfait, c’est validé. Le bon de commande {order} part aujourd’hui."),
            ]),
        Scenario(
            .french, ["Votre visite du {day}", "Rendez-vous à {city}"],
            [
                .supplier(
                    "Je serai dans votre région la semaine prochaine et je passerais volontiers vous voir pour faire le point sur le {product}. Est-ce que {day} en fin de matinée vous conviendrait ?"
                ),
                .customer(
                    "Oui, {day} à 11 h, c’est noté. Présentez-vous à l’accueil avec une pièce d’identité, et prévoyez des chaussures de sécurité. On pourra déjeuner sur place ensuite."
                ),
                .supplier(
                    "C’est parfait, à {day} donc. Je viendrai avec notre technicien, qui connaît bien votre installation."
                ),
            ]),
        Scenario(
            .french, ["Étalonnage annuel", "Étalonnage de vos {quantity} appareils"],
            [
                .supplier(
                    "Les certificats de {quantity} de vos appareils arrivent à échéance en {month}. Souhaitez-vous nous les envoyer, ou préférez-vous que nous intervenions sur place ? Notre camion-atelier sera près de chez vous le {day}."
                ),
                .customer(
                    "Sur place, s’il vous plaît : nous ne pouvons pas arrêter la ligne. Attention, l’appareil {serial} a été déplacé au bâtiment C."
                ),
                .supplier("C’est réservé pour le {day}, arrivée vers 8 h 30. Comptez 40 minutes par appareil."),
                .supplier(
                    "Veuillez trouver ci-joint les certificats établis lors de notre passage. Tout est conforme ; l’électrode de {serial} sera à remplacer d’ici six mois.",
                    .certificate),
            ]),
        Scenario(
            .french, ["Dérive de mesure sur {serial}", "Problème de mesure : {product}"],
            [
                .customer(
                    """
                    Depuis l’arrêt du week-end, notre {product} (n° {serial}) dérive de {percent} % par rapport au laboratoire. Nous avons déjà :

                    - nettoyé la sonde à l’acide
                    - refait l’étalonnage deux points
                    - vérifié la mise à la terre

                    Rien n’y fait. Avez-vous une idée ?
                    """, .measurements),
                .supplier(
                    "Merci pour ces relevés, ils sont très parlants : la dérive suit la température de l’eau. Pouvez-vous vérifier que la compensation est bien sur « automatique » et non sur « manuelle » ? Après une coupure de courant, l’ancienne version du logiciel perd ce réglage."
                ),
                .customer(
                    "C’était exactement cela ! Tout est rentré dans l’ordre. Comment éviter que cela se reproduise à la prochaine coupure ?"
                ),
                .supplier(
                    "La mise à jour 4.{number} conserve le réglage. Notre technicien l’installera lors de l’étalonnage, sans frais."
                ),
            ]),
        Scenario(
            .french, ["Facture {invoice}", "Règlement de la facture {invoice}"],
            [
                .supplier(
                    "Sauf erreur de notre part, la facture {invoice} d’un montant de {amount}, échue le mois dernier, ne nous est pas encore parvenue en règlement. Vous en trouverez une copie ci-jointe. Pourriez-vous me dire s’il y a un souci ?",
                    .invoice),
                .customer(
                    "Toutes nos excuses : la facture était restée bloquée faute de numéro de commande. C’est la commande {order}. Le virement part dans la semaine."
                ),
                .supplier("Merci beaucoup, j’ai ajouté le numéro à votre dossier pour les prochaines."),
            ]),
        Scenario(
            .french, ["Livraison de la commande {order}", "Retard de livraison"],
            [
                .customer(
                    "La commande {order} devait nous être livrée avant-hier et nous n’avons toujours rien reçu. Les monteurs sont là {day}. Où en est-on ?"
                ),
                .supplier(
                    "Je viens d’avoir le transporteur : le colis est à l’agence de {city}, il sera chez vous demain avant midi. Je suis désolé pour ce contretemps, et je vous appelle demain pour m’en assurer."
                ),
                .customer("Bien reçu ce matin, tout y est. Merci d’avoir suivi l’affaire."),
            ]),
        Scenario(
            .french, ["Compte rendu de notre réunion", "Suite à notre échange"],
            [
                .supplier(
                    """
                    Merci encore pour votre accueil. Voici ce que j’ai retenu :

                    - essai du {product} sur la cuve n° 2 à partir du {day}
                    - prêt de {quantity} sondes jusqu’à fin {month}
                    - validation de la gamme par votre service qualité
                    - prochain point dans quinze jours

                    N’hésitez pas à me corriger.
                    """, .minutes),
                .customer(
                    "C’est bien cela. Une précision : pour la livraison, passez par le quai 3, le laboratoire ne réceptionne plus depuis la réorganisation."
                ),
            ]),
        Scenario(
            .french, ["Formation des opérateurs", "Formation en {month}"],
            [
                .customer(
                    "Nous accueillons quatre nouveaux opérateurs en {month}. Serait-il possible d’organiser une formation à l’entretien des sondes, chez nous, de préférence un vendredi ?"
                ),
                .supplier(
                    "Avec plaisir. La formation dure une demi-journée et coûte {amount} pour le groupe, support compris. Je peux vous proposer le {day} ou le {day2}.",
                    .datasheet),
                .customer("Va pour le {day2}. Je réserve la salle et je vous envoie la liste des participants."),
            ]),
        Scenario(
            .french, ["Merci !", "Un grand merci à votre équipe"],
            [
                .customer(
                    "L’audit s’est très bien passé : aucune remarque sur le parc de mesure, ce qui ne nous était jamais arrivé. Merci à toute votre équipe, et en particulier au technicien venu en {month}."
                ),
                .supplier(
                    "Voilà un message qui fait plaisir. Je le transmets à l’atelier ; le technicien en rougit déjà. À très bientôt !"
                ),
            ]),
    ]
}
