public import Enrollment
public import Store

extension Office {
    /// The basis of a day, as far as it was known at a moment. Throws `Refusal.conflict` for days
    /// and moments to come: what is not over cannot be counted. Throws `Refusal.beforeRecords` for
    /// those before the first record: 0 would be an answer that nobody knows.
    public func basis(asOf: Day, known moment: KnownMoment) async throws -> TallyBasis {
        let now = now
        guard asOf <= now.day else { throw Self.notYet }
        if let first = try await reading.firstRecordedOn(),
            asOf < first || moment.isBefore(first)
        {
            throw Refusal.beforeRecords(first)
        }
        switch moment {
        case .endOf(let day) where day < now.day: return TallyBasis(asOf: asOf, knownOn: day)
        case .at(let instant) where instant.microseconds <= now.microseconds + 1:
            return TallyBasis(asOf: asOf, known: instant)
        case .now, .endOf(now.day): return TallyBasis(asOf: asOf, known: try await settled(now))
        default: throw Self.notYet
        }
    }

    private static let notYet = Refusal.conflict(.dayIsToCome)

    /// The moment up to which everything has been written: now, or the moment before the oldest act
    /// began that is still being done. Its facts will carry a moment a little before its beginning.
    private func settled(_ now: Instant) async throws -> Instant {
        let age = try await reading.openWritingAge()
        let before = min(age, 1_000_000)
        return Instant(microseconds: now.microseconds + 1 - Int64(age + before))
    }

    /// The numbers of a day, as far as they were known at a moment; counted once for all who ask
    /// for the same at the same time. Throws as `basis` does.
    public func numbers(asOf: Day, known: KnownMoment) async throws -> MinistryNumbers {
        try await counting.numbers(of: SharedCount.Question(asOf: asOf, known: known)) {
            let basis = try await basis(asOf: asOf, known: known)
            return try await numbers(on: basis)
                .with(renewing: try await renewalsUnderWay(on: basis))
        }
    }

    /// Counts everything of a basis, in one moment of the database.
    public func numbers(on basis: TallyBasis) async throws -> MinistryNumbers {
        try await read { reading in
            try await reading.expectManyRows()
            return try await reading.numbers(on: basis)
        }
    }
}
