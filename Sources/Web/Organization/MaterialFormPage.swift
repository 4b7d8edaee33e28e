internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// What one place is to get, and where to: to be asked for, or to be put right.
struct MaterialFormPage {
    let draft: MaterialDraft
    /// Of the form: pressed twice, it asks once.
    let key: String
    var file: String?
    /// What is known of the place that is asked for.
    var need: MaterialNeed?
    /// What waits already of the place that is asked for, or of all where none is chosen yet.
    var waiting: [MaterialRecord] = []
    /// Nil while it is not asked for yet.
    var record: MaterialRecord?
    var done: MaterialDone?
    var problems: [MaterialProblem] = []
    /// Whether something else is known now than the form was filled with.
    var isOvertaken = false
    /// Those that may be asked for.
    var places: [BusinessPlace] = []
    var isWhole = true
    var prefectures: [String] = []
    var messages = Messages(nil, year: FiscalYear(startYear: 0))

    var heading: String { record.map { "資材の依頼 \($0.number)" } ?? "資材を頼む" }

    private var mayCorrect: Bool {
        record.map { MaterialAct.correct.state(after: $0.state) != nil } ?? true
    }

    private var stopping: [(field: String, text: String)] {
        problems.filter(\.stops).map { ($0.field.rawValue, sentence($0)) }
    }

    private func sentence(_ problem: MaterialProblem) -> String {
        MaterialWords.sentence(problem, messages)
    }

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(Route.materials, Materials.title)], heading))
        \(Part.errorSummary(stopping))
        <section class="sec flow">
          <h1>\(heading)</h1>
          \(done.map { Part.done($0.sentence) })\(when(isOvertaken, Self.overtaken))
          \(record.map(told))\(noticed)\(when(record == nil, hint + waits))
          \(when(mayCorrect, form(csrf)))
        </section>
        \(record.map { acts($0, csrf) })
        """
    }

    private static let overtaken = Part.note(
        "warn", "この画面を開いたあとに、この依頼は変わりました",
        "<p>まだ何も直していません。いまの状態は次のとおりです。下には、入力したものが残っています。</p>")

    private func told(_ record: MaterialRecord) -> HTML {
        let came: HTML = when(
            record.state == .returned,
            Part.note(
                "warn", "宛先に届かず、戻ってきました",
                "<p>送付先を確かめてください。直して保存すると、事務局がもう一度送ります。</p>"))
        return came
            + Part.answers([
                ("状態", record.progress), ("どこの資材か", record.whose),
                ("数", MaterialWords.told(record.order.counts)), ("送付先", record.destination),
                ("電話番号", record.order.address.phone), ("頼んだ日", record.askedOn.word),
                ("頼んだ人", record.asker.word), ("名簿", record.fileNumber ?? "なし"),
            ])
    }

    /// What does not stop.
    private var noticed: HTML {
        let told = problems.filter { !$0.stops }
        guard !told.isEmpty else { return .none }
        return Part.note(
            "info", "送付先について",
            "<ul>\(each(told) { "<li>\(sentence($0))</li>" })</ul>")
    }

    private var hint: HTML {
        guard let need else { return .none }
        let isFilled = need.last != nil
        return """
            <p>
              \(need.called)：いまの人数は\(need.people.grouped)人です。
              前に頼んだ数は、\(MaterialWords.told(need.asked))です。
              足りないと思われる数\(when(isFilled, "と、前の送付先"))を入れてあります。
            </p>
            """
    }

    private var waits: HTML {
        guard !waiting.isEmpty else { return .none }
        let lines = Dictionary(grouping: waiting, by: \.whose).map { $1.told(of: $0) }.sorted()
        return Part.note(
            "warn", "依頼中のものがあります",
            """
            <p>ここで頼むと、依頼中のものとは別に、もう一度送られます。</p>
            <ul>\(each(lines.prefix(20)) { "<li>\($0)</li>" })</ul>
            \(when(lines.count > 20, "<p>ほかに\((lines.count - 20).grouped)か所あります。</p>"))
            """)
    }

    private func form(_ csrf: String) -> HTML {
        let isNew = record == nil
        let hidden: [(String, String)] =
            record.map { [("number", "\($0.number)"), ("version", "\($0.version)")] }
            ?? [("key", key), (Materials.fileField, file ?? "")]
        return when(!isNew, "<h2>数と送付先を直す</h2>")
            + Part.form(
                isNew ? .askMaterials : .material, csrf: csrf,
                AskingPage.unseen(hidden) + when(isNew, place) + counts + address
                    + Part.button(isNew ? "この内容で頼む" : "直して保存する"))
    }

    private var place: HTML {
        guard !places.isEmpty else { return .none }
        let names = places.namesFromTop
        let choices = places.map {
            ($0.path.description, names[$0.path]?.joined(separator: "／") ?? $0.name)
        }
        let field = field(.place, label: MaterialField.place.heading, isRequired: !isWhole)
        return field.select(
            choices, empty: isWhole ? MaterialWords.wholeOrganization : "選んでください")
    }

    private var counts: HTML {
        HTML.joined(
            MaterialKind.allCases.map { kind in
                var field = field(MaterialField(of: kind), label: kind.heading, isRequired: false)
                (field.inputMode, field.isShort) = ("numeric", true)
                return field.textInput
            })
    }

    private var address: HTML {
        var postalCode = field(.postalCode, label: "郵便番号", hint: "例：102-0094")
        (postalCode.inputMode, postalCode.isShort) = ("numeric", true)
        return HTML.joined([
            postalCode.textInput,
            field(.prefecture, label: "都道府県").select(prefectures.map { ($0, $0) }),
            field(.city, label: "市区町村").textInput,
            field(.street, label: "町名・番地", hint: "例：紀尾井町1-3").textInput,
            field(.building, label: "建物名等", isRequired: false).textInput,
            field(.addressee, label: "宛名・部署", hint: "例：見本病院 東病院 総務課").textInput,
            field(.phone, label: "電話番号", hint: "配送業者が使います。", isRequired: false)
                .input("tel"),
        ])
    }

    private func field(
        _ field: MaterialField, label: String, hint: String = "", isRequired: Bool = true
    ) -> Field {
        Field(
            name: field.rawValue, label: label, isRequired: isRequired, hint: hint,
            value: draft[field],
            problems: problems.filter { $0.field == field && $0.stops }.map(sentence))
    }

    private func acts(_ record: MaterialRecord, _ csrf: String) -> HTML {
        let act: (MaterialAct, String, String)? =
            if record.state == .withdrawn {
                (.resume, "取りやめた依頼を、また頼む", "また頼む")
            } else if mayCorrect {
                (.withdraw, "この依頼を取りやめる", "取りやめる")
            } else { nil }
        guard let (act, heading, button) = act else { return .none }
        let hidden = [
            ("number", "\(record.number)"), ("version", "\(record.version)"),
            ("act", act.rawValue),
        ]
        return """
            <section class="sec flow"><h2>\(heading)</h2>
            \(Part.form(
                .changeMaterials, csrf: csrf, AskingPage.unseen(hidden) + Part.plainButton(button)))
            </section>
            """
    }
}
