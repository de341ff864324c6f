extension Scenario {
    static let german: [Scenario] = [
        Scenario(
            .german, ["Anfrage: {quantity} × {product}", "Angebot für {product}"],
            [
                .customer(
                    """
                    für die Erweiterung unseres Prüffelds benötigen wir {quantity} Stück {product} mit Werkskalibrierung. Bitte senden Sie uns ein Angebot einschließlich Lieferzeit.

                    Die Geräte müssten spätestens bis {day2} hier sein, da dann die Abnahme stattfindet.
                    """),
                .supplier(
                    """
                    vielen Dank für Ihre Anfrage. Unser Angebot {ref} liegt bei:

                    Position | Menge | Gesamtpreis
                    {product} | {quantity} | {amount}
                    Werkskalibrierung | {quantity} | enthalten

                    Die Lieferzeit beträgt {weeks} Wochen. Bei Bestellung bis {day} schaffen wir Ihren Termin sicher.
                    """, .offer),
                .customer(
                    "das Angebot passt grundsätzlich. Können Sie uns bei den Zahlungsbedingungen entgegenkommen (30 Tage, 2 % Skonto)? Dann lasse ich die Bestellung sofort auslösen."
                ),
                .supplier(
                    "gerne, 30 Tage mit 2 % Skonto sind für uns in Ordnung. Ich habe das Angebot entsprechend geändert.",
                    .offer),
                .customer("bestens. Die Bestellung {order} geht Ihnen heute noch zu."),
            ]),
        Scenario(
            .german, ["Störung an {serial}", "Fehlermeldung E{number}"],
            [
                .customer(
                    """
                    unser {product} ({serial}) zeigt seit heute früh die Meldung E{number}. Wir haben bereits

                    - das Gerät neu gestartet,
                    - die Steckverbindung geprüft und
                    - den Sensor getauscht.

                    Leider ohne Erfolg. Wie gehen wir weiter vor?
                    """),
                .supplier(
                    "das klingt nach der Dichtung am Messkopf: Ist dort vielleicht die schwarze statt der grünen eingesetzt? Bis zur Klärung schicken wir Ihnen heute ein Leihgerät, das morgen vor zwölf Uhr bei Ihnen ist."
                ),
                .customer(
                    "es war tatsächlich die Dichtung. Seit zwei Stunden läuft alles wieder. Herzlichen Dank für die schnelle Hilfe, auch im Namen des Labors!"
                ),
            ]),
        Scenario(
            .german, ["Kalibrierung im {month}", "Rekalibrierung Ihrer Messgeräte"],
            [
                .supplier(
                    "im {month} laufen die Zertifikate von {quantity} Ihrer Geräte ab. Wir könnten am {day} zu Ihnen kommen; vor Ort dauert es etwa einen Tag und kostet pauschal {amount}."
                ),
                .customer(
                    "der {day} passt. Bitte melden Sie sich an der Pforte und bringen Sie die Liste der Seriennummern mit. {serial} steht inzwischen in Halle 4."
                ),
                .supplier(
                    "anbei die Zertifikate unseres Besuchs. Alle Geräte liegen innerhalb der Toleranz. Bei {serial} empfehle ich, die Lampe im nächsten Jahr zu tauschen.",
                    .certificate),
            ]),
        Scenario(
            .german, ["Rechnung {invoice}", "Rückfrage zur Rechnung {invoice}"],
            [
                .customer(
                    "auf der Rechnung {invoice} fehlt unsere Bestellnummer {order}, deshalb können wir sie leider nicht buchen. Außerdem ist die Menge mit {quantity} angegeben, geliefert wurde aber eines weniger.",
                    .invoice),
                .supplier(
                    "Sie haben recht, das fehlende Gerät wird am {day} nachgeliefert. Eine korrigierte Rechnung über {amount2} mit Bestellnummer liegt bei.",
                    .invoice),
                .customer("vielen Dank, damit ist es erledigt. Schönes Wochenende!"),
            ]),
        Scenario(
            .german, ["Terminvorschlag {day}", "Besuch in {city}"],
            [
                .supplier(
                    "ich bin nächste Woche in Ihrer Nähe und würde gerne sehen, wie sich das {product} bewährt. Hätten Sie am {day} eine Stunde Zeit? Größere Änderungen am Aufbau könnten wir gleich vor Ort besprechen."
                ),
                .customer(
                    "gerne, aber erst ab 14 Uhr. Herr Schröder aus dem Labor kommt dazu, er hat noch Fragen zur Temperaturkompensation."
                ),
                .supplier("14 Uhr ist notiert. Ich freue mich auf das Gespräch."),
            ]),
    ]
}
