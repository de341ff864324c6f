import Hummingbird
import Store

/// Ends the session that asks for it.
enum SignOut {
    static func signOut(_ visit: Visit) async throws -> Response {
        let viewer = visit.viewer
        try await visit.write { tx, organization in
            try Sessions.end(tx, organization, viewer.id, viewer.session.id)
        }
        await visit.sessionsEnded()
        var response = visit.redirect("/sign-in", .signedOut)
        response.setCookie(Cookies.endedSession(visit.request))
        return response
    }
}

extension Visit {
    /// Makes every open page of the organisation look whether its session still holds.
    func sessionsEnded() async { await exchange.web.feed.publish(.anything(in: organization)) }
}
