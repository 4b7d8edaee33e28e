internal import HTML
internal import HTTP
internal import Store

/// A list of files page by page, the newest first.
struct FilePages {
    /// Those of this page.
    let shown: [GroupFileRecord]
    private let hasMore: Bool

    private static let field = "before"

    /// `found` are one more than fit on the page, where there are as many.
    init(_ found: [GroupFileRecord], size: Int) {
        shown = Array(found.prefix(size))
        hasMore = found.count > size
    }

    /// Before which file the page begins, as its address says; nil for the first page.
    static func before(_ request: Request) throws -> Int? {
        try request.query.single(field).flatMap { Int($0) }
    }

    /// The way to those before.
    func next(_ route: Route) -> HTML {
        guard hasMore, let last = shown.last else { return .none }
        let address = route.with(Self.field, String(last.id))
        return "<p><a href=\"\(href(address))\">これより前の名簿を見る</a></p>"
    }
}
