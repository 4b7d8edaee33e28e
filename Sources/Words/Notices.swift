public import Enrollment

/// What a letter of appointment tells.
public struct AppointmentNotice: Sendable {
    let number: String
    let receipt: String
    let name: String
    let kind: Kind
    let first: Day
    let last: Day
    /// The badge's token; nil where there is none.
    let badge: String?

    public init(
        _ number: String, receipt: String, name: String, kind: Kind, from first: Day,
        until last: Day, badge: String?
    ) {
        self.number = number
        self.receipt = receipt
        self.name = name
        self.kind = kind
        self.first = first
        self.last = last
        self.badge = badge
    }
}

/// What whoever is not renewed is told.
public struct NotRenewedNotice: Sendable {
    let name: String
    let kind: Kind
    let outcome: Renewal.Outcome
    /// Titles of the videos that they have not watched.
    let videos: [String]
    /// The last day of the appointment that ends.
    let last: Day
    /// Until when the gap can be closed.
    let until: Day

    public init(
        _ name: String, kind: Kind, outcome: Renewal.Outcome, missing videos: [String], last: Day,
        until: Day
    ) {
        self.name = name
        self.kind = kind
        self.outcome = outcome
        self.videos = videos
        self.last = last
        self.until = until
    }
}
