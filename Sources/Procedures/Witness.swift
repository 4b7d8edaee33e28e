internal import Enrollment
internal import Secrets
internal import Store

/// What somebody signed in looked at, looked for or took away.
public enum Witnessed: String, Sendable {
    case openQueue = "open_queue"
    case openApplication = "open_application"
    case openProposals = "open_proposals"
    case openPlan = "open_plan"
    case openMembers = "open_members"
    case openGroupFile = "open_group_file"
    case searchPeople = "search_people"
    case searchMembers = "search_members"
    case downloadMembers = "download_members"
    case downloadErrors = "download_errors"
    case downloadExport = "download_export"
}

/// What was tried and refused; counted by minute and client.
public enum SecurityAttempt: String, Sendable {
    case signInFailed = "sign_in_failed"
    case signInRefused = "sign_in_refused"
    case codeFailed = "code_failed"
    /// A limit was reached.
    case slowedDown = "slowed_down"
    /// Somebody asked for what is not theirs.
    case accessRefused = "access_refused"
    /// A form that no page of ours sent.
    case forged = "request_forged"
}

extension Office {
    /// 閲覧の記録. Before somebody gets to see persons: without the record, they do not. `applications`
    /// are those that are shown, so that later it can be said whose data an account has seen.
    public func witness(
        _ act: Witnessed, on subject: String, by actor: String, applications: [Int] = []
    ) async throws {
        let list = applications.map(String.init).joined(separator: ", ")
        let detail = applications.isEmpty ? "{}" : "{\"applications\": [\(list)]}"
        try await keep([SecurityEvent(act.rawValue, by: actor, on: subject, detail: detail)])
    }

    /// Counts what was tried; the first of a client's in a minute is told at once.
    public func count(
        _ attempt: SecurityAttempt, by actor: String, on subject: String
    ) async throws {
        let first = settings.securityLog.count(attempt.rawValue, by: actor, on: subject, at: now)
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
        try await keep([SecurityEvent(UnnamedProxy.act, by: "server", on: UnnamedProxy.subject)])
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
            writing.record(
                [Event(event.act, on: event.subject, detail: event.detail)],
                at: WriteStamp(now: event.happenedAt ?? now, actor: event.actor))
        }
    }
}
