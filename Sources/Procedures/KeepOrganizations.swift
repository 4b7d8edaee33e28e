public import Enrollment
internal import JSON
internal import Secrets
public import Store
internal import Words

/// What became of something that was typed of an organization.
public enum OrganizationOutcome: Sendable, Equatable {
    case done
    case rejected([OrganizationProblem])
}

/// 団体の管理 by somebody of the office. What was shown when it was asked for goes along; where
/// somebody else has said otherwise since, `Refusal.conflict(.organizationHasChanged)`.
extension Office {
    /// 団体をひらく: one that was not there, for this fiscal year.
    public func openOrganization(
        _ draft: OrganizationDraft, by actor: Actor
    ) async throws -> OrganizationOutcome {
        let rules = try await currentRules()
        var problems = draft.problems(under: rules)
        let groups = try await reading.organizationGroups()
        if !draft.group.isEmpty, !groups.contains(where: { $0.code == draft.group }) {
            problems.append(.groupMissing)
        }
        guard problems.isEmpty, let terms = draft.terms(under: rules) else {
            return .rejected(problems)
        }
        let number = CorporateNumber(draft.corporateNumber)?.text ?? ""
        let name = draft.trimmedName
        let outcome = try await write { writing -> OrganizationOutcome in
            guard try await writing.organizationID(draft.code) == nil else {
                return .rejected([.codeIsTaken])
            }
            try await writing.keep(
                NewOrganization(
                    code: draft.code, name: name, kindCode: draft.kind, groupCode: draft.group),
                terms, in: year)
            try await writing.setCorporateNumber(number, ofOrganization: draft.code)
            record(
                [
                    Event(
                        .openOrganization, on: "organization:\(draft.code)",
                        detail: .object([
                            "before": .null, "after": Self.said(of: terms, name: name),
                        ]))
                ], in: writing, at: moment(actor))
            return .done
        }
        forgetRules()
        return outcome
    }

    /// この年度にひらく, or other terms of one that is open: category, days, 活動内容. `seen` are the terms
    /// that were shown.
    public func openOrganization(
        _ code: String, as draft: OrganizationDraft, seen: OrganizationTerms?, by actor: Actor
    ) async throws -> OrganizationOutcome {
        let rules = try await currentRules()
        let problems = draft.termProblems(under: rules)
        guard problems.isEmpty, let terms = draft.terms(under: rules) else {
            return .rejected(problems)
        }
        try await change(code, by: actor) { known, writing in
            if known.terms == terms { return nil }
            guard known.terms == seen else { throw Refusal.conflict(.organizationHasChanged) }
            try await writing.keep(
                NewOrganization(
                    code: code, name: known.name, kindCode: known.kindCode,
                    groupCode: known.groupCode), terms, in: year)
            return (
                .openOrganization, known.terms.map { Self.said(of: $0, name: known.name) } ?? .null,
                Self.said(of: terms, name: known.name)
            )
        }
        return .done
    }

    /// 改称: from a day on, which is not to come, it is called so; the name before is still found.
    /// Said otherwise of the same day, the one before was a slip, and is in the journal only.
    public func renameOrganization(
        _ code: String, to typed: String, from day: Day?, seen: String, by actor: Actor
    ) async throws -> OrganizationOutcome {
        var problems = OrganizationDraft.problems(ofName: typed)
        if day == nil { problems.append(.dayUnreadable(.since)) }
        if let day, day > today { problems.append(.dayIsToCome) }
        guard problems.isEmpty, let day else { return .rejected(problems) }
        let name = OrganizationDraft.trimmed(typed)
        var late = false
        try await change(code, by: actor) { known, writing in
            if known.name == name { return nil }
            guard known.name == seen else { throw Refusal.conflict(.organizationHasChanged) }
            let former = try await writing.reading.formerNames(ofOrganization: known.id)
            late = former.first.map { $0.endsOn > day } ?? false
            guard !late else { return nil }
            if former.first?.endsOn == day {
                try await writing.correctName(of: known, to: name, from: day)
            } else {
                try await writing.rename(known, to: name, from: day, at: now)
            }
            return (
                .renameOrganization, .object(["name": .string(known.name)]),
                .object(["name": .string(name), "since": .string(day.description)])
            )
        }
        return late ? .rejected([.dayBeforeTheLastName]) : .done
    }

