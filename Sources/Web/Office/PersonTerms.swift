internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// 任命と応募 of all years, with what can be done about each, and これまでの状態 of the appointments.
struct PersonTermsPart {
    let file: PersonFile
    let today: Day
    let rights: OfficeRights

    var html: HTML {
        """
        <section class="sec flow dense" id="term">
          <h2>任命と応募</h2>
          \(table)\(histories)
        </section>
        """
    }

    private var table: HTML {
        let rows = file.applications.map { record -> [HTML] in
            let appointment = file.appointments.first { $0.receipt == record.receipt }
            return [
                "\(record.year.word)", "\(record.kind.word)\(history(appointment))",
                "\(record.status(on: today).word)", "\(record.organizationName)",
                "\(record.route.word)", "\(record.receivedOn.word)",
                receipt(record),
                decision(appointment), badge(appointment), acts(record, appointment),
            ]
        }
        return Table(
            "任命と応募",
            ["年度", "応募区分", "状態", "団体", "経路", "受付日", "受付番号", "任命番号と決裁", "バッジ", "できること"],
            rows
        ).html
    }

    private func receipt(_ record: ApplicationRecord) -> HTML {
        let page = Route.review.with("receipt", record.receipt)
        return "<a href=\"\(href(page))\">\(record.receipt)</a>"
    }

    private func history(_ appointment: PersonAppointment?) -> String {
        appointment.map { "、\($0.history.word)" } ?? ""
    }

    private func decision(_ appointment: PersonAppointment?) -> HTML {
        guard let appointment else { return .none }
        return """
            \(appointment.number)<br>
            <small>\(appointment.decidedOn.word)、\(appointment.decisionNumber)</small>
            """
    }

    private func badge(_ appointment: PersonAppointment?) -> HTML {
        guard let appointment else { return .none }
        guard let badge = appointment.badge else { return "なし" }
        let isOver = appointment.term.map { $0.state(on: today) == .expired } ?? true
        let state = badge.revokedAt.map { "使えない（\($0.day.word)から）" } ?? (isOver ? "期限切れ" : "有効")
        return "<a href=\"\(href(RoutePattern.verify.path(badge.token)))\">\(state)</a>"
    }

    private func acts(_ record: ApplicationRecord, _ appointment: PersonAppointment?) -> HTML {
        let links = PersonActs(
            record: record, term: appointment?.term, today: today, rights: rights
        ).links
        guard !links.isEmpty else { return .none }
        return """
            <ul>\(each(links) { "<li><a href=\"\(href($0.path))\">\($0.word)</a></li>" })</ul>
            """
    }

    private var histories: HTML {
        guard !file.appointments.isEmpty else { return .none }
        let rows = file.appointments.reversed().flatMap { appointment in
            appointment.versions.enumerated().map { row($1, isFirst: $0 == 0, appointment.number) }
        }
        return """
            <h3>任命のこれまでの状態</h3>
            \(Table(
                "任命のこれまでの状態",
                ["任命番号", "状態", "任命の期間", "いつから、こう記録したか", "いつまで", "だれが", "理由"],
                rows).html)
            """
    }

    private func row(_ version: TermVersion, isFirst: Bool, _ number: String) -> [HTML] {
        let (term, reason) = (version.term, version.term.endReason)
        let state = reason.map { AppointmentState($0).word } ?? (isFirst ? "任命" : "任命にもどした")
        let days = term.holdsOnNoDay ? "なし" : "\(term.from.word) から \(term.lastDay.word)"
        return [
            "\(number)", "\(state)", "\(days)", "\(version.knownFrom.word)",
            "\(version.knownUntil.map { "\($0.word)に改めた" } ?? "いまも")", "\(version.actor.word)",
            HTML.lines(version.words),
        ]
    }
}

/// What the office can do about one application today, each on the page where it is done.
struct PersonActs {
    let record: ApplicationRecord
    let term: Term?
    let today: Day
    let rights: OfficeRights

    var links: [NextPage] {
        (rights.allow(.review) ? review : []) + (rights.allow(.appoint) ? ending : [])
            + certificate
    }

    private func onPage(_ word: String) -> NextPage {
        NextPage(Route.review.with("receipt", record.receipt), word)
    }

    private var review: [NextPage] {
        switch record.state {
        case .submitted, .reviewing: [onPage("審査する")]
        case .approved where record.route != .renewal: [onPage("審査にもどす")]
        case .rejected where record.route != .renewal: [onPage("審査にもどす")]
        default: []
        }
    }

    private var ending: [NextPage] {
        guard let term else { return [] }
        var links: [NextPage] = []
        if AppointmentEnding.days(of: term, on: today) != nil {
            links.append(
                NextPage(
                    Route.endAppointment.with("receipt", record.receipt),
                    "任命を終える（辞任・解任・死亡）"))
        }
        if AppointmentEnding.mayCancel(term) {
            links.append(
                NextPage(
                    Route.cancelAppointment.with("receipt", record.receipt), "任命を取り消す"))
        }
        if AppointmentEnding.mayBeTakenBack(term, on: today) { links.append(onPage("任命にもどす")) }
        return links
    }

    private var certificate: [NextPage] {
        guard let term, AppointmentCertificate.isGiven(for: term) else { return [] }
        return [
            NextPage(
                Route.officeCertificate.with("receipt", record.receipt), "任命状をひらく（PDF）")
        ]
    }
}
