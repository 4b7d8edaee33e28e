internal import Compression
internal import HTTP

/// What never changes while the program runs: compiled in, served under a path that names its
/// content, so that a browser may keep it for ever.
struct Asset {
    let route: Route
    private let contentType: HeaderValue
    private let bytes: [UInt8]
    private let packed: [UInt8]?
    private let tag: EntityTag?
    private let packedTag: EntityTag?

    static let styleSheet = Asset(
        "site", "css", "text/css; charset=utf-8", PackageResources.site_css)

    static let script = Asset(
        "page", "js", "text/javascript; charset=utf-8", PackageResources.page_js)

    static let all = [styleSheet, script]

    private init(_ name: String, _ ending: String, _ type: HeaderValue, _ bytes: [UInt8]) {
        let fingerprint = Self.fingerprint(bytes)
        route = .asset("\(name)-\(fingerprint).\(ending)")
        contentType = type
        self.bytes = bytes
        packed = gzip(bytes)
        tag = EntityTag(fingerprint)
        packedTag = EntityTag(fingerprint + "-gzip")
    }

    /// FNV-1a: tells versions apart; nobody is kept out by it.
    private static func fingerprint(_ bytes: [UInt8]) -> String {
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        return String(hash, radix: 16)
    }

    /// Packed for whoever takes that; the two are different to a cache.
    func response(to request: Request, builtAt: HTTPDate?) -> Response {
        guard let packed, request.takesGzip else {
            return lasting(bytes).answering(
                request.head, Validators(entityTag: tag, lastModified: builtAt))
        }
        return lasting(packed).with(.contentEncoding, "gzip")
            .answering(request.head, Validators(entityTag: packedTag, lastModified: builtAt))
    }

    private func lasting(_ bytes: [UInt8]) -> Response {
        Response(.ok, type: contentType, bytes: bytes)
            .with(.cacheControl, "public, max-age=31536000, immutable")
            .with(.vary, "Accept-Encoding")
    }
}
