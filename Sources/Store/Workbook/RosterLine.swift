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
        "p.id AS entry_id", "t.true_from AS entry_from", "t.true_until AS entry_until",
        "t.end_reason AS entry_reason", "v.seen AS entry_seen", "b.token AS entry_badge",
    ]

    init(_ row: Row, _ context: SheetContext) throws {
        self.row = row
        id = try row.int("entry_id")
        term = Term(
            from: try row.day("entry_from"), until: try row.day("entry_until"),
            ended: EndReason(rawValue: try row.string("entry_reason")))
        state = term.state(on: context.basis.asOf)
        badge = try row.optionalString("entry_badge").map(context.verify)
        viewings = try row.optionalRead("entry_seen", Self.viewings) ?? [:]
    }

    /// Since when the appointment is in its state.
    var changedOn: Day {
        guard state != .active, let reason = term.endReason else { return term.from }
        return reason.firstDayWithout(after: term.until)
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
