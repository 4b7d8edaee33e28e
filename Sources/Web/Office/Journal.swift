internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 記録: who did what, when, to what.
struct Journal: Room {
    static let heading = "記録"

    let site: Site

    func show(_ member: JournalReader, _ request: Request) async throws -> Response {
        let form = try JournalForm(request.query)
        let shown =
            form.problems.isEmpty ? try await office.journal(form.query, by: member.actor) : nil
        var filter = AccountFilter()
        filter.role = .office
        filter.limit = 500
        let page = JournalPagePart(
            shown: shown, form: form, staff: try await office.reading.accounts(filter),
            seesPeople: member.account.may(.readCases))
        return try respond(
            to: member,
            StaffPage(
                title: Self.heading, place: .journal, main: page.html,
                hasProblems: !form.problems.isEmpty))
    }
}

/// What is looked for, as typed: all of it stands in the address, and none of it is somebody's
/// word.
struct JournalForm {
    var query = JournalQuery()
    let from: String
    let until: String
    var problems: [(field: String, text: String)] = []

    init(_ form: Form) throws {
        from = Searches.line(try form.single("from") ?? "")
        until = Searches.line(try form.single("until") ?? "")
        query.act = try form.single("act").flatMap { EventKind(rawValue: $0) }
        let who = try form.single("account") ?? ""
        query.isByOperators = who == Self.operators
        query.account = Int(who)
        query.organization = OrganizationDraft.trimmed(
            Searches.line(try form.single("organization") ?? ""))
        query.number = OrganizationDraft.trimmed(Searches.line(try form.single("number") ?? ""))
        query.showsWatching = try form.single("watching") == "yes"
        query.before = Int(try form.single("before") ?? "")
        query.from = day(from, "from")
        query.until = day(until, "until")
        if let first = query.from, let last = query.until, last < first {
            problems.append(("until", "終わりの日は、始まりの日よりあとにしてください。"))
        }
    }

    static let operators = "operators"

    private mutating func day(_ typed: String, _ field: String) -> Day? {
        guard !typed.isEmpty else { return nil }
        if let day = OrganizationDraft.day(typed) { return day }
        problems.append((field, OrganizationProblem.dayUnreadable(.since).sentence))
        return nil
    }

    var who: String {
        query.isByOperators ? Self.operators : query.account.map(String.init) ?? ""
    }

    func said(_ field: String) -> [String] {
        problems.filter { $0.field == field }.map(\.text)
    }

    /// The same page with older events.
    func next(before id: Int) -> String {
        let said: [(String, String)] = [
            ("act", query.act?.rawValue ?? ""), ("account", who),
            ("organization", query.organization), ("number", query.number), ("from", from),
            ("until", until), ("watching", query.showsWatching ? "yes" : ""),
        ]
        return said.filter { !$0.1.isEmpty }.reduce(Route.journal.with("before", String(id))) {
            "\($0)&\($1.0)=\(ResumeAfterSignIn.encoded($1.1))"
        }
    }
}

/// The page of the journal: its filter, and what was found.
struct JournalPagePart {
    let shown: JournalShown?
    let form: JournalForm
    let staff: [AccountLine]
    /// Whether the reader may see what applicants are.
    let seesPeople: Bool

    var html: HTML {
        """
        \(Part.errorSummary(form.problems))
        <section class="sec flow">
          <h1>\(Journal.heading)</h1>
          <p>だれが、いつ、何をしたかの記録です。書きかえることはできません。</p>
          \(filter)
        </section>
        <section class="sec flow dense" id="log">
          <h2>見つかった記録</h2>
          \(shown.map(list) ?? .none)
        </section>
        """
    }

    private var filter: HTML {
        let acts = EventKind.allCases.map { ($0.rawValue, $0.word) }
        let people =
            staff.map { (String($0.id), $0.account.name) }
            + [(JournalForm.operators, "システムの運用担当")] + other
        return """
            <form class="form" action="\(href(Route.journal.path))" method="get">
              \(Field(name: "from", label: "いつから", isRequired: false, value: form.from,
                  problems: form.said("from"), isShort: true).textInput)
              \(Field(name: "until", label: "いつまで", isRequired: false, value: form.until,
                  problems: form.said("until"), isShort: true).textInput)
              \(Field(name: "act", label: "なにを", isRequired: false,
                  value: form.query.act?.rawValue ?? "").select(acts, empty: "すべて"))
              \(Field(name: "account", label: "だれが", isRequired: false, value: form.who)
                  .select(people, empty: "すべて"))
              \(Field(name: "organization", label: "団体コード", isRequired: false,
                  hint: "その団体のことと、その団体の担当者がしたことが出ます。",
                  value: form.query.organization).textInput)
              \(Field(name: "number", label: "番号", isRequired: false,
                  hint: "受付番号、任命番号、委員番号、名簿・下見・書き出しの番号のどれか",
                  value: form.query.number).textInput)
              \(Field(name: "watching", label: "", isRequired: false,
                  value: form.query.showsWatching ? "yes" : "").checkbox("見ただけ、試しただけの記録も出す"))
              \(Part.button("絞り込む"))
            </form>
            """
    }

    /// An account that somebody came from, which is not the office's.
    private var other: [(String, String)] {
        guard let id = form.query.account, !staff.contains(where: { $0.id == id }) else {
            return []
        }
        return [(String(id), "アカウント \(id)")]
    }

    private func list(_ shown: JournalShown) -> HTML {
        guard !shown.entries.isEmpty else { return "<p>あてはまる記録はありません。</p>" }
        let rows = shown.entries.map { entry -> [HTML] in
            [
                "\(entry.at.word)", "\(entry.actor.word)", "\(entry.act.word)",
                subject(entry, shown.names), said(entry),
            ]
        }
        return Table(
            "記録", ["いつ", "だれが", "なにを", "なにについて", "前 → 後、理由"], rows
        ).html + older(shown)
    }

    private func subject(_ entry: JournalEntry, _ names: [String: String]) -> HTML {
        let subject = JournalSubject(entry.subject)
        let word = subject.word(named: names[entry.subject])
        switch subject.kind {
        case .application, .person, .receipt:
            let number = names[entry.subject] ?? (subject.kind == .receipt ? subject.key : "")
            guard seesPeople, !number.isEmpty else { return "\(word)" }
            return "<a href=\"\(href(Route.person.with("number", number)))\">\(word)</a>"
        case .account where names[entry.subject] != nil:
            return "<a href=\"\(href(Route.account.with("account", subject.key)))\">\(word)</a>"
        default: return "\(word)"
        }
    }

    /// What applicants are is for those who may see applicants.
    private func said(_ entry: JournalEntry) -> HTML {
        let isOfSomebody = JournalSubject(entry.subject).isOfSomebody
        if isOfSomebody, !seesPeople {
            let isSilent = entry.changes.isEmpty && entry.reason.isEmpty
            return isSilent ? .none : "<small>応募の内容を見る権限がある人だけに出ます</small>"
        }
        return JournalChanges(entry: entry, groups: shown?.groups ?? [:]).html
            + when(!entry.reason.isEmpty, "<p>理由：\(HTML.lines(entry.reason))</p>")
    }

    private func older(_ shown: JournalShown) -> HTML {
        guard shown.mayGoOn, let last = shown.entries.last else { return .none }
        return "<p><a href=\"\(href(form.next(before: last.id)))\">これより前の記録</a></p>"
    }
}
