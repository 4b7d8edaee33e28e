/// What an organization last said of somebody whose appointment of the year has ended, or who has
/// taken their application back.
public struct EndedRow: Sendable {
    public let applicationID: Int
    /// Digest of the particulars.
    public let digest: String
    /// 部署, as it was said with them.
    public let unit: String
    /// What was answered to questions that files of before did not ask.
    public let added: TextAnswers
    /// Whether whoever sends the row may be told how it ended: the organization filed the
    /// application itself, and they look after the person.
    public let isOwn: Bool
    /// Whether it was taken back before anybody was appointed by it.
    public let isWithdrawn: Bool

    /// What the organization is told of a row that says the same again.
    var notice: ProblemCode? {
        isOwn ? (isWithdrawn ? .applicationWithdrawn : .appointmentEnded) : nil
    }

    public init(
        applicationID: Int, digest: String, unit: String, added: TextAnswers,
        told: (isOwn: Bool, isWithdrawn: Bool)
    ) {
        self.applicationID = applicationID
        self.digest = digest
        self.unit = unit
        self.added = added
        (isOwn, isWithdrawn) = told
    }

    /// Whether a row says of the person what was said before. 部署 does not count: it changes every
    /// July for everybody, and who has resigned does not apply by that; nor do they by a file that
    /// leaves out a question which the one before asked. `digest` is what `self.digest` was made
    /// by.
    public func isSaidAgain(
        by application: Application, digest: (_ content: String) -> String
    ) -> Bool {
        [
            application.content, application.content(inUnit: unit),
            application.content(inUnit: application.unit, leftOut: added),
            application.content(inUnit: unit, leftOut: added),
        ].contains { self.digest == digest($0) }
    }
}
