internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// A page of an organization's roster, or whom a search found in it.
struct MembersPage {
    static let limit = 100

    enum Shown {
        case page(MembersSlice, of: MemberList)
        case found([MemberRecord], typed: String)

        var members: [MemberRecord] {
            switch self {
            case .page(let page, _): page.members
            case .found(let found, _): found
            }
        }

        var list: MemberList? { if case .page(_, let list) = self { list } else { nil } }
    }

    let today: Day
    let videos: [MemberVideo]
    /// When those whom the organization has sent watched them, by application.
    let days: [Int: [VideoOfYear: Day]]
    let counts: [MemberList: Int]
    /// What was said of leavers lately.
    let acts: [LeavingAct]
    let shown: Shown
    /// The act that was done just now, by its moment.
    let saved: String?
    let problem: String?

    private var count: Int { counts[.present, default: 0] + counts[.left, default: 0] }

    func html(csrf: String) -> HTML {
        """
        \(Part.errorSummary(problem.map { [("people", $0)] } ?? []))
        <section class="sec flow">
          <h1>応募した人</h1>
          \(told)
          <p>
            \(FiscalYear(containing: today).word)の名簿です。読みの順に\(Self.limit)人ずつ示します。
          </p>
          \(when(count > 0, lists + tools(csrf)))
        </section>
        <section class="sec flow" id="people" tabindex="-1">\(people(csrf))</section>
        \(when(shown.list == .left && !acts.isEmpty, said(csrf)))
        """
    }

    private var told: HTML {
        if saved == "stayed" { return Part.done("離れたという届け出を取り消しました。") }
        guard let act = acts.first(where: { "\($0.at.microseconds)" == saved }) else {
            return .none
        }
        return Part.done(
            "\(act.count.grouped)人が離れたことを届け出ました。取り消すときは、この下の「届け出たこと」からもどせます。")
    }

    /// Each with how many it names.
    private var lists: HTML {
        let rows = [
            [MemberList.present, .left], [.confirmed, .unconfirmed], [.reached, .unreached],
            [.watched, .unwatched],
        ]
        return """
            <nav class="flow" aria-label="名簿の一覧">
              \(each(rows) { "<ul class=\"links\">\(each($0, entry))</ul>" })
            </nav>
            """
    }

    private func entry(_ list: MemberList) -> HTML {
        let link = href(Route.members.with(Members.listField, list.rawValue))
        let mark: HTML = when(list == shown.list, " aria-current=\"page\"")
        let count = counts[list, default: 0].grouped
        return "<li><a href=\"\(link)\"\(mark)>\(list.word)　\(count)人</a></li>"
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
                + """
                <ul class="links">
                  <li><a href="\(href(Route.membersBook.path))">名簿を保存する（Excel）</a></li>
                  <li><a href="\(href(Route.membersFile.path))">名簿を保存する（CSV）</a></li>
                </ul>
                """
    }

    private func people(_ csrf: String) -> HTML {
        switch shown {
        case .found(let found, let typed): return self.found(found, typed, csrf)
        case .page(let page, let list) where page.members.isEmpty:
            if count > 0 {
                return "<h2>\(list.word)</h2><p>\(list.meaning)いまは、だれもいません。</p>\(Self.toFirst)"
            }
            return "<p>まだ、だれも応募していません。<a href=\"\(href(Route.group.path))\">名簿を送る</a></p>"
        case .page(let page, let list):
            return """
                <h2>\(list.word)</h2><p>\(list.meaning)</p>
                \(table(page.members, "応募した人", csrf))\(turning(page, list))
                """
        }
    }