    /// 法人番号と団体グループ. `seen` is what was shown of both.
    public func changeOrganization(
        _ code: String, number typed: String, group: String,
        seen: (number: String, group: String), by actor: Actor
    ) async throws -> OrganizationOutcome {
        var problems = OrganizationDraft.problems(ofNumber: typed)
        let groups = try await reading.organizationGroups()
        if !groups.contains(where: { $0.code == group }) { problems.append(.groupMissing) }
        guard problems.isEmpty else { return .rejected(problems) }
        let number = CorporateNumber(typed)?.text ?? ""
        try await change(code, by: actor) { known, writing in
            if known.corporateNumber == number, known.groupCode == group { return nil }
            guard known.corporateNumber == seen.number, known.groupCode == seen.group else {
                throw Refusal.conflict(.organizationHasChanged)
            }
            try await writing.change(
                known, corporateNumber: number, group: group, from: year)
            return (
                .changeOrganization, Self.said(known.corporateNumber, known.groupCode),
                Self.said(number, group)
            )
        }
        return .done
    }

    /// 団体をとじる from a day on, today at the earliest: nobody applies by it, and nobody signs in for
    /// it. Nil takes that back. `seen` is the day that was shown.
    public func endOrganization(
        _ code: String, on day: Day?, seen: Day?, by actor: Actor
    ) async throws -> OrganizationOutcome {
        if let day, day < today { return .rejected([.endIsPast]) }
        try await change(code, by: actor) { known, writing in
            if known.endsOn == day { return nil }
            guard known.endsOn == seen else { throw Refusal.conflict(.organizationHasChanged) }
            try await writing.end(known, on: day)
            if let day, day <= today { try await writing.closeSessions(ofOrganization: known.id) }
            try await tell(day.map { .closed($0) } ?? .reopened, known, writing)
            return (
                day == nil ? .reopenOrganization : .closeOrganization,
                Self.said(known.endsOn), Self.said(day)
            )
        }
        return .done
    }

    /// Whoever signs in for it, or did until now.
    private func tell(
        _ news: OrganizationNews, _ organization: OrganizationLine, _ writing: WriteTransaction
    ) async throws {
        let letters = try await writing.reading.addresses(ofOrganization: organization.id).map {
            letter(
                .accountChanged,
                settings.letters.organizationChanged(news, organization.name, name: $0.name),
                to: $0.email, about: Digest.hex(random.bytes(8)))
        }
        writing.post(letters, at: now)
    }

    /// One act on an organization that nobody else changes meanwhile; `act` gives nil where it was
    /// done already.
    private func change(
        _ code: String, by actor: Actor,
        _ act: (OrganizationLine, WriteTransaction) async throws -> (
            EventKind, before: JSONValue, after: JSONValue
        )?
    ) async throws {
        try await write { writing in
            guard let known = try await writing.lockOrganization(code, in: year) else {
                throw Refusal.notFound
            }
            guard let done = try await act(known, writing) else { return }
            record(
                [
                    Event(
                        done.0, on: "organization:\(code)",
                        detail: .object(["before": done.before, "after": done.after]))
                ], in: writing, at: moment(actor))
        }
        forgetRules()
    }

    private static func said(_ number: String, _ group: String) -> JSONValue {
        .object(["corporate_number": .string(number), "group": .string(group)])
    }

    private static func said(_ day: Day?) -> JSONValue {
        .object(["ends_on": day.map { .string($0.description) } ?? .null])
    }
}
