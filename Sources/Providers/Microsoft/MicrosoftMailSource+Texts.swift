import Foundation
import Mail
import Mirror
import OAuth
import Wording

extension MicrosoftMailSource {
    private struct Content: Decodable, Sendable {
        struct Body: Decodable, Sendable {
            let contentType, content: String?
        }
        struct Header: Decodable, Sendable { let name, value: String? }
        let id: String
        let parentFolderId: String?
        let hasAttachments: Bool?
        let body: Body?
        let internetMessageHeaders: [Header]?

        static let selection = "id,parentFolderId,hasAttachments,body,internetMessageHeaders"

        /// From References, or what the message answers to.
        var references: [String] {
            for name in ["references", "in-reply-to"] {
                let value = internetMessageHeaders?.first { $0.name?.lowercased() == name }?.value
                let ids = MessageIDList.parse(Array((value ?? "").utf8))
                if !ids.isEmpty { return ids }
            }
            return []
        }
    }

    private struct Attachment: Decodable, Sendable {
        let name, contentType: String?
        let size: Int?
        let isInline: Bool?
    }

    /// Octets of a text at most, as with every provider.
    private static let textLimit = 1 << 20
    /// Attachments of a message that are named at most.
    private static let attachmentLimit = 200

    public func texts(
        of messages: [RemoteReference],
        deliver: @Sendable @escaping (RemoteReference, Result<FetchedText, TextFailure>) async throws -> Void
    ) async throws {
        try await meaning {
            var rest = messages[...]
            while !rest.isEmpty {
                let window = Array(rest.prefix(GraphClient.batchSize))
                rest = rest.dropFirst(GraphClient.batchSize)
                try await texts(window, deliver)
            }
        }
    }

    private func texts(
        _ window: [RemoteReference],
        _ deliver: (RemoteReference, Result<FetchedText, TextFailure>) async throws -> Void
    ) async throws {
        let contents: [BatchOutcome<Content>] = try await graph.batch(
            window.map { Self.target($0, Content.selection) }, GraphPreferences(bodyType: "text"))
        var found: [(reference: RemoteReference, content: Content)] = []
        for (reference, outcome) in zip(window, contents) {
            switch outcome {
            case .missing: continue
            // In another folder it has another place, with which its text is asked for.
            case .found(let content):
                if content.parentFolderId == reference.folder.id { found.append((reference, content)) }
            case .failed(let fault): try await deliver(reference, .failure(TextFailure(fault)))
            }
        }
        let poor = found.indices.filter { RenderedBody.isPoor(found[$0].content.body?.content ?? "") }
        let rich: [BatchOutcome<Content>] = try await graph.batch(
            poor.map { Self.target(found[$0].reference, "id,body") }, GraphPreferences(bodyType: "html"))
        let html = Dictionary(uniqueKeysWithValues: zip(poor, rich))
        let withFiles = found.indices.filter { found[$0].content.hasAttachments ?? false }
        let files: [BatchOutcome<GraphPage<Attachment>>] = try await graph.batch(
            withFiles.map { index in
                GraphTarget(
                    "me/messages/\(GraphTarget.id(found[index].reference.id.rawValue))/attachments",
                    [("$select", "name,contentType,size,isInline"), ("$top", "\(Self.attachmentLimit)")])
            })
        let attachments = Dictionary(uniqueKeysWithValues: zip(withFiles, files))
        for (index, entry) in found.enumerated() {
            var text = RenderedBody.text(entry.content.body?.content ?? "", limit: Self.textLimit)
            if case .found(let content)? = html[index], content.body?.contentType?.lowercased() == "html" {
                let own = RenderedBody.html(content.body?.content ?? "", limit: Self.textLimit)
                if !own.text.isEmpty { text = own }
            }
            let summaries: [AttachmentSummary]
            switch attachments[index] {
            case .found(let page)?: summaries = page.value.compactMap(Self.summary)
            case .failed(let fault)?:
                try await deliver(entry.reference, .failure(TextFailure(fault)))
                continue
            case .missing?: continue
            case nil: summaries = []
            }
            try await deliver(
                entry.reference,
                .success(
                    FetchedText(
                        text: text.text, isTruncated: text.isTruncated, attachments: summaries,
                        references: entry.content.references)))
        }
    }

    private static func target(_ reference: RemoteReference, _ selection: String) -> GraphTarget {
        GraphTarget("me/messages/\(GraphTarget.id(reference.id.rawValue))", [("$select", selection)])
    }

    /// Nil for a picture within the text.
    private static func summary(_ attachment: Attachment) -> AttachmentSummary? {
        if attachment.isInline ?? false { return nil }
        return AttachmentSummary(
            name: attachment.name, size: max(attachment.size ?? 0, 0),
            mediaType: (attachment.contentType ?? "application/octet-stream").lowercased())
    }
}

extension TextFailure {
    fileprivate init(_ fault: GraphFault) {
        self.init(
            reason: fault.status == 413
                ? "The text of this message is too long to be read."
                : "Microsoft does not give out the text of this message.")
    }
}
