public import Enrollment
internal import JSON
internal import Secrets
internal import Store

/// What somebody signed in looked at, looked for or took away.
public enum Witnessed: CaseIterable, Sendable {
    case openQueue, openApplication, openPerson, openPeople, openProposals, openDoubts, openPlan
    case openMembers, openMember, openAccounts, openJournal
    case openGroupFile
    case searchPeople, searchMembers
    case downloadMembers, downloadErrors, downloadExport, downloadCertificate, downloadLabels
    case downloadNametags

    var kind: EventKind {
        switch self {
        case .openQueue: .openQueue
        case .openApplication: .openApplication
        case .openPerson: .openPerson
        case .openProposals: .openProposals
        case .openDoubts: .openDoubts
        case .openPeople: .openPeople
        case .openPlan: .openPlan
        case .openMembers: .openMembers
        case .openAccounts: .openAccounts
        case .openJournal: .openJournal
        case .openMember: .openMember
        case .openGroupFile: .openGroupFile
        case .searchPeople: .searchPeople
        case .searchMembers: .searchMembers
        case .downloadMembers: .downloadMembers
        case .downloadErrors: .downloadErrors
        case .downloadExport: .downloadExport
        case .downloadCertificate: .downloadCertificate
        case .downloadLabels: .downloadLabels
        case .downloadNametags: .downloadNametags
        }
    }
}

/// What was tried and refused; counted by minute and client.
public enum SecurityAttempt: CaseIterable, Sendable {
    case signInFailed, signInRefused, codeFailed, slowedDown, accessRefused, forged

    var kind: EventKind {
        switch self {
        case .signInFailed: .signInFailed
        case .signInRefused: .signInRefused
        case .codeFailed: .codeFailed
        case .slowedDown: .slowedDown
        case .accessRefused: .accessRefused
        case .forged: .forged
        }
    }
}

extension Office {
    /// 閲覧の記録. Before somebody gets to see persons: without the record, they do not. `applications`
    /// are those that are shown, so that later it can be said whose data an account has seen.
    public func witness(
        _ act: Witnessed, on subject: String, by actor: Actor, applications: [Int] = []
    ) async throws {
        let list = JSONValue.array(applications.map(JSONValue.integer))
        let detail = applications.isEmpty ? JSONValue.object([:]) : .object(["applications": list])
        try await keep([SecurityEvent(act.kind, by: actor, on: subject, detail: detail)])
    }

    /// Counts what was tried; the first of a client's in a minute is told at once.
    public func count(
        _ attempt: SecurityAttempt, by actor: Actor, on subject: String
    ) async throws {
        let first = settings.securityLog.count(attempt.kind, by: actor, on: subject, at: now)
        guard let first else { return }
        try await keep([first])
    }

    /// Whether attempts of a minute that is over are still to be told.
    public var hasCountedAttempts: Bool { settings.securityLog.isDue(at: now) }

    /// Tells what was counted in the minutes that are over; at the end, in this one too.
    public func tellCountedAttempts(withThisMinute isEnd: Bool = false) async throws {
        let counted = settings.securityLog.takeCounted(at: now, withThisMinute: isEnd)
        if !counted.isEmpty { try await keep(counted) }
    }

    /// Tells, once a day at most, that all clients come through a proxy that is not named as
    /// trusted.
    public func noteUnnamedProxy() async throws {
        guard try await !reading.hasUnnamedProxy(since: now.adding(seconds: -86_400)) else {
            return
        }
        try await keep([SecurityEvent(.unnamedProxy, by: .server, on: UnnamedProxy.subject)])
    }

    /// A typed address as it may stand in a log: the same for the same address, and of no use to
    /// whoever has not our key.
    public func mark(ofAddress typed: String) -> String {
        var address = typed.lowercased()
        if case .address(let found) = EmailAddress.read(typed) { address = found.text.lowercased() }
        let digest = settings.key.code(for: address, purpose: "security log")
        return "address:" + String(Base64URL.encode(Array(digest.prefix(9))))
    }

    /// The line first: it is there even where the tables cannot be written.
    private func keep(_ events: [SecurityEvent]) async throws {
        tell(events)
        try await write { record(events, in: $0) }
    }

    func tell(_ events: [SecurityEvent]) {
        for event in events { settings.securityLog.tell(event, at: now) }
    }

    func record(_ events: [SecurityEvent], in writing: WriteTransaction) {
        for event in events {
            record(
                [
                    Event(
                        event.act, on: event.subject, detail: event.detail,
                        details: event.actor.origin)
                ], in: writing, at: WriteStamp(now: event.happenedAt ?? now, actor: event.actor))
        }
    }
}

extension Actor {
    /// Where a client came from.
    fileprivate var origin: EventDetails? {
        guard case .client(let address) = self, !address.isEmpty else { return nil }
        return EventDetails(after: .object(["client": .string(address)]))
    }
}
