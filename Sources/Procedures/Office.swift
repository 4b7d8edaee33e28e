public import Enrollment
public import Postgres
public import Secrets
public import Store
public import Words

/// The office: the only way to the world. Confined to one loop, like the database it holds.
///
/// Pages may read through it; writing is internal to this target.
public final class Office {
    let database: any Database
    let reader: any Database
    public let settings: OfficeSettings
    public let clock: Clock
    public let random: RandomSource
    let counting = SharedCount()
    /// Which domain had its turn last, of each lane of letters.
    var mailTurns: [MailLane: String] = [:]
    /// What was counted in all, as it was lately.
    var countsKept: [LimitName: (count: Int, at: Instant)] = [:]
    /// The status list of each year as it was last signed.
    var statusListsKept: [FiscalYear: SignedStatusList] = [:]
    /// The drawn pictures of classes, two a year, by their names.
    var badgePicturesKept: [String: [UInt8]] = [:]
    /// Tells the marks of this office's events apart.
    private var chance: [UInt8]?
    private var marksMade: UInt32 = 0
    private var rulesKept: [FiscalYear: (rules: FiscalYearRules, at: Instant)] = [:]

    /// `reader` is a database whose role can only read.
    public init(
        database: any Database, reader: any Database, settings: OfficeSettings, clock: Clock,
        random: RandomSource
    ) {
        self.database = database
        self.reader = reader
        self.settings = settings
        self.clock = clock
        self.random = random
    }

    public var now: Instant { clock.now() }

    public var today: Day { now.day }

    /// The fiscal year of today.
    public var year: FiscalYear { FiscalYear(containing: today) }

    /// Single reads.
    public var reading: ReadStore { ReadStore(reader) }

    /// Several reads of one moment. `body` only reads, and may be run again. On the reader's
    /// connections, so that a job may read at length while it holds one that writes.
    public func read<Value>(_ body: (ReadStore) async throws -> Value) async throws -> Value {
        try await withRetries { try await reader.reading { try await body(ReadStore($0)) } }
    }

    /// All or nothing. `body` changes nothing but the database, and may be run again: what another
    /// transaction or a restart of the server undid is tried anew, a few times.
    @discardableResult
    func write<Value>(_ body: (WriteTransaction) async throws -> Value) async throws -> Value {
        try await withRetries {
            try await database.transaction { try await body(WriteTransaction($0)) }
        }
    }

    /// The pauses grow, and chance keeps two that have collided from meeting again.
    private func withRetries<Value>(_ attempt: () async throws -> Value) async throws -> Value {
        for longest in [20, 60, 180] {
            do { return try await attempt() } catch  where StoreTrouble.mayBeTriedAgain(error) {
                let share = Int(random.bytes(1).first ?? 0)
                try await Task.sleep(for: .milliseconds(longest * (share + 64) / 320))
            }
        }
        return try await attempt()
    }

    /// The rules of a year, as they hold today, or on the day of the year that is nearest to it;
    /// nil while its reference data is not loaded. Kept for a minute.
    public func rules(of year: FiscalYear) async throws -> FiscalYearRules? {
        try await rules(of: year, reading)
    }

    /// The same inside a transaction, which must not wait for a second connection.
    func rules(of year: FiscalYear, _ reading: ReadStore) async throws -> FiscalYearRules? {
        let day = min(max(today, year.firstDay), year.lastDay)
        if let kept = rulesKept[year], now < kept.at.adding(seconds: 60), now >= kept.at {
            return kept.rules.inForce(on: day)
        }
        guard let rules = try await reading.rules(of: year) else { return nil }
        rulesKept[year] = (rules, now)
        return rules.inForce(on: day)
    }

    /// The rules of this year, or `Refusal.closed` while there are none.
    public func currentRules() async throws -> FiscalYearRules {
        guard let rules = try await rules(of: year) else { throw Refusal.yearNotOpen(year) }
        return rules
    }

    /// Lists have changed: the next question reads them anew.
    func forgetRules() { rulesKept = [:] }

    /// Twelve octets that no other mark has.
    func nextMark() -> [UInt8] {
        let chance = chance ?? random.bytes(8)
        self.chance = chance
        marksMade &+= 1
        return chance + octets(of: marksMade)
    }

    func moment(_ actor: Actor) -> WriteStamp { WriteStamp(now: now, actor: actor) }
}

/// What an installation sets.
public struct OfficeSettings: Sendable {
    public let service: ServiceWords
    public let links: Links
    public var isDemo: Bool
    public let key: SecretKey
    public let mailFrom: String
    /// What marks events and signs the heads of their seals; an installation has one for it alone.
    public var journalKey: SecretKey
    /// What seals the secrets of second factors; an installation has one for them alone.
    public var secondFactorKey: SecretKey
    public var secondFactor = SecondFactorRule.off
    public var secondOfficer = SecondOfficerRule.off
    /// Where the keys lie with which certificates are signed; nil where none is signed.
    public var signingKeys: SigningKeys?
    /// False for invented people: their letters are kept, and never sent.
    public var sendsLetters = true
    /// The ministry's layouts, oldest first.
    public var layouts: [MinistryLayouts] = []
    /// Where the security log is told; one for all workers.
    public var securityLog = SecurityLog()
    /// scrypt's cost; lower only where passwords are invented.
    public var passwordCost = PasswordHash.usualCost
    public var limits = Limits()

    public init(
        service: ServiceWords, links: Links, isDemo: Bool, key: SecretKey, mailFrom: String
    ) {
        self.service = service
        self.links = links
        self.isDemo = isDemo
        self.key = key
        self.mailFrom = mailFrom
        journalKey = key
        secondFactorKey = key
    }

    public var letters: Letters { Letters(service, links) }
}

/// Time as an argument.
public struct Clock: Sendable {
    public let now: @Sendable () -> Instant

    public init(now: @escaping @Sendable () -> Instant) { self.now = now }

    /// Stands still.
    public static func frozen(_ instant: Instant) -> Clock { Clock { instant } }
}

/// A rule says no. One table turns it into a status, another into an exit code.
public enum Refusal: Error, Equatable {
    case notFound
    case notYours
    case yearNotOpen(FiscalYear)
    /// Something stands in the way: somebody else was first, or what is given does not fit.
    case conflict(Conflict)
    /// `Exports/ministry` holds no layouts.
    case noLayout
    /// The act may be done from that day on.
    case tooEarly(Day)
    /// Nothing was recorded before that day, so that nothing can be counted.
    case beforeRecords(Day)
    /// A limit, and when it will be over.
    case tooMany(LimitName, retryAfterSeconds: Int)
    /// A code or password was wrong; how many tries are left, if that may be told.
    case wrong(triesLeft: Int?)
}
