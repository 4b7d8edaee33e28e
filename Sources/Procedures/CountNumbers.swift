public import Enrollment
public import Store

/// 集計. Every count of one basis: what the ministry's page shows and its workbook holds.
public struct MinistryNumbers: Sendable {
    public let basis: TallyBasis
    /// The fiscal years counted, oldest first; the last one is the basis's.
    public let years: [FiscalYear]
    public let totals: [TallyKey: Tally]
    public let organizations: [TallyKey: Tally]
    public let groups: [TallyKey: Tally]
    public let prefectures: [TallyKey: Tally]
    public let months: [MonthTally]
    /// The organizations of each year, in the order of their groups.
    public let countedOrganizations: [FiscalYear: [CountedOrganization]]
    public let groupNames: [(code: String, name: String)]
    public let prefectureNames: [(code: String, name: String)]
    /// Those who are not counted yet, because their renewal to the basis's year is under way
    /// (更新の手続中): as it is now, and only where a page asks for the numbers.
    public private(set) var renewing: [Kind: Int] = [:]

    func with(renewing: [Kind: Int]) -> MinistryNumbers {
        var numbers = self
        numbers.renewing = renewing
        return numbers
    }

    /// How many lines the roster has: the appointments of the basis's year.
    var rosterCount: Int {
        Kind.allCases.reduce(0) { $0 + total(basis.year, $1).appointed }
    }

    public func total(_ year: FiscalYear, _ kind: Kind) -> Tally {
        totals[TallyKey(year, "", kind)] ?? Tally()
    }

    /// 件数照合: each sum over organizations, groups and prefectures beside the total, and the last
    /// month beside the active. Empty when everything adds up.
    public var differences: [String] {
        let sums = [("団体別", organizations), ("団体グループ別", groups), ("都道府県別", prefectures)]
        var found: [String] = []
        for year in years {
            for kind in Kind.allCases {
                let total = total(year, kind)
                for (name, tallies) in sums {
                    let parts = tallies.filter { $0.key.year == year && $0.key.kind == kind }.values
                    for measure in Tally.additive {
                        let sum = parts.reduce(0) { $0 + $1[keyPath: measure.value] }
                        if sum != total[keyPath: measure.value] {
                            found.append("\(year.startYear) \(kind.code) \(name) \(measure.name)")
                        }
                    }
                }
            }
        }
        for kind in Kind.allCases {
            let last = months.last { $0.kind == kind }
            if let last, last.active != total(basis.year, kind).active {
                found.append("\(last.month) \(kind.code) 月末現任者数")
            }
        }
        return found
    }
}

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
            return try await numbers(on: basis, reading)
        }
    }

    func numbers(on basis: TallyBasis, _ reading: ReadStore) async throws -> MinistryNumbers {
        let tallies = try await reading.tallies(on: basis)
        let totals = tallies[.all] ?? [:]
        let years = Set(totals.keys.map(\.year)).union([basis.year]).sorted()
        var organizations = tallies[.organization] ?? [:]
        for (key, count) in try await reading.secondaryCounts(on: basis) {
            organizations[key, default: Tally()].secondary = count
        }
        var countedOrganizations: [FiscalYear: [CountedOrganization]] = [:]
        for year in years {
            countedOrganizations[year] = try await reading.countedOrganizations(in: year, on: basis)
        }
        let months = try await reading.months(on: basis)
        return MinistryNumbers(
            basis: basis, years: years, totals: withAllAppointments(totals, years),
            organizations: organizations,
            groups: tallies[.group] ?? [:],
            prefectures: tallies[.prefecture] ?? [:],
            months: Kind.allCases.flatMap { kind in
                let ours = months.filter { $0.0.kind == kind }
                return MonthTally.accumulated(ours.map(\.0), first: ours.map(\.newcomers))
            }, countedOrganizations: countedOrganizations,
            groupNames: try await reading.organizationGroups(),
            prefectureNames: try await reading.prefectures())
    }

    /// 通算延べ数: the appointments of the year and of all before it.
    private func withAllAppointments(
        _ totals: [TallyKey: Tally], _ years: [FiscalYear]
    ) -> [TallyKey: Tally] {
        var filled = totals
        for kind in Kind.allCases {
            var sum = 0
            for year in years {
                sum += totals[TallyKey(year, "", kind)]?.appointed ?? 0
                filled[TallyKey(year, "", kind), default: Tally()].everAppointments = sum
            }
        }
        return filled
    }
}
