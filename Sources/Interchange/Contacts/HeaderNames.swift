import Foundation

/// What the names of columns mean, in English and French, as address books and CRMs write them.
enum HeaderNames {
    static func guess(_ header: [String]) -> [ContactField?] {
        let keys = header.map(key)
        let hasFirstName = keys.contains { names[$0] == .firstName }
        return keys.map { key in
            // "Name" and "Nom" are the last name where another column has the first.
            if key == "name" || key == "nom" { return hasFirstName ? .lastName : .fullName }
            return names[key] ?? numbered(key)
        }
    }

    /// Lower case, without accents, blanks and signs.
    static func key(_ text: String) -> String {
        let folded = text.folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil)
        return String(folded.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    /// "Email 2", "E-mail 3 - Value", "Adresse e-mail 2".
    private static func numbered(_ key: String) -> ContactField? {
        let bare = key.filter { !$0.isNumber }
        let base = bare.hasSuffix("value") ? String(bare.dropLast(5)) : bare
        guard base != key, let field = names[base] else { return nil }
        return field.takesSeveral || key.contains("1") ? field : nil
    }

    private static let names: [String: ContactField] = {
        var names: [String: ContactField] = [:]
        for (field, words) in words { for word in words.split(separator: " ") { names[String(word)] = field } }
        return names
    }()

    private static let words: [ContactField: String] = [
        .firstName: "firstname givenname forename prenom first given",
        .lastName: "lastname surname familyname nomdefamille last family",
        .fullName: "fullname displayname contactname nomcomplet nomaffiche contact prenometnom nometprenom nomprenom",
        .email: """
        email emailaddress mail mailaddress emails primaryemail emailprimary workemail homeemail secondaryemail \
        adresseemail adressemail courriel adressecourriel mel adresseelectronique courrielprincipal \
        adressedemessagerie emailprofessionnel emailpro emailpersonnel
        """,
        .phone: """
        phone telephone tel phonenumber telephonenumber businessphone workphone mobile mobilephone primaryphone cell \
        telephoneprofessionnel telephonebureau telbureau telephonemobile portable telportable numerodetelephone
        """,
        .title:
            "title jobtitle position role organizationtitle fonction poste intitule intituledeposte titredeposte titre",
        .notes: "notes note comments comment remarks description remarques remarque commentaires commentaire",
        .account: """
        account accountname company companyname organization organizationname organisation organisationname employer \
        compte societe entreprise nomdelentreprise nomdelasociete raisonsociale employeur client
        """,
        .accountDomain: """
        accountdomain domain website webpage companydomain url companywebsite domaine siteweb siteinternet site \
        domaineducompte comptedomaine
        """,
        .accountPhone: """
        accountphone accounttelephone companyphone companymainphone telephonesociete standard telephoneducompte \
        comptetelephone
        """,
        .accountAddress: """
        accountaddress address street businessstreet companyaddress streetaddress adresse rue adressepostale \
        adresseducompte compteadresse
        """,
        .accountCity: "accountcity city businesscity town companycity ville villeducompte compteville",
        .accountCountry:
            """
        accountcountry country businesscountryregion businesscountry countryregion companycountry pays \
        paysducompte comptepays
        """,
        .accountIndustry: """
        accountindustry industry sector secteur secteurdactivite activite secteurdactiviteducompte \
        comptesecteurdactivite
        """,
    ]
}
