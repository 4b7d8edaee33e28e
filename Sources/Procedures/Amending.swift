public import Enrollment
internal import JSON
public import Store
internal import Words

/// 補正: the office sends an application back with questions to be answered anew, and takes that
/// back.
extension Office {
    /// Sends it back, or says it otherwise in the place of what is open. `seen` is the amendment
    /// that whoever asks has seen open; nil for none. Throws `Refusal.notFound`, and `.conflict`
    /// where it was decided, answered or sent back meanwhile, or the note does not fit.
    public func askAmendment(
        _ note: AmendmentNote, ofApplication id: Int, seen: Int?, by actor: Actor
    ) async throws {
        guard let rules = try await rules(of: year) else { throw Refusal.yearNotOpen(year) }
        try await write { writing in
            let moment = moment(actor)
            guard let record = try await writing.hold(application: id) else {
                throw Refusal.notFound
            }
            let open = try await writing.reading.openAmendment(of: record)
            let mayAsk = record.state.waitsForOffice || open != nil
            guard mayAsk, open?.id == seen, record.year == year else {
                throw Refusal.conflict(.decidedAlready)
            }
            guard note.fits(record, on: moment.day, rules) else {
                throw Refusal.conflict(.correctionDoesNotFit)
            }
            if let open {
                _ = try await writing.end(amendment: open.id, as: .replaced, at: moment.now)
            } else {
                _ = try await writing.move(
                    [id], StateChange(from: [.submitted, .reviewing], to: .correcting, in: year),
                    at: moment)
            }
            let number = try await writing.ask(note, ofApplication: id, at: moment)
            self.record([Event(asked: note, of: id)], in: writing, at: moment)
            try await tell(note, number, of: record, in: writing, at: moment)
        }
    }

    /// To the person, and to the coordinator as long as it is the organization's to correct.
    private func tell(
        _ note: AmendmentNote, _ number: Int, of record: ApplicationRecord,
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        let about = "\(record.receipt)-\(number)"
        var letters: [OutgoingLetter] = []
        if !record.email.isEmpty {
            letters.append(
                letter(
                    .amendment,
                    settings.letters.amendment(record.receipt, name: record.name, note),
                    to: record.email, about: about, personID: record.personID))
        }
        if try await writing.isUnconfirmed(application: record.id), record.submittedBy != nil,
            let sender = try await writing.reading.sender(ofApplication: record.id)
        {
            letters.append(
                letter(
                    .amendment,
                    settings.letters.amendment(
                        record.receipt, of: record.name, toCoordinator: sender.name, note),
                    to: sender.email, about: about + "-c"))
        }
        writing.post(letters, at: moment.now)
    }

    /// It is not sent back after all: the office looks at it as it is. Whoever was told is told; a
    /// letter that has not left does not leave. Throws `Refusal.notFound`, and `.conflict` where it
    /// was answered or said otherwise meanwhile.
    public func takeBackAmendment(
        _ amendment: Int, ofApplication id: Int, by actor: Actor
    ) async throws {
        try await write { writing in
            let moment = moment(actor)
            guard let record = try await writing.hold(application: id) else {
                throw Refusal.notFound
            }
            guard try await writing.reading.openAmendment(of: record)?.id == amendment,
                try await writing.end(amendment: amendment, as: .takenBack, at: moment.now)
            else { throw Refusal.conflict(.decidedAlready) }
            _ = try await writing.move(
                [id], StateChange(from: [.correcting], to: .submitted), at: moment)
            self.record(
                [Event(.takeBackAmendment, on: "application:\(id)")], in: writing, at: moment)
            let about = "\(record.receipt)-\(amendment)"
            let told = [about, about + "-c"].map { messageID(.amendment, about: $0) }
            let held = try await writing.holdBack(messageIDs: told)
            guard !record.email.isEmpty, !held.contains(told[0]) else { return }
            writing.post(
                [
                    letter(
                        .amendmentTakenBack,
                        settings.letters.amendmentTakenBack(record.receipt, name: record.name),
                        to: record.email, about: about, personID: record.personID)
                ], at: moment.now)
        }
    }

    /// 補正. Writes the answers to the questions that the office has asked anew, and gives the
    /// application back to it. `mark` is of what was seen. Throws `Refusal.notFound`, and
    /// `.conflict` where nothing is asked any more, or not this.
    public func answerAmendment(
        _ amendment: Int, ofApplication id: Int, _ typed: ApplicationDraft, seen mark: String,
        by actor: Actor
    ) async throws -> CorrectionOutcome {
        guard let rules = try await rules(of: year) else { throw Refusal.yearNotOpen(year) }
        return try await write { writing in
            let moment = moment(actor)
            guard let record = try await writing.hold(application: id) else {
                throw Refusal.notFound
            }
            guard let open = try await writing.reading.openAmendment(of: record),
                open.id == amendment,
                let own = try await ownAnswers(of: record, rules, writing.reading)
            else { throw Refusal.conflict(.decidedAlready) }
            var draft = own.held
            let fields = own.open(open.note.fields)
            for field in fields { draft[field] = typed[field] }
            let checked = own.check(draft, on: today)
            guard case .accepted(let application, _) = checked else {
                return .rejected(checked.problems)
            }
            let changed = ApplicationDraft(kept: application, rules).differing(from: own.held)
                .filter(fields.contains)
            guard !changed.isEmpty else { return .unchanged }
            guard own.mark == mark else { return .overtaken(own) }
            try await correct(
                record, to: application, { own.opens($0, among: fields) }, in: writing, at: moment)
            try await tell(record, changed, in: writing, at: moment)
            try await giveBack(record, open, changed, in: writing, at: moment)
            return .taken(asksOffice: false)
        }
    }

