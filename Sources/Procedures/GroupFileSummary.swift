public import Enrollment
public import Store

/// A file with what sending it would do, and what sending it has done.
public struct GroupFileSummary: Sendable {
    public let file: GroupFileRecord
    /// Made again from the file by itself: what is known of its people is in `file.counts`.
    public let plan: GroupPlan
    /// That the same file was applied before (W414), while this one is not.
    public let sentBefore: [Problem]
    /// Rows that sending the file would send, joining ones among them.
    public let fitRows: Set<Int>
    /// Rows about people whom the organization has sent before, by what is told of them.
    public let noticed: [ProblemCode: [Int]]
    /// Rows that wait for the office's word, or have it.
    public let doubts: [DoubtRecord]
    /// Empty before the file is applied.
    public let done: [LineResult: Int]
    /// The file is of a fiscal year that is over, and can no longer be sent.
    public let isPast: Bool
    /// Its bytes are past their lifetime: of its rows only the counts are known, `plan` has none.
    public let isForgotten: Bool

    /// Rows that name somebody a second time (E301): told, and not sent.
    public var repeated: [GroupPlan.Line] { plan.lines.filter { $0.outcome == .repeated } }

    /// How many people sending concerns: those who are new to the roster, and other particulars.
    public var ready: Int { newcomers + self[.changed] }

    /// How many of those whom sending concerns want a badge.
    public var wishes: Int {
        plan.lines.indices.count { index in
            fitRows.contains(plan.lines[index].row)
                && plan.lines[index].application?.choices.wantsBadge ?? false
        }
    }

    /// Rows that wait until the office says whether they are somebody else.
    public var held: Int { self[.held] }

    /// How many of the file's rows name somebody a second time, by themselves or by the office's
    /// word.
    public var repeatedCount: Int { self[.repeated] }

    /// How many come new to the organization's roster.
    /// They include those who join it besides another: nothing is said of applications elsewhere.
    public var newcomers: Int { self[.new] + self[.joins] }

    /// How many lines came to that.
    public func done(_ word: LineResult) -> Int { done[word] ?? 0 }

    public subscript(_ outcome: GroupPlan.Outcome) -> Int { file.counts[outcome] ?? 0 }
}

extension Office {
    public func outlook(of file: GroupFileRecord) async throws -> GroupFileSummary {
        let isKept = try await reading.hasOriginal(of: file.id)
        return GroupFileSummary(
            file: file,
            plan: isKept ? try await planAgain(file.number) : try await planWithoutRows(file),
            sentBefore: file.state == .applied ? [] : try await sentBefore(file.number),
            fitRows: try await reading.fitRows(of: file.id),
            noticed: try await reading.rows(
                of: file.id,
                noticed: [.rowLooksRepeated, .differencesBecomeAProposal, .appointmentEnded]),
            doubts: try await reading.doubts(of: file.id, limit: 100),
            done: try await reading.linesDone(of: file.id), isPast: file.year < year,
            isForgotten: !isKept)
    }

    private func planWithoutRows(_ file: GroupFileRecord) async throws -> GroupPlan {
        guard let rules = try await rules(of: file.year),
            let body = rules.organizations.first(where: { $0.id == file.organizationID })
        else { throw Refusal.notFound }
        return GroupPlan([], of: body, on: file.plannedOn, under: rules)
    }
}
