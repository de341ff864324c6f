/// Named zones (RFC 5322, section 4.3) and those that programs write beyond it.
enum MailDateZone {
    /// In minutes east of UTC. nil for a name that means nothing or several things, such as IST.
    static func offset(_ name: String) -> Int? {
        named[name]
    }

    /// - Parameter digits: `2`, `02`, `200`, `0200`, `020000`.
    /// - Returns: nil for more than a day, or more than 59 minutes in an hour.
    static func offset(sign: UInt8, value: Int, digits: Int) -> Int? {
        let hours: Int
        let minutes: Int
        switch digits {
        case 1, 2: (hours, minutes) = (value, 0)
        case 3, 4: (hours, minutes) = (value / 100, value % 100)
        case 6: (hours, minutes) = (value / 10_000, value / 100 % 100)
        default: return nil
        }
        guard hours < 24, minutes < 60 else { return nil }
        return (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    private static let named: [String: Int] = [
        "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0,
        "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
        "ast": -240, "adt": -180, "nst": -210, "ndt": -150, "akst": -540, "akdt": -480, "hst": -600,
        "bst": 60, "west": 60, "cet": 60, "met": 60, "mez": 60, "cest": 120, "mest": 120, "mesz": 120, "eet": 120,
        "eest": 180, "msk": 180, "msd": 240, "sast": 120, "hkt": 480, "sgt": 480, "awst": 480, "jst": 540, "kst": 540,
        "acst": 570, "acdt": 630, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
    ]
}
