internal import HTTP

/// CORS (Fetch Standard, section 3.2): what a page of another site may read of ours, without
/// cookies. Verifiers of badges run in browsers, too.
extension Response {
    /// The same, so that also a trouble can be told from a network that is away.
    var readFromAnywhere: Response {
        var response = self
        response.headers.set("Access-Control-Allow-Origin", "*")
        return response
    }

    /// Before a request that says more than a plain one.
    var preflight: Response {
        var response = readFromAnywhere
        response.headers.set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
        response.headers.set(
            "Access-Control-Allow-Headers", "Accept, Cache-Control, Content-Type, If-None-Match")
        response.headers.set("Access-Control-Max-Age", "86400")
        return response
    }
}
