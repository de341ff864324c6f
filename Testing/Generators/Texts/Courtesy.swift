/// How letters begin and end.
enum Courtesy {
    static func greeting(_ person: Person, _ language: Language, random: inout SeededRandom) -> String {
        let name = person.firstName
        return switch language {
        case .english:
            random.pick(["Hi \(name),", "Hello \(name),", "Dear \(name),", "\(name),", "Good morning \(name),"])
        case .french: random.pick(["Bonjour \(name),", "Bonjour,", "Bonjour à vous,", "Bonjour \(name),"])
        case .german: random.pick(["Guten Tag \(person.name),", "Guten Morgen \(person.name),"])
        case .japanese: "\(person.name) 様"
        case .russian: "Здравствуйте, \(name)!"
        }
    }

    static func closing(_ person: Person, _ language: Language, random: inout SeededRandom) -> String {
        let words =
            switch language {
            case .english: random.pick(["Best regards,", "Kind regards,", "Many thanks,", "All the best,", "Regards,"])
            case .french: random.pick(["Cordialement,", "Bien à vous,", "Bonne journée,", "Bien cordialement,"])
            case .german: random.pick(["Mit freundlichen Grüßen", "Viele Grüße", "Beste Grüße"])
            case .japanese: "どうぞよろしくお願いいたします。"
            case .russian: "С уважением,"
            }
        let isFormal = language == .german || language == .japanese
        // A shared mailbox is greeted by another word than it signs with.
        let isShared = !person.name.contains(person.firstName)
        return "\(words)\n\n\(isFormal || random.chance(40) || isShared ? person.name : person.firstName)"
    }

    static func signature(_ person: Person) -> [String] {
        var lines = [person.name]
        if !person.title.isEmpty { lines.append(person.title) }
        if !person.company.isEmpty { lines.append(person.company) }
        if !person.phone.isEmpty { lines.append(person.phone) }
        lines += [person.address, "www.\(person.domain)"]
        return lines
    }

    static func reply(_ subject: String, _ language: Language) -> String {
        switch language {
        case .english, .japanese, .russian, .french: subject.hasPrefix("Re: ") ? subject : "Re: \(subject)"
        case .german: subject.hasPrefix("AW: ") ? subject : "AW: \(subject)"
        }
    }

    static func forward(_ subject: String, _ language: Language) -> String {
        switch language {
        case .english, .japanese, .russian: "Fwd: \(subject)"
        case .french: "TR: \(subject)"
        case .german: "WG: \(subject)"
        }
    }

    /// The file that a turn of a scenario sends along.
    static func attachment(_ file: Scenario.File, _ filling: Filling, _ language: Language, random: inout SeededRandom)
        -> Attachment
    {
        let size = random.number(3...48) * 1000
        func pdf(_ english: String, _ french: String, _ german: String) -> Attachment {
            let name =
                switch language {
                case .french: french
                case .german: german
                default: english
                }
            let filled = filling.fill(name, date: 0)
            return .pdf(filled + ".pdf", title: filled, size: size)
        }
        switch file {
        case .offer: return pdf("offer {ref}", "Devis {ref}", "Angebot {ref}")
        case .invoice: return pdf("{invoice}", "Facture {invoice}", "Rechnung {invoice}")
        case .certificate:
            return pdf("Calibration {serial}", "Certificat d’étalonnage {serial}", "Prüfzertifikat {serial}")
        case .report: return pdf("Report {serial}", "Rapport d’analyse {serial}", "Prüfbericht {serial}")
        case .datasheet: return pdf("Data sheet", "Fiche technique", "Datenblatt")
        case .minutes: return pdf("Minutes", "Compte rendu", "Protokoll")
        case .contract: return pdf("Agreement draft", "Projet de contrat", "Vertragsentwurf")
        case .measurements:
            let rows = (0..<120).map { hour in "\(hour),\(6 + random.number(0...200)).\(random.number(10...99))" }
            return .csv("measurements.csv", ["hour,value"] + rows)
        }
    }
}
