public import Enrollment
internal import JSON
public import Store
internal import Words

/// 名簿にのせられた人の答え: whoever was listed by an organization says that it is them, or that they
/// do not wish it.
extension Office {
    /// それは私です・同意します. Whoever had objected belongs to it again, as long as the application is
    /// live. The same answer twice is one. Throws `Refusal.notFound` where no such organization has
    /// listed them, and `.conflict` where it says that they have left.
    public func agree(
        toListingBy organizationID: Int, ofApplication id: Int, by actor: Actor
    ) async throws {
        try await write { writing in
            let moment = moment(actor)
            let (record, listing) = try await hold(organizationID, id, writing)
            guard listing.answer != .agreed else { return }
            if listing.leaving != nil {
                guard listing.leaving?.reason == .objected, record.state.isLive else {
                    throw Refusal.conflict(.decidedAlready)
                }
                let changes = try await writing.stayAfterAll(id, organizationID, at: moment)
                self.record(changes.map { Event($0) }, in: writing, at: moment)
            }
            try await writing.answer(
                .agreed, toListingBy: organizationID, of: id, at: moment)
            self.record([Event(.agreeListing, organizationID, id)], in: writing, at: moment)
        }
    }

    /// 申込みを希望しません. The 所属 ends as if it had never been more than a day; what the organization
    /// has applied for in their name is taken back, unless they are appointed already. Both are
    /// told. Throws `Refusal.notFound`.
    public func object(
        toListingBy organizationID: Int, ofApplication id: Int, by actor: Actor
    ) async throws {
        try await write { writing in
            let moment = moment(actor)
            let (record, listing) = try await hold(organizationID, id, writing)
            guard listing.answer != .objected else { return }
            try await writing.answer(
                .objected, toListingBy: organizationID, of: id, at: moment)
            let changes = try await writing.leave(
                [id], organizationID, Leaving(.objected, on: listing.since), at: moment)
            self.record(
                changes.map { Event($0) } + [Event(.objectListing, organizationID, id)],
                in: writing, at: moment)
            if record.submittedBy == organizationID {
                try await endFiled(record, in: writing, at: moment)
            }
            try await tellSender(record, organizationID, in: writing, at: moment)
        }
    }

    private func hold(
        _ organizationID: Int, _ id: Int, _ writing: WriteTransaction
    ) async throws -> (ApplicationRecord, ListingRecord) {
        try await writing.hold(organization: organizationID)
        guard let record = try await writing.hold(application: id),
            let listing = try await writing.reading.listings(of: record).first(where: {
                $0.organizationID == organizationID
            })
        else { throw Refusal.notFound }
        return (record, listing)
    }

    /// Before anybody is appointed; afterwards the person resigns, which is another act.
    private func endFiled(
        _ record: ApplicationRecord, in writing: WriteTransaction, at moment: WriteStamp
    ) async throws {
        let moved = try await writing.move(
            [record.id], StateChange(from: ApplicationState.waiting, to: .withdrawn), at: moment)
        self.record(moved.map { Event(.withdraw, $0, to: .withdrawn) }, in: writing, at: moment)
        guard !moved.isEmpty, !record.email.isEmpty else { return }
        let words = settings.letters.withdrawal(
            record.receipt, name: record.name, kind: record.kind, year: record.year)
        writing.post(
            [
                letter(
                    .withdrawal, words, to: record.email, about: record.receipt,
                    personID: record.personID)
            ], at: moment.now)
    }

    /// Who it is and what they answered, and nothing else of them.
    private func tellSender(
        _ record: ApplicationRecord, _ organizationID: Int, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        let sender = try await writing.reading.sender(
            ofApplication: record.id, of: organizationID)
        guard let sender else { return }
        let shown = record.submittedBy == organizationID || record.allowsSharing
        let words = settings.letters.listingRefused(
            shown ? record.receipt : MemberWords.notShown, of: record.name,
            toCoordinator: sender.name)
        writing.post(
            [
                letter(
                    .listingRefused, words, to: sender.email,
                    about: once("\(record.receipt)-\(organizationID)", at: moment))
            ], at: moment.now)
    }

    /// To those who are known already and were listed by a further organization, with the letters
    /// of its file.
    func tellListed(
        _ applications: [Int], by organization: OpenOrganization, in writing: WriteTransaction,
        at moment: WriteStamp
    ) async throws {
        guard !applications.isEmpty else { return }
        let rules = try await writing.reading.undoRules(on: moment.day)
        let letters = try await writing.reading.addressees(of: applications).map {
            letter(
                .listed,
                settings.letters.listed($0.receipt, name: $0.name, by: organization.name),
                to: $0.email, about: once("\($0.receipt)-\(organization.id)", at: moment),
                personID: $0.personID)
        }
        writing.post(
            letters, at: moment.now,
            leaving: rules.map { moment.now.adding(seconds: 60 * $0.fileLetterMinutes) })
    }

    /// 同意の決まり of an organization in this year; `seen` is what was shown of it. Throws
    /// `Refusal.notFound`, and `.conflict` where it says that the members were asked and not when
    /// and how, and where somebody else has said otherwise since.
    public func setConsent(
        _ terms: ConsentTerms, of organizationID: Int, seen: ConsentTerms, by actor: Actor
    ) async throws {
        guard (terms.askedOn == nil) == terms.method.isEmpty,
            terms.askedOn.map({ $0 <= today }) ?? true
        else { throw Refusal.conflict(.reasonIsMissing) }
        let organization = try await currentRules().organization(id: organizationID)
        guard let code = organization?.code else { throw Refusal.notFound }
        try await write { writing in
            _ = try await writing.lockTerms(ofOrganization: code, in: year)
            let rules = try await writing.reading.consentRules(in: year)
            let known = rules.first { $0.organizationID == organizationID }?.terms
            if known ?? .ofEachFile == terms { return }
            guard known ?? .ofEachFile == seen else {
                throw Refusal.conflict(.organizationHasChanged)
            }
            guard try await writing.setConsent(terms, of: organizationID, in: year) else {
                throw Refusal.notFound
            }
            let said = JSONValue.object([
                "rule": .string(terms.rule.rawValue),
                "asked_on": .string(terms.askedOn?.description ?? ""),
                "method": .string(terms.method),
            ])
            record(
                [Event(.setConsentRule, on: "organization:\(organizationID)", detail: said)],
                in: writing, at: moment(actor))
        }
    }
}

extension Event {
    fileprivate init(_ act: EventKind, _ organizationID: Int, _ id: Int) {
        self.init(
            act, on: "application:\(id)",
            detail: .object(["organization_id": .integer(organizationID)]))
    }
}
