public import Enrollment
internal import Postgres

/// How the service calls itself as far as the reference data says; nil for what it does not.
public struct ServiceNames: Sendable, Equatable {
    public let issuer: String?
    public let phone: String?

    public init(issuer: String?, phone: String?) {
        self.issuer = issuer
        self.phone = phone
    }
}

extension ReadStore {
    /// The names as of a fiscal year: the telephone of that year, or of the last one before it.
    public func serviceNames(in year: FiscalYear) async throws -> ServiceNames {
        let row = try await rows(
            """
            SELECT (SELECT nullif(value, '') FROM service_settings WHERE name = 'issuer') AS issuer,
                   (SELECT nullif(inquiry_phone, '') FROM fiscal_years
                    WHERE start_year <= \(year) ORDER BY start_year DESC LIMIT 1) AS phone
            """)[0]
        return ServiceNames(
            issuer: try row.optionalString("issuer"), phone: try row.optionalString("phone"))
    }
}
