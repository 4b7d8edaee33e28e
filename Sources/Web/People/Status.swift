internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Secrets
internal import Store
internal import Words

private let askedCookie = "asked"
private let sessionCookie = Visitor.sessionCookie

extension Site {
    /// 状態照会: receipt number and address, then a code. A receipt number alone shows nothing.
    func showStatus(_ request: Request) async throws -> Response {
        try statusPage(Visitor(request, self), receipt: "", email: "", problems: [])
    }

    private func statusPage(
        _ visitor: Visitor, receipt: String, email: String,
        problems: [(field: String, text: String)], status: Status = .unprocessable
    ) throws -> Response {
        func told(_ name: String) -> [String] { problems.filter { $0.field == name }.map(\.text) }
        let fields = HTML.joined([
            Field(
                name: "receipt", label: "受付番号", hint: "例：26-AB2C-D3EF-G。小文字でもかまいません。",
                value: receipt, problems: told("receipt")
            ).textInput,
            Field(
                name: "email", label: "メールアドレス", hint: "応募したときのアドレス", value: email,
                problems: told("email"), autocomplete: "email", inputMode: "email"
            ).textInput,
        ])
        let main: HTML = """
            \(Part.back(to: .start))\(Part.errorSummary(problems))<section class="sec flow"><h1>応募の状況を見る</h1><p>ご本人だけが見られるように、メールで番号をお送りします。</p>\(Part.form(.status, csrf: visitor.csrf, fields + Part.button("番号をメールで受け取る")))</section>
            """
        return try visitor.take(
            Page(title: "応募の状況を見る", isError: !problems.isEmpty, main: main)
                .response(self, status: problems.isEmpty ? .ok : status))
    }

    func askForStatus(_ request: Request, _ form: Form) async throws -> Response {
        var visitor = Visitor(request, self)
        let receipt = try form.single("receipt") ?? ""
        let email = try form.single("email") ?? ""
        let empty = [
            ("receipt", receipt, "受付番号を入力してください。"), ("email", email, "メールアドレスを入力してください。"),
        ].filter { $0.1.allSatisfy(\.isWhitespace) }
        guard empty.isEmpty else {
            return try statusPage(
                visitor, receipt: receipt, email: email,
                problems: empty.map { (field: $0.0, text: $0.2) })
        }
        do {
            visitor.give(askedCookie, try await token(receipt, email, request).text)
            return try visitor.seeOther(.statusCode)
        } catch Refusal.tooMany(_, let seconds) {
            let text = "番号のメールが続けて求められたため、いまは送れません。\(Self.minutes(seconds))分ほど待ってから、もう一度押してください。"
            return try statusPage(
                visitor, receipt: receipt, email: email,
                problems: [(field: "receipt", text: text)], status: .tooManyRequests
            ).with(.retryAfter, HeaderValue(seconds))
        }
    }

    /// The token of the page that asks. Where no more codes are sent for the same words for a
    /// while, the last one goes on; the answer is that for anybody, so that nobody learns which
    /// number has which address.
    private func token(
        _ receipt: String, _ email: String, _ request: Request
    ) async throws -> Token {
        do {
            return try await office.askForStatus(
                receipt: receipt, email: email, from: request.client)
        } catch Refusal.tooMany(.statusAsk, _) {
            await note(.slowedDown, request, on: Self.page(request))
            return Visitor(request, self)[askedCookie] ?? Token(office.random)
        }
    }

    func showStatusCode(_ request: Request) async throws -> Response {
        let visitor = Visitor(request, self)
        guard visitor[askedCookie] != nil else { return try visitor.seeOther(.status) }
        return try statusCodePage(visitor, problem: nil)
    }

    func openStatus(_ request: Request, _ form: Form) async throws -> Response {
        var visitor = Visitor(request, self)
        guard let asked = visitor[askedCookie] else { return try visitor.seeOther(.status) }
        guard let code = CodeEntry.code(try form.single("code") ?? "") else {
            return try statusCodePage(visitor, problem: CodeEntry.notSixDigits)
        }
        do {
            let token = try await office.openStatus(
                code: code, asked: asked, from: request.client, in: visitor.browser)
            visitor.give(sessionCookie, token.text)
            visitor.take(askedCookie)
            return try visitor.seeOther(.mine)
        } catch Refusal.conflict {
            // A second press: where the first one led, with what that one was given.
            return try visitor.seeOther(.mine)
        } catch Refusal.tooMany(_, let seconds) {
            return try statusCodePage(
                visitor, problem: CodeEntry.tooMany(Self.minutes(seconds)),
                status: .tooManyRequests
            ).with(.retryAfter, HeaderValue(seconds))
        } catch Refusal.wrong(let left) {
            await note(.codeFailed, request, on: Self.page(request))
            let text = CodeEntry.problem(
                left, anew: "この画面の下の「受付番号とアドレスを入力し直す」を選んで、新しい番号を受け取ってください。",
                older: "何度か送ったときは、いちばん新しいメールの番号を入力してください。")
            return try statusCodePage(visitor, problem: text)
        }
    }

