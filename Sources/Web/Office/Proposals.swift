internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 団体からの申し出: what organizations' files say otherwise than the applications do, for whoever
/// looks after them.
struct Proposals: Room {
    let site: Site

    func show(_ member: CaseReader, _ request: Request) async throws -> Response {
        var filter = ProposalFilter(year: office.year)
        filter.organizationID = Int(try request.query.single("organization") ?? "")
        filter.after = Int(try request.query.single("after") ?? "") ?? 0
        let page = ProposalsPage(
            proposals: try await office.reading.openProposals(filter),
            bodies: try await office.reading.proposingBodies(in: office.year),
            corrections: try await office.openCorrections(limit: 200), filter: filter)
        try await office.witness(
            .openProposals, on: "proposals", by: member.actor,
            applications: (page.corrections.map(\.application) + page.proposals.map(\.application))
                .map(\.id))
        return try respond(
            to: member, StaffPage(title: "訂正の申し出", place: .proposals, main: page.html))
    }
}

/// Proposals that stand, the oldest first.
struct ProposalsPage {
    let proposals: [OpenProposal]
    let bodies: [ProposingBody]
    /// What people ask for themselves, the oldest first.
    let corrections: [OpenCorrection]
    let filter: ProposalFilter

    var html: HTML {
        """
        <section class="sec flow">
          <h1>訂正の申し出</h1>
          <h2>本人からの申し出</h2>
          <p>承認のあとに、本人が訂正を申し出たものです。名前を開いて、そのとおりに直すかどうかを決めてください。</p>
          \(own)
        </section>
        <section class="sec flow">
          <h2>団体からの申し出</h2>
          <p>団体の名簿に、応募と違う内容が書かれていたものです。応募の内容は変わっていません。団体が名簿を直して送ると、ここからなくなります。</p>
          <p>申し出：\(count.grouped)件</p>
          \(when(bodies.count > 1, choice))
        </section>
        <section class="sec flow">\(list)</section>
        """
    }

    private var own: HTML {
        guard !corrections.isEmpty else { return "<p>本人からの申し出は、いまありません。</p>" }
        let rows = corrections.map { open -> [HTML] in
            let link = href(Route.review.with("receipt", open.application.receipt))
            let fields = open.request.answers.answers.map(\.field)
                .sorted { $0.position < $1.position }.map(\.heading).joined(separator: "、")
            return [
                "<a href=\"\(link)\">\(open.application.name)</a>", "\(open.application.receipt)",
                "\(fields)", "\(open.request.askedAt.day.word)",
            ]
        }
        return Table("本人からの申し出", ["氏名", "受付番号", "訂正したいところ", "申し出の日"], rows).html
    }

    /// Of the organizations that are chosen.
    private var count: Int {
        bodies.filter { filter.organizationID == nil || $0.organizationID == filter.organizationID }
            .reduce(0) { $0 + $1.count }
    }

    private var choice: HTML {
        let field = Field(
            name: "organization", label: "団体", isRequired: false, hint: "選ばないと、すべての団体を示します。",
            value: filter.organizationID.map(String.init) ?? ""
        ).select(bodies.map { (String($0.organizationID), "\($0.name)（\($0.count.grouped)件）") })
        return """
            <form class="form" action="\(href(Route.proposals.path))" method="get">
              \(field)
              <div class="btns"><button class="btn" type="submit">しぼりこむ</button></div>
            </form>
            """
    }

    private var list: HTML {
        guard !proposals.isEmpty else { return empty }
        let rows = proposals.map { open -> [HTML] in
            let link = href(Route.review.with("receipt", open.application.receipt))
            return [
                "<a href=\"\(link)\">\(open.application.name)</a>", "\(open.application.receipt)",
                "\(open.proposal.organizationName)", "\(open.proposal.differing)",
                "\(open.proposal.knownFrom.day.word)",
            ]
        }
        let table = Table("団体からの申し出", ["氏名", "受付番号", "申し出た団体", "違うところ", "申し出の日"], rows)
        return table.html + more
    }

    private var empty: HTML {
        if filter.after > 0 { return "<p>これで全部です。</p>" + toFirst }
        if filter.organizationID == nil { return "<p>団体からの申し出は、いまありません。</p>" }
        return "<p>この団体からの申し出は、いまありません。</p>" + toFirst
    }

    private var toFirst: HTML {
        "<p><a href=\"\(href(Route.proposals.path))\">すべての申し出を見る</a></p>"
    }

    private var more: HTML {
        guard proposals.count == filter.limit, let last = proposals.last else { return .none }
        let body = filter.organizationID.map { "&organization=\($0)" } ?? ""
        let next = Route.proposals.with("after", "\(last.id)\(body)")
        return "<p><a href=\"\(href(next))\">次の\(filter.limit)件</a></p>"
    }
}

extension ProposalRecord {
    /// The answers that differ, by their headings in the order of the form.
    fileprivate var differing: String {
        answers.answers.filter { !$0.text.isEmpty }
            .sorted { $0.field.position < $1.field.position }
            .map(\.field.heading).joined(separator: "、")
    }
}
