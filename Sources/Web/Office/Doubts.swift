internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 重複の確認: rows of organizations' files that may name somebody a second time, both sides beside
/// each other.
struct Doubts: Room {
    let site: Site

    func show(_ member: OfficeMember, _ request: Request) async throws -> Response {
        let page = DoubtsPage(
            doubts: try await office.openDoubts(limit: DoubtsPage.limit),
            count: try await office.reading.openDoubtCount(), today: office.today,
            decided: DoubtAnswer(rawValue: try request.query.single("decided") ?? ""))
        try await witness(page.doubts, by: member)
        return try respond(
            to: member,
            StaffPage(
                title: "重複の確認", place: .doubts, main: page.html(csrf: member.visitor.csrf)))
    }

    /// Whose application stands beside a row; the rows themselves are nobody's yet.
    private func witness(_ open: [OpenDoubt], by member: OfficeMember) async throws {
        try await office.witness(
            .openDoubts, on: "doubts", by: member.actor,
            applications: open.compactMap(\.other?.id))
    }

    func decide(
        _ member: OfficeMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard let id = Int(try form.single("doubt") ?? ""),
            let answer = DoubtAnswer(rawValue: try form.single("answer") ?? "")
        else { throw Refusal.notFound }
        if try form.single("sure") != "yes", let open = try await office.openDoubt(id) {
            try await witness([open], by: member)
            return try askToDecide(member, open, as: answer)
        }
        try await office.decideDoubt(id, as: answer, by: member.actor)
        return try member.visitor.seeOther(.doubts, "decided", answer.rawValue)
    }

    /// What is said here cannot be taken back.
    private func askToDecide(
        _ member: OfficeMember, _ open: OpenDoubt, as answer: DoubtAnswer
    ) throws -> Response {
        let page = DoubtAskingPage(open: open, answer: answer, today: office.today)
        return try respond(
            to: member,
            StaffPage(
                title: page.heading, place: .doubts, main: page.html(csrf: member.visitor.csrf)))
    }
}

/// The questions that wait for the office.
struct DoubtsPage {
    static let limit = 20

    let doubts: [OpenDoubt]
    let count: Int
    let today: Day
    /// What was said last.
    let decided: DoubtAnswer?

    func html(csrf: String) -> HTML {
        """
        <section class="sec flow">
          <h1>重複の確認</h1>
          \(told)
          <p>団体の名簿の行で、同じ名簿の前の行か、その団体が前に送った人と同じ人かもしれないものです。どちらかを選ぶまで、その行は応募になりません。</p>
          <p>待っている行：\(count.grouped)件</p>
        </section>
        \(each(doubts) { question($0, csrf) })
        """
    }

    private var told: HTML {
        switch decided {
        case nil: .none
        case .same: Part.done("同じ人としました。")
        case .different: Part.done("別人としました。応募として受け付けました。")
        }
    }

    private func question(_ open: OpenDoubt, _ csrf: String) -> HTML {
        return """
            <section class="sec flow">
              <h2>\(open.doubt.organizationName)の名簿　\(open.doubt.row)行目</h2>
              \(DoubtSides(open: open, today: today).html)\(buttons(open, csrf))
            </section>
            """
    }

    private func buttons(_ open: OpenDoubt, _ csrf: String) -> HTML {
        let isFirst = open.other == nil
        let answers: [DoubtAnswer] = isFirst ? [.different] : [.same, .different]
        let content: HTML = """
            <input type="hidden" name="doubt" value="\(open.doubt.id)">
            <div class="btns">\(each(answers) { button($0, open.doubt) })</div>
            """
        return when(isFirst, "<p>\(open.doubt.otherWord)も確認待ちです。「同じ人」は、そちらを決めてから選べます。</p>")
            + Part.form(.decideDoubt, csrf: csrf, content)
    }

    private func button(_ answer: DoubtAnswer, _ doubt: DoubtRecord) -> HTML {
        let effect =
            switch answer {
            case .same where doubt.otherRow == nil: "その人の応募とする"
            case .same: "応募にしない"
            case .different: "応募として受け付ける"
            }
        return """
            <button class="btn" type="submit" name="answer" value="\(answer.rawValue)">
              \(answer.word)（\(effect)）
              <span class="vh">\(doubt.organizationName)、\(doubt.row)行目</span>
            </button>
            """
    }
}
