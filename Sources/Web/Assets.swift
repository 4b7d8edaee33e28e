internal import HTTP

/// What never changes while the program runs: compiled in, served under a path that names its
/// content, so that a browser may keep it for ever.
struct Asset {
    let path: String
    let contentType: HeaderValue
    let bytes: [UInt8]

    static let styleSheet = Asset(
        "site", "css", "text/css; charset=utf-8", PackageResources.site_css)

    static let script = Asset(
        "page", "js", "text/javascript; charset=utf-8", PackageResources.page_js)

    static let all = [styleSheet, script]

    private init(_ name: String, _ ending: String, _ type: HeaderValue, _ bytes: [UInt8]) {
        path = "/assets/\(name)-\(Self.fingerprint(bytes)).\(ending)"
        contentType = type
        self.bytes = bytes
    }

    /// FNV-1a: tells versions apart; nobody is kept out by it.
    private static func fingerprint(_ bytes: [UInt8]) -> String {
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        return String(hash, radix: 16)
    }

    func response() -> Response {
        Response(.ok, type: contentType, bytes: bytes)
            .with(.cacheControl, "public, max-age=31536000, immutable")
    }
}
