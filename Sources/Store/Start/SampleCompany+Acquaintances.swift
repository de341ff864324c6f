extension SampleCompany {
    struct Acquaintance {
        let first: String
        let last: String
        let title: String
        let phone: String
        /// A company by its name, or nil.
        let company: String?
        let addresses: [String]
        let owner: String?
        var notes = ""
    }

    static let acquaintances: [Acquaintance] = [
        Acquaintance(
            first: "Solenn", last: "Le Goff", title: "Responsable qualité", phone: "+33 2 61 91 20 41",
            company: "Laiterie de Kerbrenn",
            addresses: ["solenn.legoff@kerbrenn.example"], owner: "camille.fournier",
            notes: "Préfère le téléphone le matin. Audit qualité chaque année en mars."),
        Acquaintance(
            first: "Yann", last: "Kervella", title: "Directeur de production", phone: "+33 2 61 91 20 42",
            company: "Laiterie de Kerbrenn",
            addresses: ["yann.kervella@kerbrenn.example"], owner: "camille.fournier"),
        Acquaintance(
            first: "Maëlle", last: "Guivarc’h", title: "Achats", phone: "+33 2 61 91 20 43",
            company: "Laiterie de Kerbrenn",
            addresses: ["maelle.guivarch@kerbrenn.example"], owner: "camille.fournier"),
        Acquaintance(
            first: "Erwan", last: "Tanguy", title: "Maintenance", phone: "+33 2 61 91 20 44",
            company: "Laiterie de Kerbrenn",
            addresses: ["erwan.tanguy@kerbrenn.example"], owner: "camille.fournier"),
        Acquaintance(
            first: "Alice", last: "Marsh", title: "Head of analytical lab", phone: "+44 1632 960 145",
            company: "Brightwell Pharma",
            addresses: ["a.marsh@brightwell.example"], owner: "tom.ashworth",
            notes: "Decides for the analytical lab. Send calibration certificates with each delivery."),
        Acquaintance(
            first: "Robert", last: "Chen", title: "Procurement manager", phone: "+44 1632 960 146",
            company: "Brightwell Pharma",
            addresses: ["r.chen@brightwell.example"], owner: "tom.ashworth",
            notes: "Orders need a framework number; budget closes at the end of November."),
        Acquaintance(
            first: "Fiona", last: "McAllister", title: "Metrology lead", phone: "+44 1632 960 147",
            company: "Brightwell Pharma",
            addresses: ["f.mcallister@brightwell.example", "fiona.mcallister@brightwell.example"], owner: "tom.ashworth"
        ),
        Acquaintance(
            first: "Samuel", last: "Adeyemi", title: "Validation engineer", phone: "+44 1632 960 148",
            company: "Brightwell Pharma",
            addresses: ["s.adeyemi@brightwell.example"], owner: "tom.ashworth"),
        Acquaintance(
            first: "Beatrice", last: "Lowe", title: "Finance", phone: "+44 1632 960 149",
            company: "Brightwell Pharma",
            addresses: ["b.lowe@brightwell.example"], owner: "tom.ashworth"),
        Acquaintance(
            first: "Philippe", last: "Vautrin", title: "Président", phone: "+33 4 65 71 30 50",
            company: "Fonderies Vautrin",
            addresses: ["philippe.vautrin@vautrin.example", "philippe@vautrin-famille.example"], owner: "julien.moreau"),
        Acquaintance(
            first: "Nadia", last: "Benali", title: "Responsable laboratoire", phone: "+33 4 65 71 30 51",
            company: "Fonderies Vautrin",
            addresses: ["nadia.benali@vautrin.example"], owner: "julien.moreau"),
        Acquaintance(
            first: "Gérard", last: "Pinel", title: "Chef d’atelier", phone: "+33 4 65 71 30 52",
            company: "Fonderies Vautrin",
            addresses: ["gerard.pinel@vautrin.example"], owner: "julien.moreau"),
        Acquaintance(
            first: "Kari", last: "Nygård", title: "Driftsleder", phone: "+47 5550 0153",
            company: "Norrøn Vannverk",
            addresses: ["kari.nygard@norronvann.example"], owner: "ingrid.solheim"),
        Acquaintance(
            first: "Ola", last: "Bjørnstad", title: "Innkjøp", phone: "+47 5550 0154",
            company: "Norrøn Vannverk",
            addresses: ["ola.bjornstad@norronvann.example"], owner: "ingrid.solheim",
            notes: "Tenders go through the municipal portal."),
        Acquaintance(
            first: "Silje", last: "Haugen", title: "Prosessingeniør", phone: "+47 5550 0155",
            company: "Norrøn Vannverk",
            addresses: ["silje.haugen@norronvann.example"], owner: "ingrid.solheim"),
        Acquaintance(
            first: "Hélène", last: "Castellane", title: "Directrice générale", phone: "+33 4 65 71 44 56",
            company: "Castellane Cosmétiques",
            addresses: ["helene.castellane@castellane.example"], owner: "julien.moreau"),
        Acquaintance(
            first: "Bastien", last: "Roux", title: "Responsable R&D", phone: "+33 4 65 71 44 57",
            company: "Castellane Cosmétiques",
            addresses: ["bastien.roux@castellane.example"], owner: "julien.moreau"),
        Acquaintance(
            first: "Inès", last: "Marchetti", title: "Contrôle qualité", phone: "+33 4 65 71 44 58",
            company: "Castellane Cosmétiques",
            addresses: ["ines.marchetti@castellane.example"], owner: "julien.moreau"),
        Acquaintance(
            first: "Martin", last: "Pike", title: "Head brewer", phone: "+44 113 496 0259",
            company: "Harrow & Pike Brewing",
            addresses: ["martin@harrowpike.example", "brewhouse@harrowpike.example"], owner: "tom.ashworth",
            notes: "Brews on Tuesdays: call after 14:00."),
        Acquaintance(
            first: "Grace", last: "Harrow", title: "Managing director", phone: "+44 113 496 0260",
            company: "Harrow & Pike Brewing",
            addresses: ["grace@harrowpike.example"], owner: "tom.ashworth"),
        Acquaintance(
            first: "Owen", last: "Bell", title: "Purchasing", phone: "+44 113 496 0261",
            company: "Harrow & Pike Brewing",
            addresses: ["owen@harrowpike.example"], owner: "tom.ashworth"),
        Acquaintance(
            first: "Julia", last: "Sanderson", title: "Asset manager", phone: "+44 191 498 0362",
            company: "Meridian Water",
            addresses: ["julia.sanderson@meridianwater.example"], owner: "priya.raman"),
        Acquaintance(
            first: "Peter", last: "Grainger", title: "Network engineer", phone: "+44 191 498 0363",
            company: "Meridian Water",
            addresses: ["peter.grainger@meridianwater.example"], owner: "priya.raman"),
        Acquaintance(
            first: "Aisha", last: "Malik", title: "Framework contracts", phone: "+44 191 498 0364",
            company: "Meridian Water",
            addresses: ["aisha.malik@meridianwater.example"], owner: "priya.raman"),
        Acquaintance(
            first: "Colin", last: "Reay", title: "Site supervisor", phone: "+44 191 498 0365",
            company: "Meridian Water",
            addresses: ["colin.reay@meridianwater.example"], owner: "priya.raman"),
        Acquaintance(
            first: "Antoine", last: "Lavallière", title: "Directeur de recherche", phone: "+33 4 65 71 60 66",
            company: "Institut Lavallière",
            addresses: ["antoine.lavalliere@lavalliere.example"], owner: "marc.delacroix"),
        Acquaintance(
            first: "Claire", last: "Dumas", title: "Ingénieure d’études", phone: "+33 4 65 71 60 67",
            company: "Institut Lavallière",
            addresses: ["claire.dumas@lavalliere.example"], owner: "marc.delacroix"),
        Acquaintance(
            first: "Xavier", last: "Noël", title: "Gestionnaire", phone: "+33 4 65 71 60 68",
            company: "Institut Lavallière",
            addresses: ["xavier.noel@lavalliere.example"], owner: "marc.delacroix"),
        Acquaintance(
            first: "Léa", last: "Perrin", title: "Doctorante", phone: "+33 4 65 71 60 69",
            company: "Institut Lavallière",
            addresses: ["lea.perrin@lavalliere.example", "lea.perrin@etu.lavalliere.example"], owner: "marc.delacroix"),
        Acquaintance(
            first: "Astrid", last: "Eide", title: "Kvalitetsleder", phone: "+47 5550 0170",
            company: "Grønland Fisk",
            addresses: ["astrid.eide@gronlandfisk.example"], owner: "ingrid.solheim"),
        Acquaintance(
            first: "Jonas", last: "Mikkelsen", title: "Daglig leder", phone: "+47 5550 0171",
            company: "Grønland Fisk",
            addresses: ["jonas.mikkelsen@gronlandfisk.example"], owner: "ingrid.solheim"),
        Acquaintance(
            first: "Jürgen", last: "Weißbach", title: "Geschäftsführer", phone: "+49 30 23125 472",
            company: "Weissbach Feintechnik",
            addresses: ["juergen.weissbach@weissbach.example"], owner: "eleanor.whitfield"),
        Acquaintance(
            first: "Katharina", last: "Böhm", title: "Einkauf", phone: "+49 30 23125 473",
            company: "Weissbach Feintechnik",
            addresses: ["katharina.boehm@weissbach.example"], owner: "eleanor.whitfield"),
        Acquaintance(
            first: "Matthias", last: "Schröder", title: "Labor", phone: "+49 30 23125 474",
            company: "Weissbach Feintechnik",
            addresses: ["matthias.schroeder@weissbach.example"], owner: "eleanor.whitfield"),
        Acquaintance(
            first: "Sylvie", last: "Garnier", title: "Responsable achats", phone: "+33 4 65 71 72 75",
            company: "Papeteries du Vercors",
            addresses: ["sylvie.garnier@vercors-papier.example"], owner: "camille.fournier",
            notes: "Commande en fin de trimestre. Mettre la maintenance en copie."),
        Acquaintance(
            first: "Thierry", last: "Blanc", title: "Ingénieur procédés", phone: "+33 4 65 71 72 76",
            company: "Papeteries du Vercors",
            addresses: ["thierry.blanc@vercors-papier.example"], owner: "camille.fournier"),
        Acquaintance(
            first: "Paul", last: "Arnaud", title: "Maintenance", phone: "+33 4 65 71 72 77",
            company: "Papeteries du Vercors",
            addresses: ["paul.arnaud@vercors-papier.example"], owner: "camille.fournier"),
        Acquaintance(
            first: "健一", last: "大谷", title: "代表取締役", phone: "+81 75 000 0178",
            company: "Ōtani Bio",
            addresses: ["kenichi.otani@otani-bio.example"], owner: "eleanor.whitfield"),
        Acquaintance(
            first: "美咲", last: "田中", title: "研究部", phone: "+81 75 000 0179",
            company: "Ōtani Bio",
            addresses: ["misaki.tanaka@otani-bio.example"], owner: "eleanor.whitfield"),
        Acquaintance(
            first: "Emi", last: "Sato", title: "Purchasing", phone: "+81 75 000 0180",
            company: "Ōtani Bio",
            addresses: ["emi.sato@otani-bio.example"], owner: "eleanor.whitfield"),
    ]
}
