/// What an organization last said of somebody whose appointment of the year has ended.
public struct EndedRow: Sendable {
    public let applicationID: Int
    /// Digest of the particulars.
    public let digest: String
    /// 部署, as it was said with them.
    public let unit: String
    /// Whether the organization filed the application itself, and so may be told that the
    /// appointment ended.
    public let isOwn: Bool

    public init(applicationID: Int, digest: String, unit: String, isOwn: Bool) {
        self.applicationID = applicationID
        self.digest = digest
        self.unit = unit
        self.isOwn = isOwn
    }

    /// Whether a row says of the person what was said before. 部署 does not count: it changes every
    /// July for everybody, and who has resigned does not apply by that. `digest` is what
    /// `self.digest` was made by.
    public func isSaidAgain(
        by application: Application, digest: (_ content: String) -> String
    ) -> Bool {
        self.digest == digest(application.content)
            || self.digest == digest(application.content(inUnit: unit))
    }
}