    func showMine(_ request: Request) async throws -> Response {
        let saved = try request.query.single(Saved.field).flatMap { Saved(rawValue: $0) }
        return try await minePage(Visitor(request, self), problem: nil, saved: saved)
    }

    func minePage(
        _ visitor: Visitor, problem: String?, told: NextYearForm = NextYearForm(),
        saved: Saved? = nil
    ) async throws -> Response {
        guard let token = visitor[sessionCookie],
            let id = try await office.applicant(of: token),
            let record = try await office.reading.application(id: id)
        else { return try visitor.seeOther(.status) }
        let viewings = try await office.reading.viewings(of: id)
        let appointment = try await office.reading.appointment(ofApplication: id)
        let badge = try await office.reading.badgeToken(ofApplication: id)
        let states = try await office.reading.states(of: id)
        let rejection = states.last { $0.state == record.state && $0.state == .rejected }
        let outlook = try await office.renewalOutlook(ofApplication: id)
        let lapsed = try await office.lapsedRenewal(of: record, appointment)
        let rules = try await office.rules(of: office.year)
        let again = AgainPart(
            record: record, rejection: rejection, lapsed: lapsed,
            goesOn: outlook?.stateWord != nil || outlook?.outcome == .alreadyApplied,
            day: office.today, rules: rules
        ).html(notOpen: notOpen(rules, office.year))
        let problems = (problem.map { [("sure", $0)] } ?? []) + told.summary
        let done = saved.flatMap { $0.isTrue(of: record, outlook) ? $0 : nil }
        let page = Page(
            title: "あなたの応募", isError: !problems.isEmpty, reader: .applicant(name: record.name),
            onPaper: NextPage(Route.status.path, "応募の状況を見る画面"),
            main: Part.errorSummary(problems) + (done.map { Part.done($0.sentence) } ?? .none)
                + minePage(record, appointment, outlook, viewings, again, csrf: visitor.csrf)
                + (outlook.map { NextYearPart(outlook: $0, form: told).html(csrf: visitor.csrf) }
                    ?? .none)
                + appointedPart(appointment, badge, problem, csrf: visitor.csrf))
        return try visitor.take(
            page.response(self, status: problems.isEmpty ? .ok : .unprocessable))
    }

    func signOut(_ request: Request, _ form: Form) async throws -> Response {
        var visitor = Visitor(request, self)
        if let token = visitor[sessionCookie] { try await office.signOut(token) }
        visitor.take(sessionCookie)
        visitor.take(Visitor.searchCookie)
        return try visitor.seeOther(.start)
    }

    private func statusCodePage(
        _ visitor: Visitor, problem: String?, status: Status = .unprocessable
    ) throws -> Response {
        let limit = office.settings.limits[.statusAsk]
        let again: HTML = """
            <p><a href="\(href(Route.status.path))">受付番号とアドレスを入力し直す</a>と、新しい番号を送ります。番号のメールは、\(limit.seconds / 60)分に\(limit.ceiling)通までです。それより多いときは、最後に届いた番号を入力してください。</p>
            """
        let page = CodePage(
            lead: "受付番号とアドレスが合っていれば、6けたの番号を送りました。", action: .statusCode,
            above: Part.back(to: .status), problem: problem, below: again)
        return try visitor.take(
            Page(
                title: CodePage.heading, isError: problem != nil,
                main: page.html(csrf: visitor.csrf)
            ).response(self, status: problem == nil ? .ok : status))
    }

    /// やめる: acts only on a POST, with the days it means.
    func resign(_ request: Request, _ form: Form) async throws -> Response {
        let visitor = Visitor(request, self)
        guard let token = visitor[sessionCookie], let id = try await office.applicant(of: token)
        else { return try visitor.seeOther(.status) }
        guard try form.single("sure") == "yes" else {
            return try await minePage(visitor, problem: "やめるときは、「今日で、やめる」に印をつけてください。")
        }
        try await onceOnly(
            {
                try await office.resign(application: id, by: .applicant)
            },
            isDone: {
                try await office.reading.appointment(ofApplication: id)?.endReason == .resigned
            }, shownOn: Route.mine.path)
        return try visitor.seeOther(.mine, Saved.field, Saved.resigned.rawValue)
    }

