import IMAP
import Mail

extension PartDescription {
    /// From a BODYSTRUCTURE.
    init(_ structure: BodyStructure) {
        let disposition = ParameterizedValue(
            value: structure.disposition ?? "",
            rawParameters: structure.dispositionParameters.map { (Array($0.name.utf8), $0.value) })
        self.init(
            section: structure.section, type: structure.type, subtype: structure.subtype,
            contentType: ParameterizedValue(
                value: "\(structure.type)/\(structure.subtype)",
                rawParameters: structure.parameters.map { (Array($0.name.utf8), $0.value) }),
            disposition: structure.disposition.flatMap { ContentDisposition($0) }, filename: disposition["filename"],
            transferEncoding: TransferEncoding(structure.encoding), size: structure.size ?? 0,
            contentID: structure.contentID.map {
                PartDescription.withoutAngleBrackets(String(decoding: $0, as: UTF8.self))
            },
            children: structure.children.map { PartDescription($0) }, embeddedSubject: structure.embeddedSubject)
    }
}
