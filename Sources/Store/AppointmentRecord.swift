public import Enrollment
internal import Postgres

/// An appointment as a page shows it.
public struct AppointmentRecord: Sendable {
    public let number: String
    /// 委員番号 of the person.
    public let memberNumber: String
    public let kind: Kind
    public let term: Term
    /// Since when the term is known to be so.
    public let knownFrom: Instant
    /// Of the ministry's decision.
    public let decidedOn: Day
}

extension ReadStore {
    /// The appointment that came of an application; none that a whole plan's undo took back.
    public func appointment(ofApplication id: Int) async throws -> AppointmentRecord? {
        try await rows(
            """
            SELECT a.number, p.member_number, a.kind, a.decided_on, t.true_from, t.ends_on,
                   t.end_reason, t.known_from
            FROM appointments a JOIN people p ON p.id = a.person_id
            JOIN appointment_terms t ON t.appointment_id = a.id AND t.known_until = 'infinity'
            WHERE a.application_id = \(id) AND a.undone_by IS NULL
            """
        ).first.map {
            AppointmentRecord(
                number: try $0.string("number"),
                memberNumber: try $0.optionalString("member_number") ?? "",
                kind: try $0.code("kind"), term: try $0.term(),
                knownFrom: try $0.instant("known_from"), decidedOn: try $0.day("decided_on"))
        }
    }
}
