import CRM
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite struct ImportPageTests {
    private static let file = """
        Prénom;Nom;Courriel;Société;Téléphone
        Jürgen;Müller;j.mueller@firm.example;Müller & Söhne;+49 30 1
        "Bad"quote;x;bad@firm.example;;
        Ann;Smith;no address;Firm;
        <b>Eve</b>;=cmd;eve@firm.example;Firm;

        Alice;Other;A.Marsh@brightwell.example;;
        """

    /// Uploads a file and imports it with the choices that were guessed.
    private func importFile(
        _ bench: WebBench, _ browser: TestBrowser, _ text: String, existing: String = "skip"
    ) async throws -> TestBrowser.Answer {
        let page = try await browser.upload(text)
        try #require(page.status == .ok, "\(page.words)")
        let columns = page.text.matches(of: /<select name="column".*?<\/select>/.dotMatchesNewlines()).map { select in
            String(select.output.firstMatch(of: /value="([^"]*)" selected/)?.output.1 ?? "")
        }
        var fields = columns.map { ("column", $0) } + [("existing", existing)]
        if page.text.contains("name=\"header\" value=\"1\" checked") { fields.append(("header", "1")) }
        let body = (["csrf=" + browser.csrf] + fields.map { PathText.escaped($0) + "=" + PathText.escaped($1) })
            .joined(separator: "&")
        _ = try await browser.follow(browser.send(.post, page.path, body: body))
        return try await bench.result(page.path, browser)
    }

    @Test func `a file is uploaded, its columns are guessed, its good lines imported and its bad ones told`()
        async throws
    {
        let bench = try await WebBench()
        try await bench.withImports {
            try await bench.browse(as: "tom.ashworth") { (browser) async throws in
                let page = try await browser.upload(Self.file)
                #expect(
                    page.words.contains("A line without one means the contact of the same name at the same account."))
                #expect(page.words.contains("The first contacts") && page.words.contains("Müller & Söhne"))
                #expect(page.words.contains("<b>Eve</b>") && !page.text.contains("<b>Eve</b>"))
                // What will be refused is said before, as far as the file tells.
                #expect(page.words.contains("Line 3 will not be imported."), "\(page.words)")
                #expect(page.words.contains("Line 4 will not be imported. “no address” is not an email address."))
                #expect(!page.words.contains("Line 2 will") && !page.words.contains("Line 5 will"))
                let result = try await importFile(bench, browser, Self.file)
                #expect(result.words.contains("Contacts added 2"), "\(result.words)")
                #expect(result.words.contains("Lines skipped, because the contact exists 1"))
                #expect(result.words.contains("Lines not imported 2"))
                #expect(result.words.contains("“no address” is not an email address."))
                let problems = try await browser.get(result.path + "/problems")
                #expect(problems.headers[.contentDisposition]?.hasPrefix("attachment") == true)
                let lines = problems.text.split(separator: "\r\n").map(String.init)
                #expect(lines.count == 3 && lines[1].hasPrefix("3,") && lines[2].hasPrefix("4,"))
                #expect(lines[2].hasSuffix(",Ann,Smith,no address,Firm,"))
                #expect(try await browser.get("/contacts?q=muller").words.contains("Müller & Söhne"))
                let again = try await importFile(bench, browser, Self.file, existing: "update")
                #expect(again.words.contains("Contacts updated 1") && again.words.contains("like that already 2"))
            }
        }
        let actions = try await bench.read { try AuditTrail.list($0, $1, limit: 2) }
        #expect(actions.map(\.action) == [.contactsImported, .contactsImported])
        #expect(actions.last?.subject["added"] == "2")
    }

    @Test func `columns can be changed, looked at again, and must make sense`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let page = try await browser.upload("A,B\nJane,jane@firm.example\n")
            let preview = try await browser.post(
                page.path, ["column": "last-name", "column": "email", "header": "1", "preview": "1"])
            #expect(preview.words.contains("jane@firm.example"))
            let double = try await browser.post(page.path, ["column": "title", "column": "title", "header": "1"])
            #expect(double.status == .unprocessableContent && double.words.contains("Two columns become “Title”."))
            let nobody = try await browser.post(page.path, ["column": "title", "column": "", "header": "1"])
            #expect(nobody.words.contains("Choose a column for the name or the email address."))
        }
    }

    @Test func `new contacts can be given to those who work here, not to a sync-only user`() async throws {
        let bench = try await WebBench()
        let tom = try await bench.user("tom.ashworth").id
        let seat = try await bench.write { tx, organization in
            var form = UserForm()
            (form.name, form.email) = ("Enquiries", "enquiries@aldermoor.example")
            return try Users.createSeat(tx, organization, try form.validated(), of: tom, now: 1)
        }
        try await bench.withImports {
            try await bench.browse(as: "tom.ashworth") { (browser) async throws in
                let page = try await browser.upload("Name,Email\nJane Roe,jane@firm.example\n")
                #expect(page.text.contains("<option value=\"\(tom)\"") && !page.words.contains("Enquiries"))
                try await browser.post(
                    page.path, ["column": "full-name", "column": "email", "header": "1", "owner": "\(seat)"])
                _ = try await bench.result(page.path, browser)
            }
        }
        let jane = try await bench.contact("jane roe")
        #expect(try await bench.read { try Contacts.find($0, $1, jane)?.owner } == nil)
    }

    @Test func `an import whose program was killed has left nothing, says so, and can start again`() async throws {
        let bench = try await WebBench()
        let before = try await bench.contactCount()
        let text = "Name,Email\n" + (0..<20_000).map { "Person \($0),person\($0)@firm.example\n" }.joined()
        let path = try await bench.upload(text)
        let desk = ImportDesk(
            database: bench.database, engine: bench.engine, feed: bench.feed, now: { 1_790_000_000 },
            logger: bench.front.services.logger)
        let running = Task { try await desk.run() }
        try await bench.wait(for: "the first lines") {
            let progress = try await bench.database.read { try $0.integer("SELECT progress FROM imports") }
            return progress > 0
        }
        running.cancel()
        _ = await running.result
        #expect(try await bench.contactCount() == before)
        bench.time.pass(ContactImports.lease)
        try await bench.withImports {
            try await bench.browse(as: "tom.ashworth") { (browser) async throws in
                let page = try await bench.result(path, browser)
                #expect(
                    page.words.contains("Interrupted") && page.words.contains("Nothing was imported."), "\(page.words)")
                #expect(try await bench.contactCount() == before)
                #expect(page.links.contains(path + "?again=1"))
                let again = try await browser.get(path + "?again=1")
                #expect(again.words.contains("What the columns become"))
                try await browser.post(path, ["column": "full-name", "column": "email", "header": "1"])
                let done = try await bench.result(path, browser)
                #expect(done.words.contains("Contacts added 20,000"), "\(done.words)")
                #expect(try await bench.contactCount() == before + 20_000)
            }
        }
    }

    @Test func `a program that alone has the database knows at its start what another left undone`() async throws {
        let bench = try await WebBench()
        let path = try await bench.upload("Name,Email\nJane,jane@firm.example\n")
        // Killed just after it began.
        let begun = try await bench.database.write { try ContactImports.begin($0, now: 1_790_000_000) }
        #expect(begun != nil)
        for isAlone in [false, true] {
            let desk = ImportDesk(
                database: bench.database, engine: bench.engine, feed: bench.feed, isAlone: isAlone,
                now: { 1_790_000_001 }, logger: bench.front.services.logger)
            let running = Task { try await desk.run() }
            try await bench.browse(as: "tom.ashworth") { (browser) async throws in
                if isAlone {
                    #expect(try await bench.result(path, browser).words.contains("Interrupted"))
                } else {
                    try await Task.sleep(for: .milliseconds(200))
                    #expect(try await browser.get(path).words.contains("Importing"))
                }
            }
            running.cancel()
            _ = await running.result
        }
    }

    @Test func `an import that is cancelled leaves nothing`() async throws {
        let bench = try await WebBench()
        let before = try await bench.contactCount()
        let path = try await bench.upload("Name,Email\nJane,jane@firm.example\n")
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let page = try await browser.get(path)
            #expect(page.words.contains("Waiting") && page.headers[.refresh] == "2")
            #expect(try await browser.post(path + "/cancel").words.contains("Cancelled"))
        }
        try await bench.withImports { try await Task.sleep(for: .milliseconds(100)) }
        #expect(try await bench.contactCount() == before)
    }

    @Test func `an import is shown to the person who made it only`() async throws {
        let bench = try await WebBench()
        let path = try await bench.upload("Name,Email\nJane,jane@firm.example\n")
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            for place in [path, path + "/problems"] { #expect(try await browser.get(place).status == .notFound) }
            #expect(try await browser.post(path + "/cancel").status == .notFound)
        }
    }

    @Test func `a file that is too large, empty or a workbook is refused with what to do`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let large = try await browser.upload([UInt8](repeating: 0x61, count: Upload.limit + 100_000), as: "a.csv")
            #expect(large.status == .contentTooLarge && large.words.contains("A file to import may have 32 MB."))
            #expect(try await browser.upload("").words.contains("The file is empty."))
            #expect(try await browser.upload([0x50, 0x4B, 3, 4, 9], as: "a.xlsx").words.contains("CSV UTF-8"))
        }
    }

    @Test func `a file without the form's token, or sent elsewhere, is refused`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\na,b\r\n--b--\r\n"
            let type: HTTPFields = [.contentType: "multipart/form-data; boundary=b"]
            #expect(try await browser.send(.post, "/contacts/import", body: body, headers: type).status == .forbidden)
            #expect(try await browser.send(.post, "/contacts", body: body, headers: type).status == .forbidden)
        }
        let imports = try await bench.database.read { try $0.integer("SELECT count(*) FROM imports") }
        #expect(imports == 0)
    }
}

extension WebBench {
    fileprivate func contactCount() async throws -> Int { try await read { try ContactList.count($0, $1) } }

    /// Uploads a file of names and addresses as Tom and lets it wait for its turn; returns its page.
    fileprivate func upload(_ text: String) async throws -> String {
        let box = PathBox()
        try await browse(as: "tom.ashworth") { (browser) async throws in
            let page = try await browser.upload(text)
            try await browser.post(page.path, ["column": "full-name", "column": "email", "header": "1"])
            await box.set(page.path)
        }
        return await box.path
    }
}

private actor PathBox {
    private(set) var path = ""
    func set(_ path: String) { self.path = path }
}
