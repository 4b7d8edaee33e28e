public import Enrollment
internal import JSON
internal import Secrets
public import Store
internal import Words

/// What somebody may correct of their application: what it says, and which questions are open.
public struct OwnAnswers: Sendable {
    public let record: ApplicationRecord
    public let scope: CorrectionScope
    public let rules: FiscalYearRules
    /// As the application says it.
    public let held: ApplicationDraft
    /// The same with what was asked of the office and is not decided yet.
    public let answers: ApplicationDraft
    /// The newest request; nil where nothing was asked of the office.
    public let request: CorrectionRequest?
    /// Of what was seen: another one where somebody has changed anything since. Says nothing.
    public let mark: String
    private let seen: SeenAnswers
    private let viewings: [ViewingRecord]

    init(
        _ record: ApplicationRecord, _ scope: CorrectionScope, _ rules: FiscalYearRules,
        _ facts: (viewings: [ViewingRecord], request: CorrectionRequest?), key: SecretKey
    ) {
        self.record = record
        self.scope = scope
        self.rules = rules
        viewings = facts.viewings
        request = facts.request
        held = ApplicationDraft(held: record, facts.viewings, rules)
        var answers = held
        let open = facts.request.flatMap { $0.state == .open ? $0 : nil }
        for answer in open?.answers.answers ?? [] { answers[answer.field] = answer.text }
        self.answers = answers
        seen = SeenAnswers(of: record.id, key)
        mark = seen.mark(of: answers, as: "\(scope.asksOffice)", rules)
    }

    /// What was typed into a form that may be an old one: only what was changed there stands in the
    /// place of what is said now. `mark` is the form's.
    public func merged(_ typed: ApplicationDraft, seen mark: String) -> ApplicationDraft {
        var merged = typed
        for field in SeenAnswers.fields(rules) where !seen.isChanged(typed, field, since: mark) {
            merged[field] = answers[field]
        }
        return answers.corrected(by: merged, within: scope)
    }

    /// The same check as of the form: it came in time, so no later day counts than one on which it
    /// could have been sent.
    func check(_ draft: ApplicationDraft, on today: Day) -> Checked<Application> {
        let last = rules.closesOn ?? rules.year.lastDay
        return Application.check(
            draft, on: min(today, last), under: rules,
            as: .correction(frozen(beside: draft)))
    }

    /// What the corrected application has to be asked about and what stands there has not.
    func newQuestions(_ notices: [Problem], on today: Day) -> [Problem] {
        var held: [Problem] = []
        if case .accepted(_, let notices) = check(answers, on: today) { held = notices }
        return notices.filter { $0.severity == .confirm && !held.contains($0) }
    }

    /// Eligibility that stays as it is was judged when it came, whatever is open today.
    private func frozen(beside draft: ApplicationDraft) -> FrozenAnswers? {
        let eligibility: [ApplicationField] = [.kind, .category, .programme, .organization]
        guard scope.isFrozen || eligibility.allSatisfy({ draft[$0] == held[$0] }) else {
            return nil
        }
        let days = viewings.filter { $0.year == record.year }
            .map { Viewing(slot: $0.slot, viewedOn: $0.viewedOn) }
        return FrozenAnswers(
            kind: record.kind, category: record.category, programmeID: record.programmeID,
            organizationID: record.organizationID, viewings: scope.isFrozen ? days : nil,
            asksWork: scope.includes(.activityNote))
    }
}

/// What became of a correction that was sent.
public enum CorrectionOutcome: Sendable {
    /// What counts at once counts now, and the office is asked about the rest where there is one.
    case taken(asksOffice: Bool)
    /// It says what the application says already.
    case unchanged
    case rejected([Problem])
    /// What is to be answered first, as before an application is sent: nothing was done.
    case asks([Problem])
    /// Somebody has changed the application since the form was shown: nothing was done.
    case overtaken(OwnAnswers)
}

extension Office {
    /// Nil where nothing can be corrected any more. Throws `Refusal.notFound`.
    public func ownAnswers(ofApplication id: Int) async throws -> OwnAnswers? {
        guard let record = try await reading.application(id: id) else { throw Refusal.notFound }
        guard let rules = try await rules(of: record.year) else { return nil }
        return try await ownAnswers(of: record, rules, reading)
    }

    func ownAnswers(
        of record: ApplicationRecord, _ rules: FiscalYearRules, _ reading: ReadStore
    ) async throws -> OwnAnswers? {
        let scope = CorrectionScope(
            record.status(on: today), isFiledByOrganization: record.submittedBy != nil)
        guard let scope else { return nil }
        let viewings = try await reading.viewings(of: record.id)
        let request = try await reading.correctionRequest(of: record.id)
        return OwnAnswers(record, scope, rules, (viewings, request), key: settings.key)
    }

