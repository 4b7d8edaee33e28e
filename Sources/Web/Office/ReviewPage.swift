internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// An application as the office decides on it.
struct ReviewPage {
    let record: ApplicationRecord
    let affiliations: [AffiliationRecord]
    /// What was asked before it was sent.
    let questions: [String]
    let appointment: AppointmentRecord?
    /// The badge's token, if it has one.
    let badge: String?
    let today: Day
    let viewings: [ViewingRecord]
    let states: [StateRecord]
    /// Who ended the appointment before its time.
    let ender: ActorRecord?
    /// Of the same person.
    let others: [ApplicationRecord]
    let proposals: [ProposalRecord]
    /// 補正の求め, the newest first.
    let amendments: [AmendmentRecord]
    /// What an organization says of their leaving.
    let left: Leaving.Reason?
    let corrected: CorrectedPart
    /// What its reader may do.
    let rights: OfficeRights
    let problem: String?
    let reason: String
    /// The search from which somebody came.
    let search: String?
    let done: Reviewed?
    /// Who was decided on just before.
    let last: ApplicationRecord?
    /// Where it stands in the queue through which somebody goes.
    let line: ReviewLine?

    func html(csrf: String) -> HTML {
        """
        \(crumbs)\(Part.errorSummary((problem.map { [("reason", $0)] } ?? []) + corrected.problems))
        <section class="sec flow">
          <h1>応募の内容\(left.map(Part.left) ?? .none)</h1>
          \(told(csrf))\(whole)\(Part.answers(pairs))\(asked)
        </section>
        \(amending(csrf))
        \(corrected.html(csrf: csrf, isDecided: rights.allow(.review)))
        \(belonging)\(appointment.map { term($0, csrf) } ?? .none)
        <section class="sec flow">
          <h2>これまでの状態</h2>
          <ul>
            \(each(states, Self.change))
            \(ending)
          </ul>
        </section>
        \(when(!others.isEmpty, otherList))\(when(!proposals.isEmpty, proposalList))
        \(when(rights.allow(.review), deciding(csrf)))\(line.map { bar($0, csrf) })
        """
    }

    private func deciding(_ csrf: String) -> HTML {
        when(isWaiting, decision(csrf)) + reopening.html(csrf: csrf)
    }

    private func bar(_ line: ReviewLine, _ csrf: String) -> HTML {
        let isDecided = isWaiting && rights.allow(.review)
        return line.bar(isDecided ? record : nil, corrected: corrected.count, csrf: csrf)
    }

    /// What was done here, or to the one before.
    private func told(_ csrf: String) -> HTML {
        if let done, done.isTrue(self) { return Part.done(done.sentence) }
        guard let last, last.id != record.id else { return .none }
        let back = rights.allow(.review) ? line?.back(last, csrf: csrf) : nil
        return Reviewed.told(of: last) + (back ?? .none)
    }

    private var reopening: ReopeningPart {
        ReopeningPart(record: record, along: line?.selection)
    }

    private var whole: HTML {
        "<p><a href=\"\(href(PersonPage.path(record)))\">この人の記録を全部見る</a></p>"
    }

    private var crumbs: HTML {
        let above = search.map { NextPage(Route.people.with("search", $0), "探した結果にもどる") }
        let queue = line?.selection.queue() ?? Route.queue.path
        return Part.crumbs([above ?? NextPage(queue, "応募を確認する")], "応募の内容")
    }

    private func term(_ appointment: AppointmentRecord, _ csrf: String) -> HTML {
        let state = appointment.term.state(on: today)
        let link = badge.map { token -> HTML in
            "<p><a href=\"\(href(RoutePattern.verify.path(token)))\">任命の証明とバッジを見る</a></p>"
        }
        let days = [
            ("任命の最初の日", appointment.term.from.word),
            ("任命の最後の日", appointment.term.lastDay.word),
        ]
        let answers = Part.answers(
            [
                ("任命の状態", state.word), ("任命番号", appointment.number),
                ("委員番号", appointment.memberNumber),
            ] + (appointment.term.holdsOnNoDay ? [] : days))
        let ending = EndingPart(
            record: record, appointment: appointment, today: today, successor: successor)
        let certificate = CertificatePart(
            record: record, term: appointment.term, isGivenAgain: rights.allow(.appoint))
        return """
            <section class="sec flow">
              <h2>任命</h2>
              \(answers)\(link ?? "<p>オープンバッジはありません。</p>")
              \(certificate.html(csrf: csrf))
              \(when(rights.allow(.appoint), ending.html(csrf: csrf)))
            </section>
            """
    }

