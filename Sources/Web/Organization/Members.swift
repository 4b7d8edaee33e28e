internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 名簿: the people of the coordinator's organization.
struct Members: Room {
    let site: Site

    /// By kana.
    func show(_ member: OrganizationMember, _ request: Request) async throws -> Response {
        let place = try MembersPlace(request.query)
        let page = try await office.reading.members(
            of: member.scope, in: office.year, at: place,
            limit: MembersPage.limit)
        try await office.witness(
            .openMembers, on: "organization:\(member.scope.organizationID)", by: member.actor,
            applications: page.members.map(\.id))
        return try await membersPage(member, .page(page))
    }

    /// What was typed is posted and not in the address: addresses stay in logs and histories.
    func find(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        let typed = String((try form.single("person") ?? "").prefix(200))
        guard let query = PersonQuery(typed) else { return try member.visitor.seeOther(.members) }
        let found = try await office.reading.members(
            fitting: query, of: member.scope, in: office.year,
            limit: MembersPage.limit)
        try await office.witness(
            .searchMembers, on: "organization:\(member.scope.organizationID)", by: member.actor,
            applications: found.map(\.id))
        return try await membersPage(member, .found(found, typed: typed))
    }

    /// The whole roster as a file for Excel.
    func download(
        _ proven: Proven<OrganizationMember>, _ request: Request
    ) async throws -> Response {
        let member = proven.member
        let bytes = try await office.membersFile(of: member.scope, by: member.actor)
        let name = "応募した人_\(office.year.word).csv"
        return Response(.ok, type: "text/csv", bytes: bytes)
            .with(.contentDisposition, ContentDisposition.attachment(filename: name))
            .with(.cacheControl, "no-store")
    }

    private func membersPage(
        _ member: OrganizationMember, _ shown: MembersPage.Shown
    ) async throws -> Response {
        let page = MembersPage(
            today: office.today, videos: try await office.memberVideos(),
            days: try await office.reading.viewingDays(
                of: shown.members.compactMap(\.shown), sentBy: member.scope.organizationID),
            count: try await office.reading.memberCount(of: member.scope, in: office.year),
            shown: shown)
        return try respond(
            to: member,
            StaffPage(
                title: "応募した人", place: .members, main: page.html(csrf: member.visitor.csrf)))
    }
}

extension MembersPlace {
    /// From the address; what is no number is the first page.
    fileprivate init(_ query: Form) throws {
        if let id = Int(try query.single("after") ?? "") {
            self = .after(id)
        } else if let id = Int(try query.single("before") ?? "") {
            self = .before(id)
        } else {
            self = .first
        }
    }
}

/// A page of an organization's roster, or whom a search found in it.
struct MembersPage {
    static let limit = 100

    enum Shown {
        case page(MembersSlice)
        case found([MemberRecord], typed: String)

        var members: [MemberRecord] {
            switch self {
            case .page(let page): page.members
            case .found(let found, _): found
            }
        }
    }

    let today: Day
    let videos: [MemberVideo]
    /// When those whom the organization has sent watched them, by application.
    let days: [Int: [VideoOfYear: Day]]
    let count: Int
    let shown: Shown

    func html(csrf: String) -> HTML {
        """
        <section class="sec flow">
          <h1>応募した人</h1>
          <p>
            \(FiscalYear(containing: today).word)の名簿です。\(count.grouped)人を、読みの順に\(Self.limit)人ずつ示します。
          </p>
          \(when(count > 0, tools(csrf)))
        </section>
        <section class="sec flow">\(people)</section>
        """
    }

    private func tools(_ csrf: String) -> HTML {
        var typed = ""
        if case .found(_, let words) = shown { typed = words }
        let field = Field(
            name: "person", label: "名簿から探す", isRequired: false,
            hint: "氏名か読みを、氏から入力してください。はじめの部分だけでもかまいません。", value: typed
        ).textInput
        return Part.form(
            .members, csrf: csrf,
            field + "<div class=\"btns\"><button class=\"btn\" type=\"submit\">探す</button></div>")
            + "<p><a href=\"\(href(Route.membersFile.path))\">名簿を保存する（CSV）</a></p>"
    }

    private var people: HTML {
        switch shown {
        case .found(let found, let typed): return self.found(found, typed)
        case .page(let page) where page.members.isEmpty:
            if count > 0 { return "<p>これで全部です。</p>\(Self.toFirst)" }
            return "<p>まだ、だれも応募していません。<a href=\"\(href(Route.group.path))\">名簿を送る</a></p>"
        case .page(let page): return table(page.members, "応募した人") + turning(page)
        }
    }

    private func found(_ found: [MemberRecord], _ typed: String) -> HTML {
        if found.isEmpty {
            return
                """
                <h2>見つかりませんでした</h2>
                <p>氏から入力してください（名だけでは探せません）。漢字で見つからないときは、読みでも探してください。</p>
                \(Self.toFirst)
                """
        }
        let isFull = found.count == Self.limit
        return """
            <h2>「\(typed)」で見つかった人</h2>
            \(when(isFull, "<p>はじめの\(Self.limit)人です。見つからないときは、もう少し長く入力してください。</p>"))
            \(table(found, "見つかった人"))\(Self.toFirst)
            """
    }

    private static let toFirst: HTML =
        "<p><a href=\"\(href(Route.members.path))\">名簿の最初から見る</a></p>"

    private func table(_ members: [MemberRecord], _ caption: String) -> HTML {
        let hasPlaces = members.contains { $0.placeName != nil }
        let questions =
            (hasPlaces ? [.businessPlace] : []) + TextQuestion.having(.onRoster).map(\.field)
        let rows = members.map { member -> [HTML] in
            let texts = questions.map { member.text($0) } + [member.shown?.receipt]
            return ["\(member.name)", "\(member.kana)", "\(member.kind.word)"]
                + texts.map { "\($0 ?? MemberWords.notShown)" }
                + videos.map { video in "\(days[member.id]?[video.video]?.description ?? "")" }
                + ["\(member.shown?.status(on: today).word ?? MemberWords.notShown)"]
        }
        let columns: [Table.Column] =
            ["氏名", "読み", "応募区分"] + questions.map { Table.Column(name: $0.heading) } + ["受付番号"]
            + videos.map { Table.Column(name: $0.heading) } + ["状態"]
        let table = Table(caption, columns, rows)
        let hidesSome = members.contains { $0.shown == nil }
        return when(hidesSome, "<p>\(MemberWords.whyNotShown)</p>") + table.html
    }

    private func turning(_ page: MembersSlice) -> HTML {
        guard page.hasEarlier || page.hasLater else { return .none }
        let earlier = page.hasEarlier ? page.members.first : nil
        let later = page.hasLater ? page.members.last : nil
        return """
            <nav class="links" aria-label="名簿のページ">
              \(link("before", earlier, "前の\(Self.limit)人"))
              \(link("after", later, "次の\(Self.limit)人"))
            </nav>
            """
    }

    private func link(_ side: String, _ member: MemberRecord?, _ words: String) -> HTML {
        guard let member else { return .none }
        return "<a href=\"\(href(Route.members.with(side, "\(member.id)")))\">\(words)</a>"
    }
}
