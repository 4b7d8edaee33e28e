internal import Enrollment
internal import Postgres

/// An appointment of 任命者名簿, as it stood on the day of the basis.
struct RosterLine: AnsweredLine, Sendable {
    let row: Row
    let id: Int
    let term: Term
    let state: AppointmentState
    /// Where its badge can be looked at.
    let badge: String?
    /// The best evidence of each video that was watched, by the video's number.
    let viewings: [Int: (viewedOn: Day, grade: EvidenceGrade)]

    static let needs: [SQL] = [
        "p.id AS entry_id", "t.true_from", "t.ends_on", "t.end_reason",
        "coalesce(v.slots, '{}') AS entry_slots", "coalesce(v.days, '{}') AS entry_days",
        "coalesce(v.grades, '{}') AS entry_grades", "b.token AS entry_badge",
    ]

    init(_ row: Row, _ context: SheetContext) throws {
        self.row = row
        id = try row.int("entry_id")
        term = try row.term()
        state = term.state(on: context.basis.asOf)
        badge = try row.optionalString("entry_badge").map(context.verify)
        viewings = try Self.viewings(row)
    }

    /// Since when the appointment is in its state.
    var changedOn: Day {
        state == .active || term.endReason == nil ? term.from : term.endsOn
    }

    private static func viewings(
        _ row: Row
    ) throws -> [Int: (viewedOn: Day, grade: EvidenceGrade)] {
        let seen = try row.viewings("entry_slots", "entry_days")
        let grades = try row.array("entry_grades") { EvidenceGrade(rawValue: $0) }
        guard seen.count == grades.count else { throw CorruptRow(column: "entry_grades") }
        var found: [Int: (viewedOn: Day, grade: EvidenceGrade)] = [:]
        for (viewing, grade) in zip(seen, grades) {
            found[viewing.slot] = (viewing.viewedOn, grade)
        }
        return found
    }
}
