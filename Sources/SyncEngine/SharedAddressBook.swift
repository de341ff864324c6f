import CRM
import Database
import Store
import Synchronization

/// An organisation's address book as it was last read, for all its mailboxes; replaced whenever somebody finds a newer
/// one.
final class SharedAddressBook: Sendable {
    private let book = Mutex(VersionedAddressBook.none)

    var value: VersionedAddressBook { book.withLock { $0 } }

    /// Keeps the newer one.
    func update(_ found: VersionedAddressBook) {
        book.withLock { if found.version > $0.version { $0 = found } }
    }
}

/// The address books of all organisations that have a connected mailbox.
final class SharedAddressBooks: Sendable {
    private let books = Mutex<[OrganizationID: SharedAddressBook]>([:])

    subscript(organization: OrganizationID) -> SharedAddressBook {
        books.withLock { books in
            if let book = books[organization] { return book }
            let book = SharedAddressBook()
            books[organization] = book
            return book
        }
    }
}