    private func appointedPart(
        _ appointment: AppointmentRecord?, _ badge: String?, _ problem: String?, csrf: String
    ) -> HTML {
        guard let appointment, appointment.endReason == nil,
            appointment.state(on: office.today) == .active
        else { return .none }
        let sure = Field(name: "sure", label: "", problems: problem.map { [$0] } ?? []).checkbox(
            "今日（\(office.today.word)）で、やめる")
        let link = badge.map { token -> HTML in
            "<p><a href=\"\(href("/verify/" + token))\">任命の証明とバッジを見る</a></p>"
        }
        return """
            <section class="sec flow screen"><h2>バッジ</h2>\(link ?? "<p>オープンバッジは希望していません。</p>")</section>
            <section class="sec flow screen"><h2>やめるとき</h2>\(when(badge != nil, "<p>やめると、オープンバッジは使えなくなります。</p>"))\(Part.form(.resign, csrf: csrf, sure + "<div class=\"btns\"><button class=\"btn\" type=\"submit\">やめる</button></div>"))</section>
            """
    }

    /// What happens now, in a sentence.
    private func next(
        _ record: ApplicationRecord, _ appointment: AppointmentRecord?, _ outlook: RenewalOutlook?
    ) -> String {
        if let sentence = outlook?.sentence { return sentence }
        if let appointment { return appointment.sentence(on: office.today) }
        switch record.state {
        case .submitted, .reviewing: return "受け付けました。事務局が内容を確認しています。結果はメールでお知らせします。"
        case .approved: return "確認が終わりました。任命の手続を待っています。決まりましたらメールでお知らせします。"
        case .rejected: return "今回は任命になりませんでした。"
        default: return "いまの状態は、次のとおりです。"
        }
    }

    private func minePage(
        _ record: ApplicationRecord, _ appointment: AppointmentRecord?, _ outlook: RenewalOutlook?,
        _ viewings: [ViewingRecord], _ again: HTML, csrf: String
    ) -> HTML {
        let seen = viewings.map { $0.answer(in: record.year) }
        let term = appointment.map {
            [
                ("任命番号", $0.number),
                ("任命の期間", "\($0.from.word)から\($0.until.word)まで"),
            ]
        }
        // An appointment is what became of the application: its state is the one that holds.
        let state =
            outlook?.stateWord ?? appointment?.state(on: office.today).word ?? record.state.word
        let pairs =
            [("いまの状態", state)] + (term ?? []) + [
                ("受付番号", record.receipt),
                ("受付日", record.receivedOn.word), ("年度", record.year.word),
                ("応募区分", record.kind.word), ("募集対象の区分", record.category.word),
                ("所属団体", record.organizationName), ("氏名", record.name),
                ("氏名（カナ）", record.kana), ("郵便番号", PostalCodeWords.word(record.postalCode)),
                ("住所", record.address), ("メールアドレス", record.email), ("電話番号", record.phone),
            ] + seen
        return """
            <section class="sec flow"><h1>あなたの応募</h1><p>\(next(record, appointment, outlook))</p>\(again)\(Part.answers(pairs))\(Part.form(.signOut, csrf: csrf, "<div class=\"btns\"><button class=\"btn\" type=\"submit\">終わる</button></div>"))</section>
            """
    }
}

/// What was done on the own page just now, said at its top.
enum Saved: String {
    static let field = "saved"

    case viewings, renewal, resigned

    /// Whether it is so of the application: an address that somebody was sent says nothing that was
    /// not done.
    func isTrue(of record: ApplicationRecord, _ outlook: RenewalOutlook?) -> Bool {
        switch self {
        case .viewings: outlook.map { !$0.told.isEmpty } ?? false
        case .renewal: outlook.map { $0.reuse != .notAsked } ?? false
        case .resigned: record.term?.endReason == .resigned
        }
    }

    var sentence: String {
        switch self {
        case .viewings: "見た日を登録しました。"
        case .renewal: "次の年度の更新についての答えを登録しました。"
        case .resigned: "辞任の申し出を受け付けました。"
        }
    }
}

extension AppointmentRecord {
    /// What an appointment means on a day, to whom it is given.
    fileprivate func sentence(on day: Day) -> String {
        switch state(on: day) {
        case .scheduled: "\(from.word)から任命されます。"
        case .active: "任命されています。期間は\(until.word)までです。"
        case .resigned: "辞任の申し出を受け付けました。任命の最後の日は\(until.word)です。これまでのご協力に感謝します。"
        case .revoked: "任命は\(until.word)で終わりました。くわしくは事務局にお問い合わせください。"
        case .superseded: "別の区分で任命されたため、この任命は\(until.word)で終わりました。"
        case .expired: "任命の期間は\(until.word)で終わりました。"
        }
    }
}
