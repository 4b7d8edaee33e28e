internal import HTML

/// What the office can do, on each of its pages.
struct OfficeMenu {
    private let current: Route

    init(_ current: Route) { self.current = current }

    private static let entries: [(Route, String)] = [
        (.queue, "応募を確認する"), (.decisions, "任命する"), (.renewal, "年度更新"),
    ]

    var html: HTML {
        """
        <nav class="menu" aria-label="事務局のメニュー"><ul>\(each(Self.entries) { route, word in
            "<li><a href=\"\(href(route.path))\"\(when(route == current, " aria-current=\"page\""))>\(word)</a></li>"
        })</ul></nav>
        """
    }
}
