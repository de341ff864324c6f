public import Foundation

/// What a letter says, apart from where it lies.
public struct MailboxLetter: Hashable, Sendable {
    /// With its angle brackets. Empty for one that has none, as drafts of some programs.
    public var messageID: String
    public var subject: String
    public var from: MailboxAddress?
    /// Nil where it is the author.
    public var sender: MailboxAddress?
    public var to: [MailboxAddress]
    public var cc: [MailboxAddress]
    public var bcc: [MailboxAddress]
    public var replyTo: [MailboxAddress]
    public var sent: Date
    public var text: String?
    public var html: String?
    public var attachments: [MailboxAttachment]
    /// Names the conversation; nil for the subject without its "Re:".
    public var conversation: String?
    /// Further header fields.
    public var headers: [Header]

    public struct Header: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(
        messageID: String, subject: String = "", from: MailboxAddress?, sender: MailboxAddress? = nil,
        to: [MailboxAddress] = [], cc: [MailboxAddress] = [], bcc: [MailboxAddress] = [],
        replyTo: [MailboxAddress] = [], sent: Date, text: String? = nil, html: String? = nil,
        attachments: [MailboxAttachment] = [], conversation: String? = nil, headers: [Header] = []
    ) {
        self.messageID = messageID
        self.subject = subject
        self.from = from
        self.sender = sender
        self.to = to
        self.cc = cc
        self.bcc = bcc
        self.replyTo = replyTo
        self.sent = sent
        self.text = text
        self.html = html
        self.attachments = attachments
        self.conversation = conversation
        self.headers = headers
    }

    /// The conversation's name.
    var thread: String {
        if let conversation { return conversation }
        var words = Substring(subject)
        while let colon = words.firstIndex(of: ":"),
            colon <= words.index(words.startIndex, offsetBy: 3, limitedBy: colon) ?? colon,
            ["re", "fw", "fwd", "aw", "wg", "tr"].contains(words[..<colon].lowercased())
        {
            words = words[words.index(after: colon)...].drop { $0 == " " }
        }
        return words.lowercased()
    }

    /// The text as a reader sees it: the plain text, else the HTML reduced to text.
    var readableText: String { text ?? html.map(HTMLReduction.text) ?? "" }
}
