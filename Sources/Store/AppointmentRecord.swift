public import Enrollment
internal import Postgres

/// An appointment as a page shows it.
public struct AppointmentRecord: Sendable {
    public let number: String
    /// 委員番号 of the person.
    public let memberNumber: String
    public let kind: Kind
    public let term: Term
}

extension ReadStore {
    /// The appointment that came of an application.
    public func appointment(ofApplication id: Int) async throws -> AppointmentRecord? {
        try await rows(
            """
            SELECT a.number, p.member_number, a.kind, t.true_from, t.ends_on, t.end_reason
            FROM appointments a JOIN people p ON p.id = a.person_id
            JOIN appointment_terms t ON t.appointment_id = a.id AND t.known_until = 'infinity'
            WHERE a.application_id = \(id)
            """
        ).first.map {
            AppointmentRecord(
                number: try $0.string("number"),
                memberNumber: try $0.optionalString("member_number") ?? "",
                kind: try $0.code("kind"), term: try $0.term())
        }
    }
}
