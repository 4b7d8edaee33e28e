internal import HTML
internal import HTTP
internal import Store

/// What somebody of a role can do, on each of their pages.
struct RoleMenu {
    private let role: Role
    /// Nil on a page that the menu does not name.
    private let current: Route?

    private let csrf: String

    init(_ role: Role, _ current: Route?, _ csrf: String) {
        self.role = role
        self.current = current
        self.csrf = csrf
    }

    private var entries: [(Route, String)] {
        let counting: [(Route, String)] = [(.numbers, "集計"), (.exports, "書き出し")]
        return switch role {
        case .office:
            [
                (.queue, "応募を確認する"), (.doubts, "重複の確認"), (.proposals, "団体からの申し出"),
                (.people, "人を探す"), (.decisions, "任命する"), (.renewal, "年度更新"),
            ] + counting
        case .ministry: counting
        case .organization: [(.group, "団体の応募"), (.members, "名簿")]
        }
    }

    var html: HTML {
        """
        <nav class="menu" aria-label="担当者のメニュー"><ul>\(each(entries) { route, word in
            "<li><a href=\"\(href(route.path))\"\(when(route == current, " aria-current=\"page\""))>\(word)</a></li>"
        })</ul><form action="\(href(Route.signOut.path))" method="post"><input type="hidden" name="csrf" value="\(csrf)"><button class="link" type="submit">ログアウトする</button></form></nav>
        """
    }
}

extension Site {
    /// A page of somebody signed in, under the menu of their role; 422 when something on it is to be
    /// corrected, unless the status says otherwise.
    func respond(
        to visitor: Visitor, _ title: String, under menu: RoleMenu, _ main: HTML,
        hasProblems: Bool = false, status: Status? = nil
    ) throws -> Response {
        try visitor.take(
            Page(
                title: title, isError: hasProblems, reader: visitor.reader, main: menu.html + main
            ).response(self, status: status ?? (hasProblems ? .unprocessable : .ok)))
    }
}

extension Role {
    var word: String {
        switch self {
        case .office: "事務局"
        case .organization: "団体の担当"
        case .ministry: "府省"
        }
    }

    /// The first page.
    var home: Route {
        switch self {
        case .office: .queue
        case .ministry: .numbers
        case .organization: .group
        }
    }
}
