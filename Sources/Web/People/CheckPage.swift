internal import Enrollment
internal import HTML
internal import Words

/// 確認: what will be sent, as it will be kept.
struct CheckPage {
    let application: Application
    let notices: [Problem]
    let rules: FiscalYearRules
    let mark: DraftMark
    /// Whether sending it puts aside a renewal that is under way.
    var displacesRenewal = false

    func html(csrf: String) -> HTML {
        """
        \(Part.back(to: .form))\(Part.progress(3))
        <section class="sec flow">
          <h1>内容を確かめて、応募を送る</h1>
          \(when(displacesRenewal, RenewalWarning.ofThis(rules.year)))\(told)
          <dl class="answers mend">\(each(pairs, row))</dl>
          \(Part.form(.applications, csrf: csrf, mark.hidden + Part.button("応募を送る")))
        </section>
        """
    }

    private var told: HTML {
        guard !notices.isEmpty else { return .none }
        let messages = Messages(rules, year: rules.year)
        let asks = notices.contains { $0.severity == .confirm }
        return Part.note(
            "info", "ご確認ください",
            """
            <ul>\(each(notices) { "<li>\(messages.sentence($0))</li>" })</ul>
            \(when(asks, "<p>このままでよいときは、そのまま送れます。</p>"))
            """
        )
    }

    /// An answer with the way back to its question.
    private func row(_ label: String, _ text: String, _ field: ApplicationField) -> HTML {
        """
        <div>
          <dt>\(label)</dt>
          <dd>\(text.isEmpty ? "入力なし" : HTML.lines(text))</dd>
          <dd>
            <a href="\(href(Route.form.path + "#" + field.key))">
              直す<span class="vh">（\(label)）</span>
            </a>
          </dd>
        </div>
        """
    }

    private var pairs: [(String, String, ApplicationField)] {
        let address = application.address
        let places = rules.gazetteer
        let prefecture = places.prefectures.first { $0.code == address.prefectureCode }?.name ?? ""
        let city = places.municipalities.first { $0.code == address.municipalityCode }?.name ?? ""
        let street = [
            prefecture + city + address.ward + address.street, application.texts[.building],
        ]
        .filter { !$0.isEmpty }.joined(separator: " ")
        let organization =
            application.organizationID.flatMap { rules.organization(id: $0) }?.name ?? ""
        let programme = rules.programmes.first { $0.id == application.programmeID }?.name ?? ""
        return [
            answer(.kind, application.kind.word),
            answer(.category, application.category.word),
            answer(.programme, programme), answer(.organization, organization),
        ]
            + TextQuestion.having(.ofWork).map { answer($0.field, application.texts[$0.field]) }
            + particulars(street)
            + application.viewings.map { answer(.viewedOn(slot: $0.slot), $0.viewedOn.word) }
            + choices
    }

    private func particulars(_ street: String) -> [(String, String, ApplicationField)] {
        let name = application.name
        return [
            ("氏名", name.full, .familyName), ("氏名（カナ）", name.fullKana, .familyNameKana),
            answer(.postalCode, PostalCodeWords.word(application.address.postalCode)),
            ("住所", street, .prefecture),
            answer(.email, application.email), answer(.phone, application.phone),
        ]
    }

    private func answer(
        _ field: ApplicationField, _ text: String
    ) -> (String, String, ApplicationField) { (field.label, text, field) }

    private var choices: [(String, String, ApplicationField)] {
        let chosen = application.choices
        return [
            answer(.badgeOptIn, chosen.wantsBadge ? "希望する" : "希望しない"),
            answer(.consentShare, chosen.allowsSharing ? "知らせてよい" : "知らせない"),
            answer(.consentPublic, chosen.allowsPublishing ? "表示してよい" : "表示しない"),
            answer(.newsOptIn, chosen.wantsNews ? "受け取る" : "受け取らない"),
            answer(.reuseOptIn, chosen.reuse.word),
        ]
    }
}
