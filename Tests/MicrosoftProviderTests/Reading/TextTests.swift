import CRM
import Foundation
import Mail
import Mirror
import OAuth
import Sandbox
import ScriptedExchange
import Synchronization
import Testing

@testable import MicrosoftProvider

@Suite struct TextTests {
    private func texts(_ bench: GraphBench) async throws -> [String: Result<FetchedText, TextFailure>] {
        let inbox = try #require(try await bench.source.folders().first { $0.role == .inbox })
        let named = Held([String: Result<FetchedText, TextFailure>]())
        let facts = Held([RemoteMessageID: String]())
        _ = try await bench.source.changes(in: inbox, since: nil, mirrored: { [] }) { page in
            var known = facts.value
            for fact in page.present { known[fact.id] = String(decoding: fact.headers.messageID, as: UTF8.self) }
            facts.set(known)
        }
        try await bench.source.texts(of: facts.value.keys.map { RemoteReference(folder: inbox, id: $0) }) {
            reference, result in
            var all = named.value
            all[facts.value[reference.id] ?? ""] = result
            named.set(all)
        }
        return named.value
    }

    @Test func `texts come as plain text, with attachments by name and references`() async throws {
        try await GraphBench.open { bench in
            try bench.deliver(
                "m@x", text: "One\r\nTwo\u{7}",
                attachments: [
                    MailboxAttachment(
                        name: "offer.pdf", contentType: "application/PDF", octets: Array(repeating: 1, count: 300))
                ],
                headers: [.init("References", "<a@x> <b@x>"), .init("In-Reply-To", "<c@x>")])
            try bench.deliver("reply@x", headers: [.init("In-Reply-To", "<c@x>")])
            try bench.deliver(
                "html@x",
                html: "<html><head><style>p{}</style></head><body><p>Hello <b>you</b></p><p>Bye</p></body></html>")
            let texts = try await texts(bench)
            let first = try #require(texts["<m@x>"]).get()
            #expect(first.text == "One\nTwo")
            #expect(first.references == ["a@x", "b@x"])
            #expect(
                first.attachments == [AttachmentSummary(name: "offer.pdf", size: 300, mediaType: "application/pdf")])
            let reply = try #require(texts["<reply@x>"]).get()
            #expect(reply.references == ["c@x"])
            let html = try #require(texts["<html@x>"]).get()
            #expect(html.text.contains("Hello you"))
            let attachmentCalls = bench.sandbox.calls.calls.filter { $0.path.contains("attachments") }
            #expect(attachmentCalls.count == 1 && attachmentCalls.allSatisfy { $0.query.contains("select") })
        }
    }

    @Test(arguments: [
        ("", true), ("  \r\n\t", true), ("--- * ---", true), ("<html><body>x</body></html>", true),
        ("@media only screen { a: b }", true), (String(repeating: "word ", count: 500), true), ("Hello.", false),
        ("a < b and <mail@x.example> wrote", false), ("日本語", false), ("42", false),
        (String(repeating: "line of words\n", count: 500), false),
    ])
    func `a reduction to text that nobody wants to read is known`(_ text: String, _ isPoor: Bool) {
        #expect(RenderedBody.isPoor(text) == isPoor)
    }

    @Test func `where Graph's text is poor, the HTML is rendered here`() async throws {
        let folder = RemoteFolder(id: "F", path: "Inbox", name: "Inbox", role: .inbox, epoch: FolderEpoch(""))
        let html = "<html><body><table><tr><td>Dear Ann,</td></tr></table><p>the offer stands.</p></body></html>"
        let scripted = try Scripted { request in
            let isHTML = request.text.contains(#"body-content-type=\"html\""#)
            let content = isHTML ? html : "<style>junk</style>"
            let body: [String: Any] = [
                "responses": [
                    [
                        "id": "0", "status": 200,
                        "body": [
                            "id": "M", "parentFolderId": "F", "hasAttachments": false,
                            "body": ["contentType": isHTML ? "html" : "text", "content": content],
                        ],
                    ]
                ]
            ]
            return WebResponse(status: 200, body: Array(try JSONSerialization.data(withJSONObject: body)))
        }
        let held = Held("")
        try await scripted.source.texts(of: [RemoteReference(folder: folder, id: RemoteMessageID("M"))]) { _, result in
            held.set(try result.get().text)
        }
        #expect(held.value.contains("Dear Ann,") && held.value.contains("the offer stands."))
        #expect(!held.value.contains("junk"))
    }

    @Test func `a message that has gone or stands elsewhere is passed over`() async throws {
        try await GraphBench.open { bench in
            let id = try bench.deliver("m@x")
            let other = try bench.deliver("n@x")
            let inbox = try #require(try await bench.source.folders().first { $0.role == .inbox })
            let ids = [id, other].map {
                RemoteMessageID(bench.sandbox.graphID(of: $0, in: bench.account))
            }
            try bench.mailbox { mailbox, now in
                try mailbox.permanentlyDelete(id, at: now)
                try mailbox.move(other, to: mailbox.folder(.archive).id, at: now)
            }
            let count = Held(0)
            try await bench.source.texts(of: ids.map { RemoteReference(folder: inbox, id: $0) }) { _, _ in
                count.add()
            }
            #expect(count.value == 0)
        }
    }
}
