extension SampleCompany {
    struct Company {
        let name: String
        let domain: String
        let address: String
        let city: String
        let country: String
        let industry: String
        let phone: String
        let owner: String
        var notes = ""
    }

    static let companies: [Company] = [
        Company(
            name: "Laiterie de Kerbrenn", domain: "kerbrenn.example", address: "12 route de Bénodet", city: "Quimper",
            country: "France", industry: "Food and dairy", phone: "+33 2 61 91 20 10",
            owner: "camille.fournier",
            notes: "Contrat cadre jusqu'à fin 2027. Trois sites, un seul interlocuteur aux achats."),
        Company(
            name: "Brightwell Pharma", domain: "brightwell.example", address: "4 Granta Court", city: "Cambridge",
            country: "United Kingdom", industry: "Pharmaceuticals", phone: "+44 1632 960 110",
            owner: "tom.ashworth",
            notes: "Framework agreement under review. Invoices by purchase order only."),
        Company(
            name: "Fonderies Vautrin", domain: "vautrin.example", address: "88 rue de la Montat", city: "Saint-Étienne",
            country: "France", industry: "Metals", phone: "+33 4 65 71 30 20",
            owner: "julien.moreau"),
        Company(
            name: "Norrøn Vannverk", domain: "norronvann.example", address: "Sandviksboder 7", city: "Bergen",
            country: "Norway", industry: "Water utilities", phone: "+47 5550 0140",
            owner: "ingrid.solheim"),
        Company(
            name: "Castellane Cosmétiques", domain: "castellane.example", address: "3 chemin des Castors",
            city: "Grasse",
            country: "France", industry: "Cosmetics", phone: "+33 4 65 71 44 08",
            owner: "julien.moreau"),
        Company(
            name: "Harrow & Pike Brewing", domain: "harrowpike.example", address: "Foundry Lane", city: "York",
            country: "United Kingdom", industry: "Brewing", phone: "+44 113 496 0215",
            owner: "tom.ashworth",
            notes: "On trial with the DO-5 since spring."),
        Company(
            name: "Meridian Water", domain: "meridianwater.example", address: "Quayside House",
            city: "Newcastle upon Tyne",
            country: "United Kingdom", industry: "Water utilities", phone: "+44 191 498 0330",
            owner: "priya.raman"),
        Company(
            name: "Institut Lavallière", domain: "lavalliere.example", address: "19 avenue Tony Garnier", city: "Lyon",
            country: "France", industry: "Research", phone: "+33 4 65 71 60 50",
            owner: "marc.delacroix"),
        Company(
            name: "Grønland Fisk", domain: "gronlandfisk.example", address: "Kaigata 21", city: "Tromsø",
            country: "Norway", industry: "Fisheries", phone: "+47 5550 0177",
            owner: "ingrid.solheim"),
        Company(
            name: "Weissbach Feintechnik", domain: "weissbach.example", address: "Carl-Zeiss-Promenade 8", city: "Jena",
            country: "Germany", industry: "Precision engineering", phone: "+49 30 23125 410",
            owner: "eleanor.whitfield"),
        Company(
            name: "Papeteries du Vercors", domain: "vercors-papier.example", address: "Quai de l’Isère",
            city: "Valence",
            country: "France", industry: "Paper", phone: "+33 4 65 71 72 33",
            owner: "camille.fournier"),
        Company(
            name: "Ōtani Bio", domain: "otani-bio.example", address: "Nakagyo-ku 5-2", city: "Kyoto",
            country: "Japan", industry: "Biotechnology", phone: "+81 75 000 0142",
            owner: "eleanor.whitfield"),
    ]
}
