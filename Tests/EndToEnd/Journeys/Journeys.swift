import Testing

/// What people do with the product from end to end, in each language: in a real browser, by pressing what they press,
/// against the server with the sample company and its mail server.
@Suite(.serialized, .demo) struct Journeys {}
