/// A language that the generated mail is written in.
public enum Language: String, Sendable, Hashable, CaseIterable {
    case english, french, german, japanese, russian

    /// Minutes east of Greenwich where it is spoken, in a month of the year (1 to 12): summer time is taken by whole
    /// months.
    func zoneMinutes(month: Int) -> Int {
        let summer = (4...10).contains(month) ? 60 : 0
        switch self {
        case .english: return summer
        case .french, .german: return 60 + summer
        case .japanese: return 540
        case .russian: return 180
        }
    }
}
