public import Enrollment
public import Store

/// A file with what sending it would do, and what sending it has done. All of it is kept: the file
/// is not read for it.
public struct GroupFileSummary: Sendable {
    /// Lines of which one thing is said: the first of them, and the rows of all others.
    public struct Lines: Sendable {
        public let shown: [NoticedLine]
        public let rest: [Int]

        public var count: Int { shown.count + rest.count }
    }

    public let file: GroupFileRecord
    /// Of the file as a whole.
    public let findings: GroupFileFindings
    /// That the same file was applied before (W414), while this one is not.
    public let sentBefore: [Problem]
    /// What is said of its rows, by cause; without examples where the file is forgotten.
    public let causes: [PlanCause]
    /// Rows that name somebody a second time (E301): told, and not sent.
    public let repeated: Lines
    /// Rows that wait until the office says whether they are somebody else (W302, W311).
    public let doubted: Lines
    /// What is asked of the rows that wait for the office's word, or have it: the first hundred.
    public let doubts: [DoubtRecord]
    /// How many there are of that.
    public let doubtCount: Int
    /// How many rows still wait for it.
    public let waitingRows: Int
    /// Empty before the file is applied.
    public let done: [LineResult: Int]
    /// Whether it can be taken back, and what of it was.
    public let undo: UndoOutlook
    /// The file is of a fiscal year that is over, and can no longer be sent.
    public let isPast: Bool

    /// Its bytes are past their lifetime: of its rows only counts and codes are known.
    public var isForgotten: Bool { findings.isForgotten }

    /// How many people sending concerns: those who are new to the roster, and other particulars.
    public var ready: Int { newcomers + self[.changed] }

    /// How many of those whom sending concerns want a badge.
    public var wishes: Int { file.badgeCount }

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
    /// What the page of a file says: counted by the database, and read of the lines that are shown.
    public func outlook(of file: GroupFileRecord) async throws -> GroupFileSummary {
        let findings = try await reading.findings(of: file.id)
        let found = try await reading.problemRows(of: file.id)
        let causes = PlanCause.all(of: found, calledBy: findings.headings)
        func rows(_ code: ProblemCode) -> [Int] { found.first { $0.code == code }?.rows ?? [] }
        let repeated = rows(.rowRepeated)
        let doubted = ProblemCode.ofDoubt.flatMap(rows).sorted()
        let shown = causes.flatMap(\.exampleRows) + repeated.prefix(100) + doubted.prefix(20)
        let lines =
            findings.isForgotten
            ? [:] : try await reading.noticedLines(of: file.id, rows: Array(Set(shown)))
        func listed(_ rows: [Int], _ count: Int) -> GroupFileSummary.Lines {
            GroupFileSummary.Lines(
                shown: rows.prefix(count).compactMap { lines[$0] },
                rest: Array(rows.dropFirst(findings.isForgotten ? 0 : count)))
        }
        return GroupFileSummary(
            file: file, findings: findings,
            sentBefore: file.state == .applied ? [] : try await sentBefore(file.number),
            causes: causes.map { $0.illustrated(by: lines, calledBy: findings.headings) },
            repeated: listed(repeated, 100), doubted: listed(doubted, 20),
            doubts: try await reading.doubts(of: file.id, limit: 100),
            doubtCount: try await reading.doubtCount(of: file.id),
            waitingRows: try await reading.waitingRows(of: file.id),
            done: try await reading.linesDone(of: file.id),
            undo: try await undoOutlook(of: file), isPast: file.year < year)
    }
}
