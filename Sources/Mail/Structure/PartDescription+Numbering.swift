extension PartDescription {
    /// The tree with the section numbers that IMAP gives to its places (RFC 9051, 6.4.5.1), cut at ``depthLimit`` and
    /// ``partLimit``. For trees built from a server's BODYSTRUCTURE, which does not carry the numbers.
    public func numbered() -> PartDescription {
        var remaining = Self.partLimit
        return numberedAsMessage(under: "", depth: 0, &remaining)
    }

    private func numberedAsMessage(under prefix: String, depth: Int, _ remaining: inout Int) -> PartDescription {
        let dotted = prefix.isEmpty ? "" : prefix + "."
        return isMultipart
            ? numbered(dotted + "TEXT", childPrefix: dotted, depth: depth, &remaining)
            : numbered(dotted + "1", childPrefix: dotted + "1.", depth: depth, &remaining)
    }

    private func numbered(_ section: String, childPrefix: String, depth: Int, _ remaining: inout Int) -> PartDescription
    {
        remaining -= 1
        var part = self
        part.section = section
        part.children = []
        guard depth + 1 < Self.depthLimit else { return part }
        for (index, child) in children.enumerated() {
            guard remaining > 0 else { break }
            if isMultipart {
                let number = childPrefix + String(index + 1)
                part.children.append(child.numbered(number, childPrefix: number + ".", depth: depth + 1, &remaining))
            } else {
                part.children.append(child.numberedAsMessage(under: section, depth: depth + 1, &remaining))
            }
        }
        return part
    }
}
