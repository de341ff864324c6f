/// What newsletters, machines, colleagues and strangers write.
enum UnrelatedTexts {
    static let newsletters: [(Person, String, [(String, String)])] = [
        (
            Person("Process Weekly", "news@process-weekly.example"),
            "This week: what AI cannot smell, and five pumps compared",
            [
                (
                    "Five pumps compared",
                    "We let five dosing pumps run for 1,000 hours. One of them leaked, and it was not the cheapest."
                ),
                (
                    "Opinion: measure less, know more",
                    "Why a plant in the Netherlands removed half of its sensors and is better informed than before."
                ),
                ("Jobs", "Twelve open positions for measuring and control engineers."),
            ]
        ),
        (
            Person("Hotel Bellevue", "offers@bellevue-hotels.example"), "Your summer weekend by the lake – 20 % off",
            [
                (
                    "Two nights, one price",
                    "Book before Sunday and breakfast is on us. Valid for stays until the end of August."
                )
            ]
        ),
        (
            Person("Sales Digest", "hello@salesdigest.example"), "The question that closes deals",
            [
                (
                    "Ask about yesterday",
                    "Customers cannot tell you what they will want. They can tell you what annoyed them last Tuesday."
                ),
                ("Template of the week", "A follow-up after a trade fair that is four sentences long."),
            ]
        ),
        (
            Person("Messe Kontakt", "newsletter@messe-kontakt.example"),
            "Ihre Eintrittskarte für die Fachmesse – Halle 7 öffnet früher",
            [
                (
                    "Halle 7",
                    "In diesem Jahr finden Sie die Messtechnik in Halle 7. Geöffnet ab 8:30 Uhr für Fachbesucher mit Vorabregistrierung."
                )
            ]
        ),
        (
            Person("La Lettre du Labo", "lettre@labo-actu.example"), "Eau potable : les nouveaux seuils expliqués",
            [
                (
                    "Nouveaux seuils",
                    "Le décret paraît en septembre. Ce que les exploitants doivent mesurer, où et à quelle fréquence."
                ),
                ("Agenda", "Journées techniques à Rennes : les inscriptions sont ouvertes."),
            ]
        ),
    ]

    static let mailingList: [(Person, String, String)] = [
        (
            Person("Wim de Groot", "wim@degroot-consult.example"), "Drift of glass electrodes below 5 °C",
            "Has anyone seen electrodes that drift in cold water only, and only after two weeks? Cleaning does not help, new electrolyte does.\n\nWim"
        ),
        (
            Person("Hanna Lindqvist", "hanna.lindqvist@vatten-norr.example"),
            "Re: Drift of glass electrodes below 5 °C",
            "Yes. In our case it was the reference junction clogging. Since we changed to an open junction it has been quiet for a year.\n\nHanna"
        ),
        (
            Person("Paolo Ferri", "p.ferri@unilab.example"), "Which Modbus gateway survives a brewery?",
            "We have lost three in two years to moisture. I am looking for something with a proper seal and without a cloud account."
        ),
    ]

    static let notifications: [(Person, String, String)] = [
        (
            Person("Parcel Service", "no-reply@parcel-service.example"), "Your parcel # is on its way",
            "Your parcel # was handed to the driver and arrives between 10:00 and 13:00.\n\nYou need not be at home: choose a neighbour or a safe place on our site."
        ),
        (
            Person("Travel Desk", "bookings@traveldesk.example"), "Booking confirmed: #",
            "Your booking # is confirmed.\n\n- Outward: 07:12, platform 4, coach 11, seat 42\n- Return: 18:46, coach 9, seat 17\n\nThe ticket is valid on this train only."
        ),
        (
            Person("IT Service Desk", "servicedesk@aldermoor.example"), "[Ticket #] Your request has been received",
            "We have received your request and given it the number #. An answer follows within one working day."
        ),
        (
            Person("Expenses", "noreply@expenses-cloud.example"), "Expense report # was approved",
            "Your report # was approved and will be paid with the next salary."
        ),
        (
            Person("Video Calls", "no-reply@videocalls.example"), "Your recording is ready",
            "The recording of your call # is ready. It will be deleted after 30 days."
        ),
        (
            Person("Bank", "service@northbank.example"), "A new statement is waiting for you",
            "Statement # is in your inbox in online banking. We never send links in our emails."
        ),
    ]

