internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// What an application is now, and what it said, to whoever sent it.
struct OwnPart {
    let facts: OwnFacts
    /// もう一度、応募する.
    let again: HTML
    let today: Day
    /// Whether the page begins with something else: what is to be answered anew, or the badge.
    var isBelow = false

    private var record: ApplicationRecord { facts.record }
    private var appointment: AppointmentRecord? { facts.appointment }
    private var outlook: RenewalOutlook? { facts.outlook }

    func html(csrf: String) -> HTML {
        """
        <section class="sec flow">
          \(heading)
          <p>\(next)</p>
          \(again)\(Part.trail(facts.trail(on: today)))
        </section>
        <section class="sec flow">
          <h2>応募した内容</h2>
          \(Part.answers(pairs))
          \(Part.form(.signOut, csrf: csrf, Part.plainButton("終わる")))
        </section>
        """
    }

    private var heading: HTML {
        isBelow ? "<h2>いまの状態</h2>" : "<h1>あなたの応募</h1>"
    }

    /// What happens now, in a sentence.
    private var next: String {
        if let sentence = outlook?.sentence { return sentence }
        if let appointment { return appointment.term.sentence(on: today) }
        switch record.state {
        case .submitted, .reviewing: return "受け付けました。事務局が内容を確認しています。結果はメールでお知らせします。"
        case .correcting: return "直していただきたいところがあります。直して送ると、確認のつづきが始まります。"
        case .expired where facts.amendments.first?.state == .expired:
            return "直していただきたいところが期限までに届かなかったため、期限切れになりました。行きちがいのときは、お電話でお知らせください。"
        case .approved: return "確認が終わりました。任命の手続を待っています。決まりましたらメールでお知らせします。"
        case .rejected: return "今回は任命になりませんでした。"
        case .withdrawn where facts.states.last?.isUndoneFile == true:
            return "所属団体が名簿の送信を取り消したため、この応募はなくなりました。くわしくは、所属団体にお問い合わせください。"
        case .withdrawn: return "応募を取り下げました。審査と任命の手続は行いません。"
        default: return "いまの状態は、次のとおりです。"
        }
    }

    private var pairs: [(String, String)] {
        let seen = facts.viewings.map { $0.answer(in: record.year) }
        let term = appointment.map {
            $0.term.holdsOnNoDay
                ? [("任命番号", $0.number)]
                : [
                    ("任命番号", $0.number),
                    ("任命の期間", "\($0.term.from.word)から\($0.term.lastDay.word)まで"),
                ]
        }
        // An appointment is what became of the application: its state is the one that holds.
        let state =
            outlook?.stateWord ?? appointment?.term.state(on: today).word ?? record.state.word
        return [("いまの状態", state)] + (term ?? [])
            + [
                ("受付番号", record.receipt),
                ("受付日", record.receivedOn.word), ("年度", record.year.word),
                ("応募区分", record.kind.word), ("募集対象の区分", record.category.word),
                (ApplicationField.programme.label, record.programmeName),
                ("所属団体", record.organizationName),
            ] + TextQuestion.having(.ofWork).map { ($0.field.label, record.texts[$0.field]) } + [
                ("氏名", record.name),
                ("氏名（カナ）", record.kana), ("郵便番号", PostalCodeWords.word(record.postalCode)),
                ("住所", record.address), ("メールアドレス", record.email), ("電話番号", record.texts[.phone]),
            ] + seen + choices
    }

    private var choices: [(String, String)] {
        let said: [(ApplicationField, Bool)] = [
            (.badgeOptIn, record.wantsBadge), (.consentShare, record.allowsSharing),
            (.consentPublic, record.allowsPublishing), (.newsOptIn, record.wantsNews),
        ]
        return said.map { ($0.0.label, $0.0.word(isYes: $0.1)) }
            + [(ApplicationField.reuseOptIn.label, record.reuse.word)]
    }
}

extension Term {
    /// What an appointment means on a day, to whom it is given.
    fileprivate func sentence(on day: Day) -> String {
        switch state(on: day) {
        case .scheduled: "\(from.word)から任命されます。"
        case .active: "任命されています。期間は\(lastDay.word)までです。"
        case .resigned: "辞任の申し出を受け付けました。任命の最後の日は\(lastDay.word)です。これまでのご協力に感謝します。"
        case .revoked: "任命は\(lastDay.word)で終わりました。くわしくは事務局にお問い合わせください。"
        case .deceased: "任命は\(lastDay.word)で終わりました。"
        case .cancelled: "任命は、はじめから誤りだったため、取り消されました。くわしくは事務局にお問い合わせください。"
        case .merged: "もう1つの任命と重なっていたため、この任命はその任命にまとめました。"
        case .superseded: "別の区分で任命されたため、この任命は\(lastDay.word)で終わりました。"
        case .expired: "任命の期間は\(lastDay.word)で終わりました。"
        }
    }
}
