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
        let clerk = try await clerk(visitor)
        let count = try await office.reading.memberCount(
            of: clerk.organizationID, in: office.year)
        let page = MembersPage(
            year: office.year, count: count,
            members: try await office.reading.members(
                of: clerk.organizationID, in: office.year,
                after: Int(try request.query.single("after") ?? "") ?? 0, limit: MembersPage.limit))
        return try respond(
            to: visitor, "応募した人", under: RoleMenu(.organization, .members, visitor.csrf),
            page.html)
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
        let rows = members.map { member -> [HTML] in
            [
                "\(member.name)", "\(member.reading)", "\(member.kind.word)", "\(member.unit)",
                "\(member.receipt)", "\(member.state.word)",
            ]
        }
        return Table("応募した人", ["氏名", "読み", "応募区分", "部署・店舗名", "受付番号", "状態"], rows).html + more
    }

    private var more: HTML {
        guard members.count == Self.limit, let last = members.last else { return .none }
        return
            "<p><a href=\"\(href(Route.members.path + "?after=\(last.id)"))\">次の\(Self.limit)人</a></p>"
    }
}
