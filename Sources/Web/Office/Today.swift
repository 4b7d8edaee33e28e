internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 今日: what waits for whoever looks, since when, and where it is done.
struct Today: Room {
    let site: Site

    /// Days after which an application that waits is late.
    static let lateAfter = 14
    static let letterLimit = 50

    func show(_ member: OfficeMember<SeeingToday>, _ request: Request) async throws -> Response {
        let page = TodayPage(
            now: office.now, lines: try await lines(member.account),
            plans: try await plans(member), declined: try await declined(member),
            letters: try await letters(member.account))
        return try respond(
            to: member, StaffPage(title: "今日", place: .today, main: page.html))
    }

    /// Only what leads to a list that says the same number.
    private func lines(_ account: AccountRecord) async throws -> [TodayLine] {
        var lines: [TodayLine] = []
        if account.may(.readCases) { lines += try await queue() }
        if account.may(.review) { lines += try await doubts() }
        if account.may(.readCases) { lines += try await proposals() }
        if account.may(.shipMaterials) { lines += try await materials() }
        if account.may(.appoint) { lines += try await decisions() }
        return lines
    }

    /// 確認待ちの行 of organizations' files: also those that were put off wait.
    private func doubts() async throws -> [TodayLine] {
        let waiting = try await office.reading.waitingDoubts()
        let putOff = try await office.reading.openDoubtCount() - waiting.count
        var filter = DoubtFilter()
        (filter.isPutOff, filter.limit) = (true, 1)
        let first = putOff > 0 ? try await office.reading.openDoubts(filter).first : nil
        return [
            TodayLine("同じ人かどうかの確認", waiting, "組", Route.doubts.path, DoubtsPage.heading),
            TodayLine(
                "同じ人かどうかの確認で、あとでにしたもの",
                WaitingCount(count: max(0, putOff), since: first?.askedOn), "組",
                Route.doubts.with("put_off", "yes"), DoubtsPage.heading),
        ]
    }

    private func materials() async throws -> [TodayLine] {
        var lines: [TodayLine] = []
        for (state, word) in [
            (MaterialState.waiting, "発送を待つ資材"), (.returned, "戻ってきた資材"),
        ] {
            let sums = try await office.reading.materialSums(state, named: office.year)
            lines.append(
                TodayLine(
                    word,
                    WaitingCount(
                        count: sums.reduce(0) { $0 + $1.requests },
                        since: sums.map(\.since).min()), "件",
                    Route.shipments.with("state", state.rawValue), Materials.title))
        }
        return lines
    }

    private func queue() async throws -> [TodayLine] {
        let late = office.today.adding(days: -Self.lateAfter)
        let queue = try await office.reading.waitingQueue(in: office.year, lateUpTo: late)
        var answered = QueueSelection()
        answered.isAmended = true
        var old = QueueSelection()
        old.days = Self.lateAfter
        return [
            TodayLine(
                "受付から\(Self.lateAfter)日以上たった応募", queue.late, "件", old.queue(), "応募を確認する",
                isLate: true),
            TodayLine("補正が返ってきた応募", queue.amended, "件", answered.queue(), "応募を確認する"),
            TodayLine("審査を待つ応募（全部）", queue.all, "件", Route.queue.path, "応募を確認する"),
        ]
    }

    private func proposals() async throws -> [TodayLine] {
        let corrections = try await office.openCorrections(limit: 200)
        return [
            TodayLine(
                "本人からの訂正の申し出",
                WaitingCount(
                    count: corrections.count, since: corrections.first?.request.askedAt.day), "件",
                Route.proposals.path, "訂正の申し出"),
            TodayLine(
                "団体からの申し出", try await office.reading.waitingProposals(in: office.year), "件",
                Route.proposals.path, "訂正の申し出"),
        ]
    }

    private func decisions() async throws -> [TodayLine] {
        var lines = [
            TodayLine(
                "決裁を待つ応募", try await office.reading.waitingForDecision(in: office.year), "件",
                Route.decisions.path, "任命する")
        ]
        if try await office.reading.awaitsRenewal(office.year) {
            lines.append(
                TodayLine(
                    turnOf: office.year, since: office.year.firstDay, Route.renewal.path, "年度更新"))
        }
        return lines
    }

    private func plans(_ member: OfficeMember<SeeingToday>) async throws -> [WaitingPlan]? {
        guard member.account.may(.appoint) else { return nil }
        return try await office.reading.plansToConfirm()
    }

    /// What the viewer asked for and somebody else did not want done, of the last days.
    private func declined(_ member: OfficeMember<SeeingToday>) async throws -> [DeclinedPlan] {
        guard member.account.may(.appoint) else { return [] }
        return try await office.reading.declinedPlans(
            askedBy: member.actor,
            since: office.now.adding(seconds: -Self.lateAfter * 24 * 60 * 60))
    }

    private func letters(_ account: AccountRecord) async throws -> [UndeliveredLetter]? {
        guard account.may(.keepNotes) else { return nil }
        return try await office.reading.undeliveredLetters(limit: Self.letterLimit)
    }
}

/// Something that waits.
struct TodayLine {
    let word: String
    let waiting: WaitingCount
    /// Nil of what is there or is not.
    let unit: String?
    let path: String
    let act: String
    let isLate: Bool

