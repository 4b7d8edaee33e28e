/// What an organization last said of somebody whose appointment of the year has ended.
public struct EndedRow: Sendable {
    public let applicationID: Int
    /// Digest of the particulars.
    public let digest: String
    /// 部署, as it was said with them.
    public let unit: String
    /// What was answered to questions that files of before did not ask.
    public let added: TextAnswers
    /// Whether the organization filed the application itself, and so may be told that the
    /// appointment ended.
    public let isOwn: Bool

    public init(
        applicationID: Int, digest: String, unit: String, added: TextAnswers, isOwn: Bool
    ) {
        self.applicationID = applicationID
        self.digest = digest
        self.unit = unit
        self.added = added
        self.isOwn = isOwn
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
