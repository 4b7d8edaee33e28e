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
        "p.id AS entry_id", "t.true_from", "t.ends_on", "t.end_reason", "v.seen AS entry_seen",
        "b.token AS entry_badge",
    ]

    init(_ row: Row, _ context: SheetContext) throws {
        self.row = row
        id = try row.int("entry_id")
        term = try row.term()
        state = term.state(on: context.basis.asOf)
        badge = try row.optionalString("entry_badge").map(context.verify)
        viewings = try row.optionalRead("entry_seen", Self.viewings) ?? [:]
    }

    /// Since when the appointment is in its state.
    var changedOn: Day {
        state == .active || term.endReason == nil ? term.from : term.endsOn
    }

    private static func viewings(_ text: String) -> [Int: (viewedOn: Day, grade: EvidenceGrade)]? {
        var found: [Int: (viewedOn: Day, grade: EvidenceGrade)] = [:]
        for part in text.split(separator: ",") {
            let halves = part.split(separator: ":").map(String.init)
            guard halves.count == 3, let slot = Int(halves[0]), let day = Day(halves[1]),
                let grade = EvidenceGrade(rawValue: halves[2])
            else { return nil }
            found[slot] = (day, grade)
        }
        return found
    }
}
