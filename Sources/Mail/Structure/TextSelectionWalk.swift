/// The walk through a MIME tree that chooses what to read.
struct TextSelectionWalk {
    var parts: [SelectedPart] = []
    var attachments: [AttachmentSummary] = []
    /// Octets of the chosen text, decoded, as far as the parts tell the truth about theirs.
    private var textSize = 0
    /// What could be read if there is no text at all, by urgency.
    private var substitutes: [Substitute: [PartDescription]] = [:]
    private var leavesSeen = 0

    private enum Substitute: CaseIterable {
        case report
        case embeddedMessage
        case data
        case file
    }

    /// - Parameter acceptsFile: a text with a file name is read too, since it stands where the text is expected.
    mutating func visit(_ part: PartDescription, acceptsFile: Bool, depth: Int) {
        guard depth < PartDescription.depthLimit else { return attach(part) }
        guard part.isMultipart, !part.children.isEmpty else { return visitLeaf(part, acceptsFile: acceptsFile) }
        switch part.subtype {
        case "alternative": visitAlternative(part, depth: depth)
        case "related": visitRelated(part, acceptsFile: acceptsFile, depth: depth)
        case "report": visitReport(part, depth: depth)
        case "encrypted": visitEncrypted(part)
        default:
            for child in part.children {
                visit(child, acceptsFile: acceptsFile && leavesSeen == 0 || part.subtype == "signed", depth: depth + 1)
            }
        }
    }

    private mutating func visitLeaf(_ part: PartDescription, acceptsFile: Bool) {
        let isFirst = leavesSeen == 0
        leavesSeen += 1
        switch part.type {
        case "text" where part.isReadableText:
            let isFile = part.disposition == .attachment || part.saveName != nil && !isFirst
            if isFile, !acceptsFile {
                if part.saveName == nil { substitutes[.file, default: []].append(part) }
                attach(part)
            } else {
                parts.append(SelectedPart(part))
                addText(part.decodedSize)
            }
        case "text":
            substitutes[.data, default: []].append(part)
            attach(part)
        case "message":
            if part.isEmbeddedMessage {
                substitutes[.embeddedMessage, default: []].append(part)
            } else if part.isMachineReport {
                substitutes[.report, default: []].append(part)
            }
            attach(part)
        default: attach(part)
        }
    }

    // MARK: Multiparts

    private mutating func visitAlternative(_ part: PartDescription, depth: Int) {
        let versions = part.children.map { child in
            var walk = TextSelectionWalk()
            walk.visit(child, acceptsFile: child.disposition != .attachment, depth: depth + 1)
            return walk
        }
        let plain = versions.first { !$0.parts.isEmpty && !$0.isHTML }
        let html = versions.last { !$0.parts.isEmpty && $0.isHTML }
        let chosen =
            if let plain, let html, plain.isStub(beside: html) { html } else { plain ?? html }
        if let chosen {
            parts += chosen.parts
            addText(chosen.textSize)
        }
        for version in versions {
            attachments += version.attachments
            leavesSeen += version.leavesSeen
            substitutes.merge(version.substitutes, uniquingKeysWith: +)
        }
    }

    /// Whoever describes a message may claim any size.
    private mutating func addText(_ size: Int) {
        let (sum, overflow) = textSize.addingReportingOverflow(max(size, 0))
        textSize = overflow ? .max : sum
    }

    private var isHTML: Bool { parts.contains(where: \.isHTML) }

    /// Plain text is a stub if it is next to nothing ("", "[image]"), or some words ("Your program cannot show HTML")
    /// beside a long document. Where a short text is taken for one by mistake, the HTML says the same.
    private func isStub(beside html: TextSelectionWalk) -> Bool {
        if textSize == 0 { return true }
        return textSize < 20 && html.textSize > 20 + 8 * textSize || textSize < 160 && html.textSize > 40 * textSize
    }

    private mutating func visitRelated(_ part: PartDescription, acceptsFile: Bool, depth: Int) {
        let start = part.start
        let root =
            part.children.firstIndex { start != nil && $0.contentID == start }
            ?? part.children.firstIndex { $0.type == "text" || $0.isMultipart } ?? 0
        for (index, child) in part.children.enumerated() {
            if index == root {
                visit(child, acceptsFile: acceptsFile || child.disposition != .attachment, depth: depth + 1)
            } else if child.isMultipart {
                visit(child, acceptsFile: false, depth: depth + 1)
            } else if !child.isDecoration {
                leavesSeen += 1
                attach(child)
            }
        }
    }

    private mutating func visitReport(_ part: PartDescription, depth: Int) {
        for child in part.children {
            if parts.isEmpty || child.type != "text" {
                visit(child, acceptsFile: parts.isEmpty, depth: depth + 1)
            } else {
                leavesSeen += 1
                attach(child)
            }
        }
    }

    private mutating func visitEncrypted(_ part: PartDescription) {
        leavesSeen += part.children.count
        // The first part only says how the second is encrypted (RFC 1847, 2.2).
        for child in part.children where !(child.subtype == "pgp-encrypted" && part.children.count > 1) {
            attach(child)
        }
    }

    // MARK: What is not read

    private mutating func attach(_ part: PartDescription) {
        if part.isSignature || part.isMultipart && part.size == 0 { return }
        var name = part.saveName.flatMap(AttachmentName.fileName)
        if part.isEmbeddedMessage, let subject = part.embeddedSubject.map(HeaderText.decode) {
            name = AttachmentName.visible(subject) ?? name
        }
        attachments.append(AttachmentSummary(name: name, size: part.decodedSize, mediaType: part.mediaType))
    }

    /// What to read of a message without text.
    func lastResort(depth: Int) -> [SelectedPart] {
        guard depth < PartDescription.depthLimit else { return [] }
        for kind in Substitute.allCases {
            let candidates = (substitutes[kind] ?? []).prefix(TextSelection.partLimit)
            let found = candidates.flatMap { part -> [SelectedPart] in
                guard kind == .embeddedMessage else { return [SelectedPart(part)] }
                guard let root = part.children.first else { return [] }
                var walk = TextSelectionWalk()
                walk.visit(root, acceptsFile: !root.isMultipart, depth: depth + 1)
                return walk.parts.isEmpty ? walk.lastResort(depth: depth + 1) : walk.parts
            }
            if !found.isEmpty { return found }
        }
        return []
    }
}
