internal import Enrollment
public import Network
internal import Secrets
internal import Store

/// Whose doings a limit counts. The tables hold a keyed digest of it and nothing else.
struct LimitSubject {
    let text: String

    /// Nil where no limit by client holds.
    static func client(_ client: Client) -> LimitSubject? {
        client.isHere ? nil : LimitSubject(text: "client\0" + client.rateLimitKey)
    }

    static func account(_ email: String, at client: Client) -> LimitSubject {
        LimitSubject(text: "account\0\(email)\0\(client.rateLimitKey)")
    }
}

extension Office {
    /// How long what was counted in all is believed, in seconds.
    private static let believed = 5

    /// Counts one, or throws `Refusal.tooMany` with what is left of the time. Without a subject
    /// there is nothing to count.
    func count(
        _ name: LimitName, of subject: LimitSubject?, in writing: WriteTransaction
    ) async throws {
        guard let subject, try await counted(name, of: subject, in: writing) == nil else { return }
        throw try await tooMany(name, of: subject, in: writing)
    }

    /// The same for what all clients share: nobody locks out somebody else by using it up.
    func count(
        _ name: LimitName, of subject: LimitSubject, sharedWith client: Client,
        in writing: WriteTransaction
    ) async throws {
        if try await isLeft(name, of: subject, sharedWith: client, in: writing) { return }
        throw try await tooMany(name, of: subject, in: writing)
    }

    /// Counts one of what all clients share. Where it is used up, a client that has taken hardly
    /// any of it is served all the same, and all such together a few times.
    func isLeft(
        _ name: LimitName, of subject: LimitSubject, sharedWith client: Client,
        in writing: WriteTransaction
    ) async throws -> Bool {
        let own = LimitSubject(text: "\(name.rawValue)\0\(subject.text)\0\(client.rateLimitKey)")
        let hasOwn = try await counted(.codeOwn, of: own, in: writing) != nil
        if try await counted(name, of: subject, in: writing) != nil { return true }
        guard hasOwn else { return false }
        let others = LimitSubject(text: "\(name.rawValue)\0\(subject.text)")
        return try await counted(.codeOthers, of: others, in: writing) != nil
    }

    private func tooMany(
        _ name: LimitName, of subject: LimitSubject, in writing: WriteTransaction
    ) async throws -> Refusal {
        let began = try await writing.reading.countBegan(name.rawValue, of: key(subject)) ?? now
        let end = began.adding(seconds: settings.limits[name].seconds)
        let left = Int((end.microseconds - now.microseconds + 999_999) / 1_000_000)
        return .tooMany(name, retryAfterSeconds: max(1, left))
    }

    /// How many it is with this one; nil for one too many, which is not counted.
    func counted(
        _ name: LimitName, of subject: LimitSubject, in writing: WriteTransaction
    ) async throws -> Int? {
        let limit = settings.limits[name]
        return try await writing.countOne(
            name.rawValue, of: key(subject), upTo: limit.ceiling,
            since: now.adding(seconds: -limit.seconds), at: now)
    }

    func giveBack(_ name: LimitName, of subject: LimitSubject?, in writing: WriteTransaction)
        async throws
    {
        guard let subject else { return }
        try await writing.giveBackOne(name.rawValue, of: key(subject))
    }

    func forget(_ name: LimitName, of subject: LimitSubject, in writing: WriteTransaction)
        async throws
    {
        try await writing.forgetCount(name.rawValue, of: key(subject))
    }

    /// Throws `Refusal.tooMany` where all clients together have done what is enough for a while.
    /// Looked up now and then, which is near enough for many.
    func refuseBeyond(
        _ name: LimitName, for client: Client, counting count: () async throws -> Int
    ) async throws {
        guard !client.isHere, try await isBeyond(name, counting: count) else { return }
        throw Refusal.tooMany(name, retryAfterSeconds: 60)
    }

    func isBeyond(_ name: LimitName, counting count: () async throws -> Int) async throws -> Bool {
        if let kept = countsKept[name], now < kept.at.adding(seconds: Self.believed), now >= kept.at
        {
            return kept.count >= settings.limits[name].ceiling
        }
        let found = try await count()
        countsKept[name] = (found, now)
        return found >= settings.limits[name].ceiling
    }

    /// What all clients together have done of what is counted by client.
    func countOfAll(_ each: LimitName) async throws -> Int {
        try await reading.countOfAll(
            each.rawValue, since: now.adding(seconds: -settings.limits[each].seconds))
    }

    private func key(_ subject: LimitSubject) -> String {
        Base64URL.encode(settings.key.code(for: subject.text, purpose: "limit"))
    }
}

extension Office {
    /// 名簿を送る: counted before the file is read. Throws `Refusal.tooMany`.
    public func countUpload(byAccount id: Int, from client: Client) async throws {
        try await write { writing in
            try await count(.uploadClient, of: .client(client), in: writing)
            try await count(
                .uploadAccount, of: LimitSubject(text: "account\0\(id)"), in: writing)
        }
    }

    /// Nothing was taken for planning: it counts for nothing.
    public func giveBackUpload(byAccount id: Int, from client: Client) async throws {
        try await write { writing in
            try await giveBack(.uploadClient, of: .client(client), in: writing)
            try await giveBack(
                .uploadAccount, of: LimitSubject(text: "account\0\(id)"), in: writing)
        }
    }
}
