public import Foundation

extension Mailbox {
    public func folder(_ id: MailboxFolder.ID) -> MailboxFolder? { folders.first { $0.id == id } }

    /// The folder of a role. Each mailbox has one of every role but `other`.
    public func folder(_ role: MailboxFolder.Role) -> MailboxFolder {
        guard let folder = folders.first(where: { $0.role == role }) else {
            preconditionFailure("A mailbox is made with a folder of each role, and those are never deleted.")
        }
        return folder
    }

    /// The first folder of this name, wherever it lies.
    public func folder(named name: String) throws(SandboxError) -> MailboxFolder {
        guard let folder = folders.first(where: { $0.name == name && $0.role != .recoverable }) else {
            throw .noFolder(name)
        }
        return folder
    }

    /// The folders right under this one, in the order of their names.
    public func children(of parent: MailboxFolder.ID) -> [MailboxFolder] {
        folders.filter { $0.parent == parent && $0.role != .recoverable }.sorted { $0.name < $1.name }
    }

    @discardableResult
    public mutating func createFolder(
        _ name: String, in parent: MailboxFolder.ID? = nil, isHidden: Bool = false
    ) -> MailboxFolder.ID {
        let parent = parent ?? folder(.root).id
        let folder = MailboxFolder(
            id: .init(rawValue: nextNumber()), name: name, parent: parent, role: .other, isHidden: isHidden)
        folders.append(folder)
        note(.folder(folder.id), from: nil, to: parent.rawValue)
        return folder.id
    }

    public mutating func renameFolder(_ id: MailboxFolder.ID, to name: String) throws(SandboxError) {
        let index = try index(of: id)
        folders[index].name = name
        note(.folder(id), from: folders[index].parent?.rawValue, to: folders[index].parent?.rawValue)
    }

    public mutating func moveFolder(_ id: MailboxFolder.ID, to parent: MailboxFolder.ID) throws(SandboxError) {
        let index = try index(of: id)
        let former = folders[index].parent
        folders[index].parent = parent
        note(.folder(id), from: former?.rawValue, to: parent.rawValue)
    }

    /// As mail programs delete: the folder goes under Deleted Items with all that is in it.
    public mutating func deleteFolder(_ id: MailboxFolder.ID) throws(SandboxError) {
        let index = try index(of: id)
        folders[index].formerParent = folders[index].parent
        try moveFolder(id, to: folder(.deleted).id)
    }

    /// Takes the folder out of the mailbox, with the folders under it and all messages in them.
    public mutating func permanentlyDeleteFolder(_ id: MailboxFolder.ID, at time: Date) throws(SandboxError) {
        let index = try index(of: id)
        for child in folders where child.parent == id { try permanentlyDeleteFolder(child.id, at: time) }
        for message in contents[id, default: []].sorted() { try permanentlyDelete(message, at: time) }
        let former = folders[index].parent
        folders.removeAll { $0.id == id }
        note(.folder(id), from: former?.rawValue, to: nil)
    }

    /// Puts a deleted folder back where it was.
    public mutating func restoreFolder(_ id: MailboxFolder.ID) throws(SandboxError) {
        let index = try index(of: id)
        try moveFolder(id, to: folders[index].formerParent ?? folder(.root).id)
    }

    private func index(of id: MailboxFolder.ID) throws(SandboxError) -> Int {
        guard let index = folders.firstIndex(where: { $0.id == id }) else { throw .noFolder("\(id.rawValue)") }
        return index
    }

}