    init(
        _ word: String, _ waiting: WaitingCount, _ unit: String, _ path: String, _ act: String,
        isLate: Bool = false
    ) {
        self.word = word
        self.waiting = waiting
        self.unit = unit
        self.path = path
        self.act = act
        self.isLate = isLate
    }

    /// The turn of a year that has begun and was not carried out.
    init(turnOf year: FiscalYear, since day: Day, _ path: String, _ act: String) {
        word = "\(year.word)への更新"
        waiting = WaitingCount(count: 1, since: day)
        unit = nil
        self.path = path
        self.act = act
        isLate = true
    }

    var count: HTML {
        guard let unit else { return "まだです" }
        return "<a href=\"\(href(path))\">\(waiting.count.grouped)\(unit)</a>"
    }
}

/// What waits, what is late first.
struct TodayPage {
    let now: Instant
    let lines: [TodayLine]
    /// Nil for whoever has not the right.
    let plans: [WaitingPlan]?
    let declined: [DeclinedPlan]
    let letters: [UndeliveredLetter]?

    private var open: [TodayLine] {
        let waiting = lines.filter { $0.waiting.count > 0 }
        return waiting.filter(\.isLate) + waiting.filter { !$0.isLate }
    }

    private var isQuiet: Bool {
        open.isEmpty && declined.isEmpty && plans?.isEmpty ?? true && letters?.isEmpty ?? true
    }

    var html: HTML {
        """
        <section class="sec flow">
          <h1>今日</h1>
          <p class="muted">
            \(now.word)の数です。<a href="\(href(Route.today.path))">新しくする</a>
          </p>
          \(when(isQuiet, "<p>いま待っているものはありません。</p>"))
          \(when(!open.isEmpty, table))\(zeros)
        </section>
        \(refused)\(second)\(undelivered)
        """
    }

    private var table: HTML {
        let rows = open.map { line -> [HTML] in
            [
                "\(line.word)\(when(line.isLate, "<strong>（遅れています）</strong>"))", line.count,
                "\(line.waiting.since.map { since($0) } ?? "")",
                way(line),
            ]
        }
        return Table("待っているもの", ["なに", "数", "いちばん古い", "する"], rows).html
    }

    private func way(_ line: TodayLine) -> HTML {
        """
        <a href="\(href(line.path))">\(line.act)<span class="vh">（\(line.word)）</span></a>
        """
    }

    private func since(_ day: Day) -> String {
        let days = now.day.number - day.number
        return "\(day.word)（\(days == 0 ? "今日" : "\(days.grouped)日前")）"
    }

    /// What was looked for and is not there.
    private var zeros: HTML {
        let words = lines.filter { $0.waiting.count == 0 }.map(\.word)
        guard !words.isEmpty, !isQuiet else { return .none }
        return "<p class=\"muted\">いま0のもの：\(words.joined(separator: "、"))</p>"
    }

    private var second: HTML {
        guard let plans, !plans.isEmpty else { return .none }
        let rows = plans.map { waiting -> [HTML] in
            let link = href(Route.plan.with("number", waiting.plan.number))
            let heading = PlanWords(waiting.plan.act).heading
            return [
                "<a href=\"\(link)\">\(heading) \(waiting.plan.number)</a>",
                "\(waiting.asker.word)", "\(waiting.askedAt.word)",
            ]
        }
        return """
            <section class="sec flow" id="second">
              <h2>もう一人の確認を待つ下見：\(plans.count.grouped)件</h2>
              \(Table("もう一人の確認を待つ下見", ["下見", "頼んだ人", "頼んだ日時"], rows).html)
            </section>
            """
    }

    private var refused: HTML {
        guard !declined.isEmpty else { return .none }
        let rows = declined.map { declined -> [HTML] in
            let link = href(Route.plan.with("number", declined.plan.number))
            let heading = PlanWords(declined.plan.act).heading
            return [
                "<a href=\"\(link)\">\(heading) \(declined.plan.number)</a>",
                "\(declined.reason)", "\(declined.answerer.word)", "\(declined.answeredAt.word)",
            ]
        }
        return """
            <section class="sec flow" id="declined">
              <h2>あなたが頼み、実行しないという答えだった下見：\(declined.count.grouped)件</h2>
              \(Table("実行しないという答えだった下見", ["下見", "理由", "答えた人", "答えた日時"], rows).html)
            </section>
            """
    }

    private var undelivered: HTML {
        guard let letters, !letters.isEmpty else { return .none }
        let isMore = letters.count == Today.letterLimit
        let count = isMore ? "新しい\(letters.count.grouped)通" : "\(letters.count.grouped)通"
        let rows = letters.map { letter -> [HTML] in
            let link = href(Route.person.with("number", letter.receipt))
            return [
                "\(letter.kind.word)", "\(letter.writtenAt.word)",
                "<a href=\"\(link)\">この人の記録<span class=\"vh\">（\(letter.receipt)）</span></a>",
            ]
        }
        return """
            <section class="sec flow" id="letters">
              <h2>届かなかったメール：\(count)</h2>
              <p>記録を開いて、メールアドレスを確かめてください。記録の「手紙」から、もう一度送れます。</p>
              \(Table("届かなかったメール", ["なに", "書いた日時", "する"], rows).html)
            </section>
            """
    }
}
