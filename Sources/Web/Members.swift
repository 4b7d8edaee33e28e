internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

extension Site {
    /// 名簿: the people of the clerk's body, by reading.
    func showMembers(_ request: Request) async throws -> Response {
        let visitor = Visitor(request, self)
        guard let clerk = try await clerk(visitor) else { return try visitor.seeOther(.signIn) }
        let count = try await office.reading.memberCount(
            of: clerk.organizationID, in: office.year)
        let page = MembersPage(
            year: office.year, count: count,
            members: try await office.reading.members(
                of: clerk.organizationID, in: office.year,
                after: Int(try request.query.single("after") ?? "") ?? 0, limit: MembersPage.limit))
        return try visitor.take(
            Page(
                title: "応募した人",
                main: RoleMenu(.organization, .members, visitor.csrf).html + page.html
            )
            .response(self))
    }
}

/// A page of a body's roster.
struct MembersPage {
    static let limit = 100

    let year: FiscalYear
    let count: Int
    let members: [ApplicationRecord]

    var html: HTML {
        """
        <section class="sec flow"><h1>応募した人</h1><p>\(year.word)の名簿です。\(count.grouped)人を、読みの順に\(Self.limit)人ずつ示します。</p>\(table)</section>
        """
    }

    private var table: HTML {
        guard !members.isEmpty else {
            return "<p>まだ、だれも応募していません。<a href=\"\(href(Route.group.path))\">名簿を送る</a></p>"
        }
        let rows = each(members) { member in
            "<tr><th scope=\"row\">\(member.name)</th><td>\(member.reading)</td><td>\(member.kind.word)</td><td>\(member.unit)</td><td>\(member.receipt)</td><td>\(member.state.word)</td></tr>"
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="応募した人の表"><table><caption class="vh">応募した人</caption><thead><tr><th scope="col">氏名</th><th scope="col">読み</th><th scope="col">応募区分</th><th scope="col">部署・店舗名</th><th scope="col">受付番号</th><th scope="col">状態</th></tr></thead><tbody>\(rows)</tbody></table></div>\(more)
            """
    }

    private var more: HTML {
        guard members.count == Self.limit, let last = members.last else { return .none }
        return
            "<p><a href=\"\(href(Route.members.path + "?after=\(last.id)"))\">次の\(Self.limit)人</a></p>"
    }
}
