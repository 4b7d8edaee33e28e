internal import Enrollment
internal import HTML
internal import Words

/// 確認: what will be sent, as it will be kept.
struct CheckPage {
    let application: Application
    let notices: [Problem]
    let rules: FiscalYearRules

    func html(csrf: String) -> HTML {
        """
        \(Part.back(to: .form))\(Part.progress(3))<section class="sec flow"><h1>内容を確かめて、応募を送る</h1>\(told)\(Part.answers(pairs))
        <div class="btns"><a class="btn" href="\(href(Route.form.path))">入力した内容を直す</a></div>
        \(Part.form(.applications, csrf: csrf, Part.button("応募を送る")))</section>
        """
    }

    private var told: HTML {
        guard !notices.isEmpty else { return .none }
        let messages = Messages(rules, year: rules.year)
        return Part.note(
            "info", "ご確認ください", "<ul>\(each(notices) { "<li>\(messages.sentence($0))</li>" })</ul>")
    }

    private var pairs: [(String, String)] {
        let (name, address) = (application.name, application.address)
        let places = rules.gazetteer
        let prefecture = places.prefectures.first { $0.code == address.prefectureCode }?.name ?? ""
        let city = places.municipalities.first { $0.code == address.municipalityCode }?.name ?? ""
        let body = rules.organizations.first { $0.id == application.organizationID }?.name ?? ""
        let programme = rules.programmes.first { $0.id == application.programmeID }?.name ?? ""
        return [
            (ApplicationField.kind.label, application.kind.word),
            (ApplicationField.category.label, application.category.word),
            (ApplicationField.programme.label, programme),
            (ApplicationField.organization.label, body),
            (ApplicationField.unit.label, application.unit),
            (ApplicationField.activityNote.label, application.activityNote),
            ("氏名", "\(name.family) \(name.given)"),
            ("氏名（カナ）", "\(name.familyKana) \(name.givenKana)"),
            (ApplicationField.postalCode.label, address.postalCode),
            ("住所", prefecture + city + address.ward + address.street + " " + address.building),
            (ApplicationField.email.label, application.email),
            (ApplicationField.phone.label, application.phone),
        ]
            + application.viewings.map {
                (ApplicationField.viewedOn(slot: $0.slot).label, $0.viewedOn.word)
            } + [
                (
                    ApplicationField.badgeOptIn.label,
                    application.choices.wantsBadge ? "希望する" : "希望しない"
                )
            ]
    }
}
