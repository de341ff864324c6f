import ArgumentParser
import CRM
import Foundation
import MicrosoftProvider
import Mirror

/// Signing in at Microsoft 365, for installations that set it up by configuration; an administrator can do the same
/// under Settings → Providers.
struct MicrosoftOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Microsoft's cloud: global, gcc-high, dod or china (MAILCARD_MICROSOFT_CLOUD).", valueName: "name"))
    var microsoftCloud: String?

    @Option(
        help: ArgumentHelp(
            "The client ID of an app that is registered at Microsoft (MAILCARD_MICROSOFT_CLIENT_ID). Its secret is read from MAILCARD_MICROSOFT_CLIENT_SECRET.",
            valueName: "id"))
    var microsoftClientId: String?

    @Option(
        help: ArgumentHelp(
            "Whose accounts may sign in: a tenant's ID or domain (MAILCARD_MICROSOFT_TENANT).", valueName: "tenant"))
    var microsoftTenant: String?

    private static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment["MAILCARD_MICROSOFT_" + name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private var cloudName: String { microsoftCloud ?? Self.environment("CLOUD") ?? "global" }

    /// A stand-in for Microsoft, such as the sandbox of the tests: one address for sign-in and Graph, and the scopes of
    /// the real one.
    private var standIn: MicrosoftCloud? {
        Self.environment("URL").map {
            MicrosoftCloud(authority: $0, graph: $0, resource: MicrosoftCloud.global.resource)
        }
    }

    var cloud: MicrosoftCloud { standIn ?? MicrosoftCloud(named: cloudName) ?? .global }

    /// nil where the configuration names none.
    var app: ProviderApp? {
        guard let id = microsoftClientId ?? Self.environment("CLIENT_ID"),
            let secret = Self.environment("CLIENT_SECRET")
        else { return nil }
        return ProviderApp(
            clientID: id, secret: Secret(secret),
            tenant: microsoftTenant ?? Self.environment("TENANT") ?? "organizations")
    }

    func validate() throws {
        guard MicrosoftCloud(named: cloudName) != nil else {
            throw ValidationError("“\(cloudName)” is none of Microsoft's clouds. Use global, gcc-high, dod or china.")
        }
        if (microsoftClientId ?? Self.environment("CLIENT_ID")) != nil, Self.environment("CLIENT_SECRET") == nil {
            throw ValidationError("Set MAILCARD_MICROSOFT_CLIENT_SECRET to the value of the app's client secret.")
        }
    }
}
