internal import HTML
internal import HTTP
internal import Procedures
internal import Store

/// What somebody can do, on each of their pages.
struct RoleMenu {
    private let account: AccountRecord
    /// Nil on a page that the menu does not name.
    private let current: Route?

    private let csrf: String

    init(_ account: AccountRecord, _ current: Route?, _ csrf: String) {
        self.account = account
        self.current = current
        self.csrf = csrf
    }

    var html: HTML {
        """
        <nav class="menu" aria-label="担当者のメニュー">
          <ul>
            \(each(Directory.site.menu(of: account)) { entry($0, $1) })
          </ul>
          <form action="\(href(Route.signOut.path))" method="post">
            <input type="hidden" name="csrf" value="\(csrf)">
            <button class="link" type="submit">ログアウトする</button>
          </form>
        </nav>
        """
    }
}

extension RoleMenu {
    private func entry(_ route: Route, _ word: String) -> HTML {
        let mark: HTML = when(route == current, " aria-current=\"page\"")
        return "<li><a href=\"\(href(route.path))\"\(mark)>\(word)</a></li>"
    }
}

/// A page of somebody signed in, as its handler sees it.
struct StaffPage {
    let title: String
    /// What the menu shows as the place where one is.
    let place: Route
    let main: HTML
    /// 422 when something on it is to be corrected.
    var hasProblems = false
    var status: Status?
}

extension Room {
    var office: Office { site.office }

    /// The page under the menu of whoever asks.
    func respond(to member: some StaffMember, _ page: StaffPage) throws -> Response {
        let visitor = member.visitor
        let menu = RoleMenu(member.account, page.place, visitor.csrf)
        return try visitor.carrying(
            Page(
                title: page.title, isError: page.hasProblems, reader: visitor.reader,
                main: menu.html + page.main
            ).response(site, status: page.status ?? (page.hasProblems ? .unprocessable : .ok)))
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
}

extension AccountRecord {
    /// The first page: that which their menu begins with.
    var home: Route { Directory.site.menu(of: self).first?.route ?? .start }
}
