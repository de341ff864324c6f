/// What a person allowed, compared with what was asked for.
public enum GrantedScopes {
    /// Scopes that stand for the sign-in itself; not every provider names them among those granted.
    private static let ofTheSignIn: Set<String> = ["openid", "profile", "email", "offline_access"]

    /// Which of `wanted` were not granted. Providers leave out the resource in front
    /// (`https://graph.microsoft.com/Mail.Read`), or put it there, and write in other cases of letters.
    public static func missing(of wanted: [String], in granted: [String]) -> [String] {
        let names = Set(granted.map(name))
        return wanted.map { (scope: $0, name: name($0)) }
            .filter { !ofTheSignIn.contains($0.name) && !names.contains($0.name) }.map { shortened($0.scope) }
    }

    private static func shortened(_ scope: String) -> String {
        scope.split(separator: "/").last.map(String.init) ?? scope
    }

    private static func name(_ scope: String) -> String { shortened(scope).lowercased() }
}
