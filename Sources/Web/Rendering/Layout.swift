import Wording

/// What the frame around a page shows to someone who is signed in.
struct Layout: Sendable {
    let title: Phrase
    /// A BCP 47 tag.
    let language: String
    let organization: String
    let user: Person
    let userEmail: String
    let csrf: String
    let isAdministrator: Bool
    /// The section of the product that the page is part of, for the navigation.
    let inContacts: Bool
    let inAccounts: Bool
    let inTasks: Bool
    let inSettings: Bool
    /// What stands in the search field.
    let query: String
    let mailboxNeedsAttention: Bool
    /// What was done just before.
    let notice: Phrase?
    /// Where changes of the page are told; nil where nothing on it changes by itself.
    let live: String?
    let assets: AssetAddresses

    enum Section: Sendable { case contacts, accounts, tasks, settings, none }
}

/// What the frame around a page shows to someone who is not signed in.
struct GuestLayout: Sendable {
    let title: Phrase
    /// A BCP 47 tag.
    let language: String
    let csrf: String
    let notice: Phrase?
    let assets: AssetAddresses
}
