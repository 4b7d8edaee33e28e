internal import HTML
internal import Store
internal import Words

/// What a plan says otherwise than the one whose place it took: how many, and who.
struct PlanChange {
    let plan: PlanRecord
    let differences: PlanDifferences
    let lines: [PlanLineRecord]

    var html: HTML {
        """
        <section class="sec flow" id="changed">
          <h2>前の下見と違うところ</h2>
          \(Part.answers(counts))\(table)
        </section>
        """
    }

    private var counts: [(String, String)] {
        [
            ("新しく入った人", "\(differences.came.grouped)人"),
            ("外れた人", "\(differences.left.grouped)人"),
            ("内容が変わった人", "\(differences.changed.grouped)人"),
        ]
    }

    private var table: HTML {
        guard !lines.isEmpty else { return .none }
        let rows = lines.map { line -> [HTML] in
            let link = href(Route.review.with("receipt", line.receipt))
            return [
                "\(line.name)", "<a href=\"\(link)\">\(line.receipt)</a>",
                "\((line.earlier ?? .notNamed).word)", "\(line.outcome.word)",
                "\(line.reason?.sentence ?? "")",
            ]
        }
        return Table("前の下見と違う人", ["氏名", "受付番号", "前の下見", "この下見", "備考"], rows).html + more
    }

    private var more: HTML {
        guard lines.count == 50, let last = lines.last else { return .none }
        let next = Route.plan.with("number", "\(plan.number)&changed=\(last.position)#changed")
        return "<p><a href=\"\(href(next))\">違うところの次の50人</a></p>"
    }
}
