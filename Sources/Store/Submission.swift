public import Enrollment

/// An application on its way into the tables, with what a procedure adds to it.
public struct Submission: Sendable {
    public let application: Application
    public let route: ApplicationRoute
    public let state: ApplicationState
    public let receipt: ReceiptNumber
    public let onceKey: String
    /// Digest of `Application.content`.
    public let digest: String
    public let grade: EvidenceGrade
    /// Who gave the consents and who recorded the viewings: the person or the agent.
    public let givenBy: ConsentGiver
    /// The organization whose file it comes from; nil where the person applies.
    public var submittedBy: Int? { route == .group ? application.organizationID : nil }
    public var personID: Int?
    /// The 事業所 of whoever sent the file, where a newcomer stands whose row names none.
    public var senderPlaceID: Int?
    public var mergedInto: Int?
    /// The receipt number of what it is merged into.
    public var firstReceipt: String?

    /// In which state it enters the tables.
    var firstState: ApplicationState { mergedInto == nil ? state : .merged }

    /// Where somebody stands of whom the organization has said nothing before.
    var firstPlaceID: Int? { placeID(elseAt: senderPlaceID) }

    /// Where they stand now who stood at `known` before.
    func placeID(elseAt known: Int?) -> Int? {
        switch application.businessPlace {
        case .unsaid: known
        case .wholeOrganization: nil
        case .at(let place): place.id
        }
    }

    public init(
        _ application: Application, by route: ApplicationRoute, receipt: ReceiptNumber,
        onceKey: String, digest: String, grade: EvidenceGrade
    ) {
        self.application = application
        self.route = route
        state = .submitted
        self.receipt = receipt
        self.onceKey = onceKey
        self.digest = digest
        self.grade = grade
        givenBy = route == .group ? .coordinator : .person
    }
}

public enum ConsentGiver: String, CaseIterable, Sendable { case person, coordinator }
