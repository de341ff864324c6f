import CRM
import Foundation
import Testing

@Suite struct IdentifierTests {
    @Test(arguments: ["", "0", "-1", "+1", "01", "1x", " 1", "9223372036854775808"])
    func `what is no number of ours is no identifier`(_ text: String) {
        #expect(ContactID(text) == nil)
    }

    @Test func `an identifier reads as it is written`() throws {
        #expect(ContactID("42") == ContactID(42))
        #expect(ContactID(42).description == "42")
        let json = try JSONEncoder().encode([ContactID(42)])
        #expect(String(decoding: json, as: UTF8.self) == "[42]")
        #expect(try JSONDecoder().decode([ContactID].self, from: json) == [42])
    }
}

@Suite struct SecretTests {
    @Test func `a secret shows nowhere but where it is exposed`() {
        struct Login {
            let name = "anna"
            let password = Secret("hunter2")
        }
        let login = Login()
        var dumped = ""
        dump(login, to: &dumped)
        for text in [
            "\(login)", String(reflecting: login), dumped, "\(login.password)",
            String(describing: Optional(login.password)),
        ] {
            #expect(!text.contains("hunter2"))
        }
        #expect(login.password.expose() == "hunter2")
    }
}
