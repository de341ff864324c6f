/// Where the pages find the style sheet, scripts and icons. The addresses change with the content, so that browsers may
/// keep it for good.
struct AssetAddresses: Sendable {
    let style: String
    let script: String
    let icons: String
    let favicon: String
}
