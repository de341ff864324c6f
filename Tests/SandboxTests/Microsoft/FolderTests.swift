import Foundation
import Sandbox
import Testing

@Suite
struct `Folders of the sandbox` {
    private func folderID(_ office: Office, _ name: String) async throws -> String {
        let all = try await office.caller.get("/me/mailFolders?$top=100").json["value"]?.array ?? []
        return all.first { $0["displayName"]?.string == name }?["id"]?.string ?? ""
    }

    @Test func `folders answer to well-known names whatever they are called, and to their ids in each form`()
        async throws
    {
        try await Office.open { office in
            try office.receive(1...2)
            let inbox = try await office.caller.get("/me/mailFolders/inbox")
            #expect(inbox.json["totalItemCount"] == 2)
            #expect(inbox.json["unreadItemCount"] == 2)
            let id = inbox.json["id"]?.string ?? ""
            for path in ["mailFolders('\(id)')", "mailFolders/\(id)", "mailFolders('Inbox')"] {
                #expect(try await office.caller.get("/me/\(path)").json["id"]?.string == id)
            }
            #expect(try await office.caller.get("/me/mailFolders/nowhere").status == 400)
            let trash = try await office.caller.get("/me/mailFolders/deleteditems?$select=displayName")
            #expect(trash.json["displayName"] == "Deleted Items")
            #expect(trash.json["totalItemCount"] == nil)
        }
    }

    @Test func `folders come ten at a time, hidden ones when asked for, and what was deleted for good never`()
        async throws
    {
        try await Office.open { office in
            try office.sandbox.withMailbox(of: office.anna) { mailbox, _ in
                for number in 1...5 { mailbox.createFolder("Folder \(number)") }
                mailbox.createFolder("Secret", isHidden: true)
            }
            let first = try await office.caller.get("/me/mailFolders")
            #expect(first.json["value"]?.array?.count == 10)
            let second = try await office.caller.get(first.json["@odata.nextLink"]?.string ?? "")
            #expect(second.json["value"]?.array?.count == 4)
            #expect(second.json["@odata.nextLink"] == nil)
            let hidden = try await office.caller.get("/me/mailFolders?includeHiddenFolders=true&$top=100")
            let names = (hidden.json["value"]?.array ?? []).compactMap { $0["displayName"]?.string }
            #expect(names.contains("Secret"))
            #expect(!names.contains("Deletions"))
        }
    }

    @Test func `the delta of folders tells of new, renamed and vanished ones`() async throws {
        try await Office.open { office in
            let projects = try office.sandbox.withMailbox(of: office.anna) { mailbox, _ in
                mailbox.createFolder("Projects")
            }
            let first = try await office.walk("/me/mailFolders/delta", prefer: "odata.maxpagesize=4")
            #expect(first.pages == 3)
            let id = try await folderID(office, "Projects")
            try office.sandbox.withMailbox(of: office.anna) { mailbox, _ in
                try mailbox.renameFolder(projects, to: "Work")
                mailbox.createFolder("New", in: projects)
            }
            let second = try await office.walk(first.link)
            #expect(second.items.map { $0["displayName"]?.string } == ["Work", "New"])
            #expect(second.items[1]["parentFolderId"]?.string == id)
            try office.sandbox.withMailbox(of: office.anna) { mailbox, now in
                try mailbox.permanentlyDeleteFolder(projects, at: now)
            }
            let third = try await office.walk(second.link)
            #expect(third.items.count == 2)
            #expect(third.items.allSatisfy { $0["@removed"] == ["reason": "deleted"] })
        }
    }

    @Test func `a folder in the trash has its messages still, under its own id`() async throws {
        try await Office.open { office in
            let folder = try office.sandbox.withMailbox(of: office.anna) { mailbox, now in
                let folder = mailbox.createFolder("Projects")
                mailbox.deliver(office.letter(1), to: folder, at: now)
                return folder
            }
            let id = try await folderID(office, "Projects")
            try office.sandbox.withMailbox(of: office.anna) { mailbox, _ in try mailbox.deleteFolder(folder) }
            let trash = try await office.caller.get("/me/mailFolders/deleteditems")
            #expect(try await office.caller.get("/me/mailFolders/\(id)").json["parentFolderId"] == trash.json["id"])
            #expect(try await office.walk("/me/mailFolders/\(id)/messages/delta").items.count == 1)
        }
    }
}