    /// Another application of the kind and year that counts now.
    private var successor: ApplicationRecord? {
        others.first { other in
            guard (other.kind, other.year) == (record.kind, record.year) else { return false }
            return switch other.status(on: today) {
            case .applied(let state): state.isLive
            case .appointed(let state): [.scheduled, .active].contains(state)
            }
        }
    }

    /// How the appointment came to its end before its time.
    private var ending: HTML {
        guard let term = appointment?.term, let reason = term.endReason else { return .none }
        // 取消 and 統合 hold from no day on; the journal knows when it was said.
        let day = term.holdsOnNoDay ? "" : "\(term.endsOn.word)："
        return "<li>\(day)\(AppointmentState(reason).word)\(ender.map(Self.by))</li>"
    }

    private static func change(_ state: StateRecord) -> HTML {
        let reason = HTML.lines(state.cause?.word ?? state.reason)
        return """
            <li>
              \(state.trueOn.word)：\(state.state.word)
              \(when(!state.reason.isEmpty, "（\(reason)）"))\(Self.by(state.actor))
            </li>
            """
    }

    private static func by(_ actor: ActorRecord) -> HTML {
        "<span class=\"by\">だれが：\(actor.word)</span>"
    }

    private var otherList: HTML {
        let lines = others.map { other -> HTML in
            let link = href(Route.review.with("receipt", other.receipt))
            return """
                <li>
                  <a href="\(link)">\(other.receipt)</a>（\(other.year.word)、\(other.kind.word)、
                  \(other.receivedOn.word)受付）：\(other.status(on: today).word)
                </li>
                """
        }
        return """
            <section class="sec flow"><h2>この人のほかの応募</h2><ul>\(each(lines) { $0 })</ul></section>
            """
    }

    /// What organizations' files say otherwise; nothing was changed by it.
    private var proposalList: HTML {
        let lists = proposals.map { proposal -> HTML in
            let said = proposal.answers.answers.filter { !$0.text.isEmpty }
                .sorted { $0.field.position < $1.field.position }
            return """
                <h3>\(proposal.organizationName)（\(proposal.knownFrom.word)）</h3>
                \(Part.answers(said.map { ($0.field.heading, $0.word) }))
                """
        }
        return """
            <section class="sec flow">
              <h2>団体の名簿に書かれていた内容</h2>
              <p>次の点が応募の内容と違います。応募の内容は変わっていません。</p>
              \(each(lists) { $0 })
            </section>
            """
    }

    private func amending(_ csrf: String) -> HTML {
        AmendmentPart(record: record, amendments: amendments, today: today).html(csrf: csrf)
    }

    private var isWaiting: Bool { record.state.waitsForOffice }

    private var pairs: [(String, String)] {
        [
            ("受付番号", record.receipt), ("受付日", record.receivedOn.word),
            ("いまの状態", record.status(on: today).word),
            ("年度", record.year.word), ("応募区分", record.kind.word),
            ("募集対象の区分", record.category.word), ("事業", record.programmeName),
            ("所属団体", record.organizationName),
        ] + TextQuestion.having(.ofWork).map { ($0.field.label, record.texts[$0.field]) } + [
            ("経路", record.route.word), ("氏名", record.name), ("氏名（カナ）", record.kana),
            ("郵便番号", PostalCodeWords.word(record.postalCode)),
            ("住所", record.address),
            ("メールアドレス", record.email), ("電話番号", record.texts[.phone]),
            ("オープンバッジ", record.wantsBadge ? "希望する" : "希望しない"),
            ("次の年度の更新に、入力した内容を使う", record.reuse.word),
        ] + viewings.map { $0.answerWithEvidence(in: record.year) }
    }

    private func decision(_ csrf: String) -> HTML {
        let approval = Part.form(
            .approve, csrf: csrf,
            """
            \(ReviewLine.approved(record, corrected.count, line?.selection))
            \(Part.button("承認する"))
            """
        )
        let field = Field(
            name: "reason", label: "承認しない理由", hint: "応募した人へのメールにそのまま書かれます。", value: reason,
            problems: problem.map { [$0] } ?? []
        ).textArea(rows: 3)
        let rejection = Part.form(
            .reject, csrf: csrf,
            """
            \(AskingPage.unseen([("receipt", record.receipt)] + (line?.selection).answers))\(field)
            <div class="btns"><button class="btn" type="submit">承認しない</button></div>
            """)
        return """
            <section class="sec flow"><h2>承認する</h2>\(approval)</section>
            <section class="sec flow"><h2>承認しない</h2>\(rejection)</section>
            """
    }
}

extension ReachedState.Cause {
    fileprivate var word: String {
        switch self {
        case .renewal: "年度更新"
        case .undoneFile: "団体の名簿の送信の取消し"
        }
    }
}
