import Hummingbird
import Wording

/// What goes along with a request from the server to its handler.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other end of the connection, perhaps a proxy; nil where it is not known.
    let peer: NetworkAddress?
    /// Who is signed in; nil for anyone else.
    var viewer: Viewer?
    /// Of the answer: the viewer's, or what the browser of anyone else asks for.
    var language = Language.standard
    /// The fields of the form that was sent; empty for a request without one.
    var form = FormFields()
    /// The file that came with the form.
    var upload: Upload?
    /// Guards the forms of someone who is not signed in.
    var guestToken = ""

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress.flatMap { NetworkAddress($0) }
    }
}
