internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// Counts of one basis: totals, growth, organizations, prefectures.
struct NumbersPage {
    let numbers: MinistryNumbers
    let entered: BasisForm

    private var year: FiscalYear { numbers.basis.year }

    var html: HTML {
        """
        \(Part.errorSummary(entered.problems))
        <section class="sec flow">
          <h1>集計</h1>
          <p>\(numbers.basis.asOf.word)の人数です。\(numbers.basis.knownWord)に記録されていたことで数えています。</p>
          \(otherDay)\(Self.jumps)\(notYet)\(kpis)\(adding)\(again)\(totals)
        </section>
        <section class="sec flow" id="growth">
          <h2>任命された人の累計</h2>
          <div class="charts">\(each(kinds) { chart($0).html })</div>
          \(monthTable)
        </section>
        <section class="sec flow" id="groups">
          <h2>団体グループべつの人数</h2>
          \(bars(numbers.groups, groupNames, "団体グループべつの現任者数"))
        </section>
        <section class="sec flow" id="bodies">
          <h2>団体べつの人数</h2>
          \(bars(numbers.organizations, organizationNames, "団体べつの現任者数"))
        </section>
        <section class="sec flow" id="prefectures"><h2>都道府県べつの人数</h2>\(prefectures)</section>
        """
    }

    private var otherDay: HTML {
        """
        <form class="form card soft screen basis" method="get" action="\(href(Route.numbers.path))">
          <h2>別の日の人数を見る</h2>
          \(entered.fields)\(Part.button("この日の人数を見る"))
        </form>
        """
    }

    private static let jumps: HTML = """
        <nav class="links" aria-label="この画面の中">
          <a href="#growth">累計</a><a href="#groups">団体グループべつ</a><a href="#bodies">団体べつ</a>
          <a href="#prefectures">都道府県べつ</a>
        </nav>
        """

    private var kinds: [Kind] {
        Kind.allCases.filter { $0 == .promoter || numbers.total(year, $0).everPersons > 0 }
    }

    /// On the first days of a year nobody is appointed yet: why, and how many are about to be.
    private var notYet: HTML {
        let counts = Kind.allCases.compactMap { kind in
            numbers.renewing[kind].map { "\(kind.word) \($0.grouped)人" }
        }
        guard !counts.isEmpty else { return .none }
        return Part.note(
            "info", "更新の手続中の人は、まだ数えていません",
            """
            <p>
              \(year.previous.word)に任命されていて、\(year.word)への更新の手続中の人：\(counts.joined(separator: "、"))
            </p>
            <p>更新を行うと、\(year.firstDay.word)からの現任者として数えます。</p>
            """
        )
    }

    private var kpis: HTML {
        """
        <dl class="kpis">
          \(each(Kind.allCases) { kpi($0, numbers.total(year, $0)) })
        </dl>
        <p class="muted">現任者数には、辞任・解任・区分変更・死亡で任命が終わった人を、終わった日から数えません。</p>
        """
    }

    private func kpi(_ kind: Kind, _ tally: Tally) -> HTML {
        """
        <div class="kpi">
          <dt>\(kind.word)（現任者数）</dt>
          <dd>
            <b>\(tally.active.grouped)</b>人<small>通算実人数 \(tally.everPersons.grouped)人</small>
          </dd>
        </div>
        """
    }

    /// 件数照合.
    private var adding: HTML {
        let found = numbers.differences
        return found.isEmpty
            ? "<p class=\"muted\">団体べつ、都道府県べつの合計は、全体の人数と一致しています。</p>"
            : Part.note("bad", "合計が一致しません", "<p>\(found.joined(separator: "、"))</p>")
    }

    /// Where the same numbers are found again.
    private var again: HTML {
        """
        <p class="muted">
          記録の時点：
          <a href="\(href(Self.address(of: numbers.basis)))">
            <code>\(numbers.basis.knownCode)</code>
          </a>
          　この数字を報告するときは、いっしょに控えてください。いつでも同じ数字を出せます。
        </p>
        """
    }

    static func address(of basis: TallyBasis) -> String {
        Route.numbers.with("as_of", "\(basis.asOf)&known_on=\(basis.knownCode)")
    }

