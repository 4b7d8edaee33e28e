public import Enrollment
internal import Postgres

extension BusinessPlace {
    init(_ row: Row) throws {
        self.init(
            id: try row.int("id"), path: try row.path("path"), name: try row.string("name"),
            opensOn: try row.day("opens_on"), endsOn: try row.optionalDay("ends_on"))
    }

    static let columns: SQL = """
        b.id, b.path, b.name, b.opens_on, nullif(b.ends_on, 'infinity') AS ends_on
        """
}

extension Row {
    fileprivate func path(_ column: String) throws -> BusinessPlacePath {
        try read(column) { BusinessPlacePath($0) }
    }

    /// Nil for no 事業所.
    func optionalPath(_ column: String) throws -> BusinessPlacePath? {
        try optionalRead(column) { BusinessPlacePath($0) }
    }
}

extension OrganizationScope {
    /// Whether the 事業所 that a row names by `business_place_id` is within it; of the organization
    /// itself the row is chosen already.
    func covers(_ row: SQL) -> SQL {
        guard let place else { return "true" }
        let path = place.description
        return """
            EXISTS (SELECT FROM business_places within
                    WHERE within.id = \(row).business_place_id
                      AND within.organization_id = \(organizationID)
                      AND (within.path = \(path) OR starts_with(within.path, \(path + "/"))))
            """
    }
}

extension ReadStore {
    /// The 事業所 of an organization, those that have ended too, each behind the one above it.
    public func businessPlaces(of organizationID: Int) async throws -> [BusinessPlace] {
        try await rows(
            """
            SELECT \(BusinessPlace.columns) FROM business_places b
            WHERE b.organization_id = \(organizationID)
            ORDER BY string_to_array(b.path, '/')
            """
        ).map { try BusinessPlace($0) }
    }
}

extension WriteTransaction {
    /// A 事業所 that nobody changes until the end of the transaction; nil when there is none.
    public func lockBusinessPlace(
        _ path: BusinessPlacePath, of organizationID: Int
    ) async throws -> BusinessPlace? {
        try await rows(
            """
            SELECT \(BusinessPlace.columns) FROM business_places b
            WHERE b.organization_id = \(organizationID) AND b.path = \(path.description) FOR UPDATE
            """
        ).first.map { try BusinessPlace($0) }
    }

    /// Adds a 事業所; false where there is one of the path, or of the name beside it.
    public func addBusinessPlace(
        _ path: BusinessPlacePath, named name: String, of organizationID: Int, from day: Day
    ) async throws -> Bool {
        try await !rows(
            """
            INSERT INTO business_places (organization_id, path, parent_path, code, name, opens_on)
            VALUES (\(organizationID), \(path.description), \(path.parent?.description),
                    \(path.code), \(name), \(day)::date)
            ON CONFLICT DO NOTHING RETURNING id
            """
        ).isEmpty
    }

    /// Gives a 事業所 another name; false where one beside it has that.
    public func rename(_ place: BusinessPlace, to name: String) async throws -> Bool {
        try await !rows(
            """
            UPDATE business_places b SET name = \(name)
            WHERE b.id = \(place.id) AND NOT EXISTS (
                SELECT FROM business_places other
                WHERE other.organization_id = b.organization_id AND other.name = \(name)
                  AND other.parent_path IS NOT DISTINCT FROM b.parent_path AND other.id <> b.id)
            RETURNING id
            """
        ).isEmpty
    }

    /// From a day on it is there no more; nil takes that back.
    public func end(_ place: BusinessPlace, on day: Day?) async throws {
        try await execute(
            """
            UPDATE business_places SET ends_on = coalesce(\(day)::date, 'infinity')
            WHERE id = \(place.id)
            """)
    }
}
