/// A kind in which somebody is appointed.
public struct HeldKind: Hashable, Sendable {
    public let personID: Int
    public let kind: Kind

    public init(personID: Int, kind: Kind) {
        self.personID = personID
        self.kind = kind
    }
}
