import CRM
import Foundation
import HTTPTypes
import Hummingbird
import Store
import Testing

@testable import Web

extension TestBrowser {
    /// Sends a file from the page for importing, as a browser would; redirections followed.
    func upload(_ content: [UInt8], as fileName: String) async throws -> Answer {
        try await get("/contacts/import")
        let boundary = "----WebKitFormBoundaryX7"
        var body = Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(csrf)\r\n".utf8)
        body += Array(
            ("--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(fileName)\"\r\n"
                + "Content-Type: text/csv\r\n\r\n").utf8)
        body += content + Array("\r\n--\(boundary)--\r\n".utf8)
        return try await follow(
            send(
                .post, "/contacts/import", octets: body,
                headers: [.contentType: "multipart/form-data; boundary=\(boundary)"]))
    }

    func upload(_ text: String, as fileName: String = "contacts.csv") async throws -> Answer {
        try await upload(Array(text.utf8), as: fileName)
    }
}

extension WebBench {
    /// Runs the imports beside what is done.
    func withImports(_ action: @escaping @Sendable () async throws -> Void) async throws {
        let desk = front.imports
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await desk.run() }
            try await action()
            group.cancelAll()
        }
    }

    /// Fetches an import's page until it is under way no more.
    func result(_ path: String, _ browser: TestBrowser) async throws -> TestBrowser.Answer {
        for _ in 0..<3_000 {
            let page = try await browser.get(path)
            if page.headers[.refresh] == nil { return page }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("the import does not end")
        return try await browser.get(path)
    }
}
