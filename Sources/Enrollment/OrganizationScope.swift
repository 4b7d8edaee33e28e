/// What of an organization somebody looks after: all of it, or one 事業所 with what stands below it.
/// Wherever rights are compared, they are compared by this.
public struct OrganizationScope: Hashable, Sendable {
    public let organizationID: Int
    /// Nil for the whole organization.
    public let place: BusinessPlacePath?

    public init(_ organizationID: Int, at place: BusinessPlacePath? = nil) {
        self.organizationID = organizationID
        self.place = place
    }

    public var isWholeOrganization: Bool { place == nil }

    /// Whether what is kept at a 事業所 of the same organization is within it; what is kept at none
    /// belongs to the whole.
    public func contains(_ other: BusinessPlacePath?) -> Bool {
        guard let place else { return true }
        return other.map(place.contains) ?? false
    }

    /// Whether all of another is within it.
    public func contains(_ other: OrganizationScope) -> Bool {
        organizationID == other.organizationID && contains(other.place)
    }
}
