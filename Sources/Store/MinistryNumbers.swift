public import Enrollment

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

    /// What sheets count besides, each by a key of its own, by the word of 件数照合.
    private(set) var sums: [String: [TallyKey: Tally]] = [:]

    public func with(renewing: [Kind: Int]) -> MinistryNumbers {
        var numbers = self
        numbers.renewing = renewing
        return numbers
    }

    public func with(sums: [String: [TallyKey: Tally]]) -> MinistryNumbers {
        var numbers = self
        numbers.sums = sums
        return numbers
    }

    /// How many lines the roster has: the appointments of the basis's year.
    public var rosterCount: Int {
        Kind.allCases.reduce(0) { $0 + total(basis.year, $1).appointed }
    }

    public func total(_ year: FiscalYear, _ kind: Kind) -> Tally {
        totals[TallyKey(year, "", kind)] ?? Tally()
    }

    /// 件数照合: each sum over organizations, groups, prefectures and whatever sheets count beside the
    /// total, and the last month beside the active. Empty when everything adds up.
    public var differences: [String] {
        let sums =
            [("団体別", organizations), ("団体グループ別", groups), ("都道府県別", prefectures)]
            + self.sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
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

extension ReadStore {
    /// Counts everything of a basis, in the moment of the database that this is.
    public func numbers(on basis: TallyBasis) async throws -> MinistryNumbers {
        let tallies = try await self.tallies(on: basis)
        let totals = tallies[.all] ?? [:]
        let years = Set(totals.keys.map(\.year)).union([basis.year]).sorted()
        var organizations = tallies[.organization] ?? [:]
        for (key, count) in try await secondaryCounts(on: basis) {
            organizations[key, default: Tally()].secondary = count
        }
        var countedOrganizations: [FiscalYear: [CountedOrganization]] = [:]
        for year in years {
            countedOrganizations[year] = try await self.countedOrganizations(in: year, on: basis)
        }
        let months = try await self.months(on: basis)
        return MinistryNumbers(
            basis: basis, years: years, totals: withAllAppointments(totals, years),
            organizations: organizations,
            groups: tallies[.group] ?? [:],
            prefectures: tallies[.prefecture] ?? [:],
            months: Kind.allCases.flatMap { kind in
                let ours = months.filter { $0.0.kind == kind }
                return MonthTally.accumulated(ours.map(\.0), first: ours.map(\.newcomers))
            }, countedOrganizations: countedOrganizations,
            groupNames: try await organizationGroups(),
            prefectureNames: try await prefectures())
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