    private func found(_ found: [MemberRecord], _ typed: String, _ csrf: String) -> HTML {
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
            \(table(found, "見つかった人", csrf))\(Self.toFirst)
            """
    }

    private static let toFirst: HTML =
        "<p><a href=\"\(href(Route.members.path))\">名簿の最初から見る</a></p>"

    private func table(
        _ members: [MemberRecord], _ caption: String, _ csrf: String
    ) -> HTML {
        let hasPlaces = members.contains { $0.placeName != nil }
        let questions =
            (hasPlaces ? [.businessPlace] : []) + TextQuestion.having(.onRoster).map(\.field)
        let columns: [Table.Column] =
            ["氏名", "読み", "応募区分"] + questions.map { Table.Column(name: $0.heading) }
            + ["受付番号"] + Self.progress + videos.map { Table.Column(name: $0.heading) } + ["状態"]
        let table = Table(caption, columns, members.map { cells($0, questions) })
        let hidesSome = members.contains { $0.shown == nil }
        let mayLeave = members.contains { $0.leaving == nil }
        return when(hidesSome, "<p>\(MemberWords.whyNotShown)</p>")
            + (mayLeave
                ? Part.form(
                    .leaving, csrf: csrf, table.html + Part.plainButton("選んだ人が離れたことを届け出る"))
                : table.html)
    }

    private static let progress: [Table.Column] = [
        MemberWords.confirmedHeading, MemberWords.reachHeading, MemberWords.watchedHeading,
    ].map { Table.Column(name: $0) }

    private func cells(
        _ member: MemberRecord, _ questions: [ApplicationField]
    ) -> [HTML] {
        let texts = questions.map { member.text($0) } + [member.shown?.receipt]
        let told = texts.map { "\($0 ?? MemberWords.notShown)" as HTML }
        let done: [HTML] = [
            "\(MemberWords.done(member.isConfirmed))",
            "\(member.reach?.word ?? MemberWords.notShown)",
            "\(MemberWords.done(member.hasWatched))",
        ]
        let state = member.shown?.status(on: today).word ?? MemberWords.notShown
        let left = member.leaving.map { "　\($0.word)" } ?? ""
        return [name(member), "\(member.kana)", "\(member.kind.word)"] + told + done
            + videos.map { "\(days[member.id]?[$0.video]?.description ?? "")" }
            + ["\(state)\(left)"]
    }

    private func name(_ member: MemberRecord) -> HTML {
        let link: HTML =
            "<a href=\"\(href(MemberPage.path(member.id)))\">\(member.name)</a>"
        guard member.leaving == nil else { return link }
        return """
            <label class="pick">
              <input type="checkbox" name="application" value="\(member.id)">
              <span class="vh">\(member.name)を選ぶ</span>
            </label>
            \(link)
            """
    }

    private func turning(_ page: MembersSlice, _ list: MemberList) -> HTML {
        guard page.hasEarlier || page.hasLater else { return .none }
        let earlier = page.hasEarlier ? page.members.first : nil
        let later = page.hasLater ? page.members.last : nil
        return """
            <nav class="links" aria-label="名簿のページ">
              \(link("before", earlier, list, "前の\(Self.limit)人"))
              \(link("after", later, list, "次の\(Self.limit)人"))
            </nav>
            """
    }

    private func link(
        _ side: String, _ member: MemberRecord?, _ list: MemberList, _ words: String
    ) -> HTML {
        guard let member else { return .none }
        let path = Route.members.with(side, "\(member.id)")
        return "<a href=\"\(href("\(path)&\(Members.listField)=\(list.rawValue)"))\">\(words)</a>"
    }

    /// 届け出たこと, each with the way back.
    private func said(_ csrf: String) -> HTML {
        let rows = acts.map { act -> [HTML] in
            [
                "\(act.at.word)", "\(act.leaving.word)", "\(act.count.grouped)",
                "\(act.actor.word)",
                Part.form(
                    .takeBackLeaving, csrf: csrf,
                    """
                    <input type="hidden" name="said" value="\(String(act.at.microseconds))">
                    <button class="btn" type="submit">
                      もとにもどす<span class="vh">（\(act.at.word)の届け出）</span>
                    </button>
                    """),
            ]
        }
        let table = Table(
            "届け出たこと", ["届け出た日時", "理由と最後の日", .number("人数"), "届け出た人", "取消し"], rows)
        return "<section class=\"sec flow\"><h2>届け出たこと</h2>\(table.html)</section>"
    }
}