    /// At least one question was answered, by whoever may: the office looks at it again, and sees
    /// which.
    func giveBack(
        _ record: ApplicationRecord, _ open: AmendmentRecord, _ changed: [ApplicationField],
        in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        _ = try await writing.end(amendment: open.id, as: .answered, at: moment.now)
        _ = try await writing.move(
            [record.id], StateChange(from: [.correcting], to: .submitted), at: moment)
        self.record(
            [Event(.answerAmendment, on: "application:\(record.id)", changed)], in: writing,
            at: moment)
    }

    /// What the clock asks for: says again that the day is near, and ends what was not answered in
    /// time. Gives how many.
    public func tendAmendments(limit: Int = 200) async throws -> Int {
        var count = 0
        if let rules = try await reading.amendmentRules(in: year) {
            let near = today.adding(days: rules.reminderDays)
            for waiting in try await reading.waitingAmendments(
                upTo: near, notReminded: true, limit: limit)
            where waiting.amendment.note.dueOn >= today {
                count += try await remind(waiting)
            }
        }
        for waiting in try await reading.waitingAmendments(
            upTo: today.adding(days: -1), limit: limit)
        { count += try await expire(waiting) }
        return count
    }

    private func remind(_ waiting: WaitingAmendment) async throws -> Int {
        let (amendment, record) = (waiting.amendment, waiting.application)
        return try await write { writing in
            guard try await writing.markReminded(amendment: amendment.id, at: now) else { return 0 }
            // Of what was asked today with a near day nothing is said twice.
            let isNews = amendment.askedAt.day == today
            guard record.state == .correcting, !record.email.isEmpty, !isNews else { return 1 }
            writing.post(
                [
                    letter(
                        .amendmentReminder,
                        settings.letters.amendmentReminder(
                            record.receipt, name: record.name, amendment.note),
                        to: record.email, about: "\(record.receipt)-\(amendment.id)",
                        personID: record.personID)
                ], at: now)
            return 1
        }
    }

    private func expire(_ waiting: WaitingAmendment) async throws -> Int {
        let (amendment, record) = (waiting.amendment, waiting.application)
        return try await write { writing in
            let moment = moment(.system)
            guard try await writing.end(amendment: amendment.id, as: .expired, at: moment.now)
            else { return 0 }
            let moved = try await writing.move(
                [record.id], StateChange(from: [.correcting], to: .expired), at: moment)
            self.record(moved.map { Event(.expire, $0, to: .expired) }, in: writing, at: moment)
            guard !moved.isEmpty, !record.email.isEmpty else { return 1 }
            writing.post(
                [
                    letter(
                        .expired,
                        settings.letters.amendmentExpired(
                            record.receipt, name: record.name, amendment.note),
                        to: record.email, about: "\(record.receipt)-\(amendment.id)",
                        personID: record.personID)
                ], at: moment.now)
            return 1
        }
    }
}

extension ReadStore {
    /// What the office waits for; nil where the application is not sent back.
    func openAmendment(of record: ApplicationRecord) async throws -> AmendmentRecord? {
        guard record.state == .correcting else { return nil }
        return try await amendments(of: record.id).first { $0.state == .open }
    }
}

extension AmendmentRecord {
    /// Whether answers that are others now answer anything of it.
    func isAnswered(by changed: [ApplicationField]) -> Bool {
        changed.contains(where: note.fields.contains)
    }
}

extension AmendmentNote {
    /// Whether there is something to be asked, only what may be, and a day to answer.
    fileprivate func fits(
        _ record: ApplicationRecord, on today: Day, _ rules: FiscalYearRules
    ) -> Bool {
        guard
            let scope = CorrectionScope(
                .applied(.correcting), isFiledByOrganization: record.submittedBy != nil)
        else { return false }
        let allowed = ApplicationField.amendable(scope, rules)
        let days = AmendmentNote.days(from: today, in: record.year)
        return !fields.isEmpty && fields.allSatisfy(allowed.contains)
            && fields.allSatisfy { questions[$0].unicodeScalars.count <= AmendmentNote.limit }
            && days?.contains(dueOn) ?? false
    }
}

extension Event {
    /// The words are forgotten with other particulars.
    fileprivate init(asked note: AmendmentNote, of id: Int) {
        self.init(
            .askAmendment, on: "application:\(id)",
            detail: .object([
                "fields": .array(note.fields.map { .string($0.key) }),
                "due_on": .string(note.dueOn.description),
            ]), details: EventDetails(after: note.questions.json))
    }
}
