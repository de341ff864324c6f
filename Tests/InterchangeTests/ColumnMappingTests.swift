import Testing

@testable import Interchange

@Suite struct ColumnMappingTests {
    @Test(arguments: [
        (
            ["First Name", "Last Name", "E-mail Address", "Company", "Business Phone", "Job Title"],
            [ContactField.firstName, .lastName, .email, .account, .phone, .title]
        ),
        (
            ["Prénom", "Nom", "Adresse e-mail", "Société", "Téléphone", "Fonction"],
            [.firstName, .lastName, .email, .account, .phone, .title]
        ),
        (
            ["Nom", "Courriel", "Entreprise", "Ville", "Pays", "Remarques"],
            [.fullName, .email, .account, .accountCity, .accountCountry, .notes]
        ),
        (
            ["Given Name", "Family Name", "E-mail 1 - Value", "E-mail 2 - Value", "Organization Name", "Notes"],
            [.firstName, .lastName, .email, .email, .account, .notes]
        ),
    ])
    func `columns are known by their names in English and French`(_ header: [String], _ fields: [ContactField]) {
        let mapping = ColumnMapping.guessed(from: [header])
        #expect(mapping.hasHeader && mapping.fields == fields.map(Optional.some))
    }

    @Test func `a first line with an address is a contact, and the column of addresses is known by what is in it`() {
        let mapping = ColumnMapping.guessed(from: [["Jane Doe", "jane@firm.example"], ["Joe", "joe@firm.example"]])
        #expect(!mapping.hasHeader && mapping.fields == [nil, .email])
        #expect(ColumnMapping.guessed(from: [["A", "B"], ["x", "x@y.example"]]).fields == [nil, .email])
    }

    @Test func `a field that takes one column is given to the first`() {
        let mapping = ColumnMapping.guessed(from: [["Phone", "Mobile", "Email", "Email 2"]])
        #expect(mapping.fields == [.phone, nil, .email, .email])
        #expect(ColumnMapping(fields: [.phone, .phone], hasHeader: true).doubled == .phone)
    }

    @Test(arguments: [
        ("Jane Doe", "Jane", "Doe"), ("Jane van Dyke", "Jane", "van Dyke"), ("Doe, Jane", "Jane", "Doe"),
        ("Cher", "", "Cher"),
    ])
    func `a full name is taken apart`(_ name: String, _ first: String, _ last: String) {
        let record = ColumnMapping(fields: [.fullName], hasHeader: true).record([name])
        #expect(record.firstName == first && record.lastName == last)
    }

    @Test func `several addresses may stand in one cell`() {
        let mapping = ColumnMapping(fields: [.email, .email], hasHeader: true)
        #expect(mapping.record(["a@x.example; b@x.example", "c@x.example ::: d@x.example"]).addresses.count == 4)
    }
}