    static let internalEnglish: [(String, String)] = [
        (
            "Demo van on Thursday",
            "Is anybody using the demo van on Thursday? I would need it until about three, and would fill it up."
        ),
        (
            "Numbers for the quarter",
            "I am still missing your forecast. A guess is fine, but please put it into the sheet by tonight so that I can close it tomorrow morning."
        ),
        ("Lunch", "Thai at half past twelve? I have booked for six."),
        (
            "Trade fair rota",
            "The rota for the stand is in the shared folder. Everybody has two half days. Please swap among yourselves and tell me the result."
        ),
        (
            "New price calculator",
            "The new calculator is ready. It finally knows the framework discounts. Have a go and shout if it gives you nonsense."
        ),
        (
            "Holiday cover",
            "I am away for the last two weeks of the month. Would you cover the north for me? There is one visit planned, the rest should be quiet."
        ),
        (
            "Keys to the store room",
            "Whoever has the keys to the store room: the couriers have been standing there since ten."
        ),
        ("Slides", "I have taken the liberty of cutting your slides from 34 to 12. Tell me if I cut a darling."),
    ]

    static let internalFrench: [(String, String)] = [
        (
            "Prévisions du trimestre",
            "Il me manque encore tes prévisions. Une estimation suffit, mais j’en ai besoin ce soir pour boucler le tableau."
        ),
        (
            "Véhicule de démonstration",
            "Quelqu’un utilise le véhicule de démonstration jeudi ? Je le rendrais vers 15 h, le plein fait."
        ),
        (
            "Congés d’été",
            "Je serai absent la seconde quinzaine. Peux-tu prendre mes appels ? Il n’y a qu’une visite de prévue."
        ),
        (
            "Salon de Lyon",
            "Le planning du stand est dans le dossier partagé. Merci de t’inscrire sur deux demi-journées."
        ),
    ]

    static let junk: [(Person, String, String)] = [
        (
            Person("Prize Office", "winner@lucky-draw.example"), "CONGRATULATIONS!!! You have been selected",
            "Dear friend, your address was drawn from 10,000,000. Send the fee of 50 to receive your prize today."
        ),
        (
            Person("Top SEO", "growth@rank-higher.example"), "I looked at your website and found 17 errors",
            "We bring any website to the first page in three days. May I send you our price list?"
        ),
        (
            Person("Account Team", "security@mail-verify.example"), "Your mailbox is full – act now",
            "Your mailbox will be closed within 24 hours. Confirm your password at once to go on using it."
        ),
    ]

    static let coldMail: [(Person, String, String, Language)] = [
        (
            Person("Сергей Волков", "s.volkov@pribor-msk.example"), "Предложение о сотрудничестве",
            "Здравствуйте!\n\nНаша компания поставляет измерительные приборы и ищет партнёров в Европе. Были бы рады обсудить с вами возможное сотрудничество.\n\nС уважением,\n\nСергей Волков",
            .russian
        ),
        (
            Person("Rachel Stone", "rachel@leadfinders.example"), "Quick question",
            "Hi,\n\nI help companies like yours book 15 more demos a month – guaranteed. Worth a chat next week?\n\nRachel",
            .english
        ),
        (
            Person("Frédéric Aubert", "f.aubert@nettoyage-pro.example"), "Entretien de vos locaux",
            "Bonjour,\n\nSpécialisés dans le nettoyage de locaux professionnels, nous serions heureux de vous établir un devis gratuit.\n\nCordialement,\n\nFrédéric Aubert",
            .french
        ),
    ]

    static let privateNotes: [(Person, String, String)] = [
        (
            Person("School office", "office@hillside-school.example"), "Parents' evening",
            "Dear parents,\n\nParents' evening has been moved to Wednesday, 18:30, because of the concert."
        ),
        (
            Person("Mum", "mum@family-post.example"), "Sunday",
            "Are you coming on Sunday? Bring the children and that cheese.\n\nLove, M."
        ),
    ]
}