    private var totals: HTML {
        let rows = numbers.years.reversed().flatMap { year in Kind.allCases.map { (year, $0) } }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="年度べつの人数">
              <table class="tight">
                <caption>年度べつの人数（過去の年度は3月31日の人数）</caption>
                <thead>
                  <tr>
                    <th scope="col">年度</th><th scope="col">応募区分</th>
                    \(each(Self.measures) { Self.heading($0.name) })
                  </tr>
                </thead>
                <tbody>
                  \(each(rows) { year, kind in
                      let total = numbers.total(year, kind)
                      let values = Self.measures.map { total[keyPath: $0.value] }
                      return Self.row(year.word, kind, values)
                  })
                </tbody>
              </table>
            </div>
            """
    }

    private static var measures: [(name: String, value: KeyPath<Tally, Int> & Sendable)] {
        Tally.additive + [("通算実人数", \.everPersons), ("通算延べ数", \.everAppointments)]
    }

    private static func row(_ name: String, _ kind: Kind, _ numbers: [Int]) -> HTML {
        """
        <tr>
          <th scope="row">\(name)</th><td>\(kind.word)</td>
          \(each(numbers) { "<td class=\"num\">\($0.grouped)</td>" })
        </tr>
        """
    }

    /// A heading of numbers, which breaks only behind the word that others begin with too.
    private static func heading(_ name: String) -> HTML {
        let first = ["当年度", "通算", "月末", "うち"].first { name.hasPrefix($0) } ?? ""
        return """
            <th scope="col" class="num">\(first)<wbr>\(name.dropFirst(first.count))</th>
            """
    }

    private func chart(_ kind: Kind) -> CumulativeChart {
        let points = numbers.months.filter { $0.kind == kind }.map {
            CumulativeChart.Point(month: $0.month, value: $0.everPersons)
        }
        return CumulativeChart(
            id: "chart-\(kind.rawValue)", title: "\(kind.word)の通算実人数", unit: "人", points: points,
            isSmall: kind == .caller)
    }

    private var monthTable: HTML {
        let rows = numbers.months.filter { kinds.contains($0.kind) }
        return """
            <details>
              <summary>数字の表で見る</summary>
              <div class="scroll" tabindex="0" role="region" aria-label="月べつの人数">
                <table class="tight">
                  <caption>月べつの人数</caption>
                  <thead>
                    <tr>
                      <th scope="col">月</th><th scope="col">応募区分</th>
                      \(each(["応募数", "任命数", "終了数", "月末現任者数", "月末通算実人数"], Self.heading))
                    </tr>
                  </thead>
                  <tbody>
                    \(each(rows) { month in
                        Self.row(
                            MonthWords.full(month.month), month.kind,
                            [
                                month.applied, month.appointed, month.ended, month.active,
                                month.everPersons,
                            ])
                    })
                  </tbody>
                </table>
              </div>
            </details>
            """
    }

    private var groupNames: [(code: String, name: String)] {
        numbers.groupNames + [(individualsCode, TallyWords.individuals)]
    }

    private var organizationNames: [(code: String, name: String)] {
        (numbers.countedOrganizations[year] ?? []).map { ($0.code, $0.name) }
            + [(individualsCode, TallyWords.individuals)]
    }

    /// Both kinds together.
    private func active(_ tallies: [TallyKey: Tally], _ code: String) -> Int {
        Kind.allCases.reduce(0) { $0 + (tallies[TallyKey(year, code, $1)]?.active ?? 0) }
    }

    /// The largest first; nobody is left out who is counted.
    private func bars(
        _ tallies: [TallyKey: Tally], _ names: [(code: String, name: String)], _ caption: String
    ) -> HTML {
        let bars = names.map { BarTable.Bar(name: $0.name, value: active(tallies, $0.code)) }
            .filter { $0.value > 0 }.sorted { $0.value > $1.value }
        return bars.isEmpty
            ? "<p>まだ、だれもいません。</p>" : BarTable(caption: caption, unit: "人", bars: bars).html
    }

    /// Every prefecture by its code, also where there is nobody: who looks for one knows its place.
    private var prefectures: HTML {
        let unknown = active(numbers.prefectures, TallyWords.unknownPlace.code)
        let names = numbers.prefectureNames + (unknown > 0 ? [TallyWords.unknownPlace] : [])
        let bars = names.map {
            BarTable.Bar(
                name: $0.name, value: active(numbers.prefectures, $0.code), id: Self.id($0.code))
        }
        let jumps = each(PrefectureRegion.all) {
            "<a href=\"\(href("#" + Self.id($0.first)))\">\($0.name)</a>"
        }
        return """
            <nav class="links" aria-label="地方へ">\(jumps)</nav>
            \(BarTable(caption: "都道府県べつの現任者数（コード順）", unit: "人", bars: bars).html)
            """
    }

    private static func id(_ code: String) -> String { "prefecture-\(code)" }
}