    /// 訂正. Corrects an application as far as its owner may, or asks the office to where it was
    /// approved; `mark` is of what they had seen, `sure` what they were asked and left so. Throws
    /// `Refusal.conflict` where nothing can be corrected any more, and where another application
    /// says the same already.
    public func correct(
        _ typed: ApplicationDraft, ofApplication id: Int, seen mark: String,
        sure: Set<ProblemCode> = [], by actor: Actor
    ) async throws -> CorrectionOutcome {
        guard let record = try await reading.application(id: id) else { throw Refusal.notFound }
        guard let rules = try await rules(of: record.year) else {
            throw Refusal.conflict(.decidedAlready)
        }
        return try await write { writing in
            guard let held = try await writing.hold(application: id),
                let own = try await ownAnswers(of: held, rules, writing.reading)
            else { throw Refusal.conflict(.decidedAlready) }
            let checked = own.check(
                own.answers.corrected(by: typed, within: own.scope), on: today)
            guard case .accepted(let application, let notices) = checked else {
                return .rejected(checked.problems)
            }
            let said = ApplicationDraft(kept: application, rules)
            guard !own.open(said.differing(from: own.answers)).isEmpty else { return .unchanged }
            guard own.mark == mark else { return .overtaken(own) }
            let questions = own.newQuestions(notices, on: today)
            guard sure.isSuperset(of: questions.map(\.code)) else { return .asks(questions) }
            let asks = try await take(said, application, own, in: writing, at: moment(actor))
            return .taken(asksOffice: asks)
        }
    }

    /// Gives whether the office is asked.
    private func take(
        _ said: ApplicationDraft, _ application: Application, _ own: OwnAnswers,
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> Bool {
        let fields = own.open(said.differing(from: own.held))
        let asked = fields.filter { !own.scope.isAtOnce($0) }
        let isAtOnce = { own.scope.includes($0) && own.scope.isAtOnce($0) }
        if fields.contains(where: own.scope.isAtOnce) {
            try await correct(own.record, to: application, isAtOnce, in: writing, at: moment)
            try await tell(own.record, fields.filter(own.scope.isAtOnce), in: writing, at: moment)
        }
        guard own.scope.asksOffice else { return false }
        if asked.isEmpty {
            try await endRequest(of: own.record, as: .takenBack, in: writing, at: moment)
            return false
        }
        let answers = said.only(asked)
        guard answers != own.request.flatMap({ $0.state == .open ? $0.answers : nil }) else {
            return false
        }
        try await writing.ask(answers, of: own.record.id, at: moment.now)
        record(
            [Event(.askCorrection, on: "application:\(own.record.id)", asked)], in: writing,
            at: moment)
        return true
    }

    /// 訂正 of an application that is held. Throws `Refusal.conflict` where another one of the same
    /// person, or of the same name and address, stands in the way.
    func correct(
        _ record: ApplicationRecord, to application: Application,
        _ isOpen: (ApplicationField) -> Bool, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        var isTaken = try await writing.isAnothers(application, than: record.id)
        if application.kind != record.kind, isOpen(.kind), !isTaken {
            isTaken = try await writing.hasAnother(than: record, of: application.kind)
        }
        guard !isTaken else { throw Refusal.conflict(.isAnothersApplication) }
        let submission = submission(
            application, by: record.route, onceKey: "", grade: .declared)
        let change = try await writing.correct(record, by: submission, isOpen, at: moment)
        if let change { self.record([Event(change)], in: writing, at: moment) }
        try await settleProposals(of: record.id, in: writing, at: moment)
    }

    /// To the owner, by mail: which answers are others now, and never what they say. To nobody of
    /// whom an organization says that they died.
    func tell(
        _ application: ApplicationRecord, _ fields: [ApplicationField],
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        let left = try await writing.reading.leavings(among: [application.id])[application.id]
        guard !application.email.isEmpty, left != .deceased else { return }
        let words = settings.letters.correction(
            application.receipt, name: application.name, fields: fields)
        let about = "\(application.receipt)-\(Digest.hex(random.bytes(6)))"
        writing.post(
            [
                letter(
                    .correction, words, to: application.email, about: about,
                    personID: application.personID)
            ], at: moment.now)
    }

    /// 申し出の取下げ. Throws `Refusal.conflict` when the office has decided meanwhile.
    public func takeBackCorrection(ofApplication id: Int, by actor: Actor) async throws {
        try await write { writing in
            guard let record = try await writing.hold(application: id) else {
                throw Refusal.notFound
            }
            let isDone = try await endRequest(
                of: record, as: .takenBack, in: writing, at: moment(actor))
            guard isDone else { throw Refusal.conflict(.decidedAlready) }
        }
    }

    @discardableResult
    private func endRequest(
        of application: ApplicationRecord, as state: CorrectionRequest.State,
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws -> Bool {
        let ended = try await writing.end(
            correctionOf: application.id, as: state, at: moment.now)
        guard let ended else { return false }
        record(
            [
                Event(
                    .takeBackCorrection, on: "application:\(application.id)",
                    ended.answers.answers.map(\.field))
            ], in: writing, at: moment)
        return true
    }
}

extension OwnAnswers {
    /// Of some questions those that may be answered anew.
    func open(_ fields: [ApplicationField]) -> [ApplicationField] {
        fields.filter(scope.includes)
    }
}

extension Checked {
    var problems: [Problem] {
        switch self {
        case .accepted(_, let notices): notices
        case .rejected(let problems): problems
        }
    }
}

extension Event {
    /// About some answers of an application: which, and not what they say.
    init(_ act: EventKind, on subject: String, _ fields: [ApplicationField]) {
        self.init(
            act, on: subject,
            detail: .object(["fields": .array(fields.map { .string($0.key) })]))
    }
}
