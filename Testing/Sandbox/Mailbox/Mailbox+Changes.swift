extension Mailbox {
    /// What happened in a folder after one line of the log, up to another, each message once, in the order of its
    /// last change.
    func differences(
        in folder: MailboxFolder.ID, after: Int, through: Int
    ) -> [MailboxDifference<MailboxMessage.ID>] {
        let recoverable = self.folder(.recoverable).id.rawValue
        return differences(in: folder.rawValue, after: after, through: through, goneForGood: recoverable) { item in
            if case .message(let id) = item { id } else { nil }
        }
    }

    /// What happened to the folders of the mailbox after one line of the log, up to another.
    func folderDifferences(after: Int, through: Int) -> [MailboxDifference<MailboxFolder.ID>] {
        var order: [MailboxFolder.ID] = []
        var made: Set<MailboxFolder.ID> = []
        var gone: Set<MailboxFolder.ID> = []
        for change in log[after..<through] {
            guard case .folder(let id) = change.item else { continue }
            order.removeAll { $0 == id }
            order.append(id)
            if change.from == nil { made.insert(id) }
            if change.to == nil { gone.insert(id) }
        }
        return order.compactMap { id in
            if gone.contains(id) { return made.contains(id) ? nil : .left(id, forGood: true) }
            return made.contains(id) ? .appeared(id) : .changed(id, [])
        }
    }

    private func differences<ID: Hashable & Sendable>(
        in container: Int, after: Int, through: Int, goneForGood: Int, _ id: (MailboxChange.Item) -> ID?
    ) -> [MailboxDifference<ID>] {
        var courses: [ID: MailboxCourse] = [:]
        for change in log[after..<through] {
            guard change.from == container || change.to == container || change.to == goneForGood,
                let id = id(change.item)
            else { continue }
            let touches = change.from == container || change.to == container
            if !touches && courses[id] == nil { continue }
            var course =
                courses[id]
                ?? MailboxCourse(
                    wasThere: change.from == container, isThere: false, entered: false, last: change.sequence)
            if change.to == goneForGood { course.forGood = true }
            if touches {
                course.isThere = change.to == container
                if change.to == container, change.from != container { (course.entered, course.forGood) = (true, false) }
                course.properties.formUnion(change.properties)
                course.last = change.sequence
            }
            courses[id] = course
        }
        return courses.sorted { $0.value.last < $1.value.last }.compactMap { id, course in
            if course.isThere { return course.entered ? .appeared(id) : .changed(id, course.properties) }
            return course.wasThere ? .left(id, forGood: course.forGood) : nil
        }
    }
}

/// The way of one item past a container.
private struct MailboxCourse {
    var wasThere: Bool
    var isThere: Bool
    var entered: Bool
    var properties: Set<MailboxChange.Property> = []
    var forGood = false
    var last: Int
}
