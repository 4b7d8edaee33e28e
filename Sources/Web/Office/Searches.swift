internal import HTTP
internal import Procedures
internal import Secrets

/// What somebody has lately searched for, so that Back and reload show it again: sealed in a cookie
/// that only their own session opens. The address of a result holds a number that says nothing.
struct Searches {
    struct Search: Equatable {
        let id: String
        let typed: String
    }

    /// A cookie is 4,096 octets at most, and base64 makes three of them four.
    static let byteLimit = 2_600

    /// Newest first.
    private(set) var kept: [Search]

    init(_ kept: [Search] = []) { self.kept = kept }

    /// As `text` wrote them.
    init(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        kept = stride(from: 0, to: lines.count - 1, by: 2).map {
            Search(id: lines[$0], typed: lines[$0 + 1])
        }
    }

    /// Keeps one more; the oldest are forgotten where there is no room.
    mutating func keep(_ search: Search) {
        kept.removeAll { $0.typed == search.typed }
        kept.insert(search, at: 0)
        while kept.count > 1, text.utf8.count > Self.byteLimit { kept.removeLast() }
    }

    var text: String { kept.map { $0.id + "\n" + $0.typed }.joined(separator: "\n") }

    subscript(_ id: String) -> String? { kept.first { $0.id == id }?.typed }

    /// One line of at most 200 scalars; longer is no name, number or address.
    static func line(_ typed: String) -> String {
        let line = typed.split(whereSeparator: \.isNewline).joined(separator: " ")
        return String(String.UnicodeScalarView(line.unicodeScalars.prefix(200)))
    }

    /// Whether it looks like a number of ours; what is written back into a page is.
    static func isID(_ text: String) -> Bool {
        text.utf8.count == 8 && Base64URL.decode(text) != nil
    }
}

extension People {
    /// Gone by itself after an hour.
    private static let secondsKept = 3600

    /// What the browser in front of us has searched for.
    func searches(_ request: Request, _ visitor: Visitor) -> Searches {
        guard let session = visitor[Visitor.sessionCookie],
            let sealed = request.cookies[CookieName.of(Visitor.searchCookie, site.isSecure)],
            let text = office.settings.key.open(
                sealed, boundTo: session.text, purpose: "search")
        else { return Searches() }
        return Searches(text: text)
    }

    /// Gives the browser what it has searched for, and the address of the newest result.
    func keep(
        _ typed: String, among searches: Searches, _ visitor: inout Visitor
    ) throws -> String {
        guard let session = visitor[Visitor.sessionCookie] else { throw Refusal.notYours }
        var searches = searches
        let id = Base64URL.encode(office.random.bytes(6))
        searches.keep(Searches.Search(id: id, typed: typed))
        let sealed = try office.settings.key.seal(
            searches.text, nonce: office.random.bytes(SecretKey.nonceLength),
            boundTo: session.text, purpose: "search")
        visitor.give(Visitor.searchCookie, sealed, forSeconds: Self.secondsKept)
        return id
    }
}
