public import Enrollment
internal import Postgres

/// A request for 資材, as it is known now.
public struct MaterialRecord: Sendable {
    /// 依頼番号.
    public let number: Int
    /// Of what is known of it: another one after every change.
    public let version: Int
    public let organizationID: Int
    public let organizationCode: String
    public let organizationName: String
    /// Nil where the organization asks for itself.
    public let place: BusinessPlacePath?
    public let placeName: String
    public let year: FiscalYear
    /// The number of the file with which it was asked for.
    public let fileNumber: String?
    public let askedOn: Day
    public let askedAt: Instant
    public let asker: ActorRecord
    public let order: MaterialOrder
    public let prefecture: String
    /// With the ward of a designated city.
    public let city: String
    /// Whether to whom it was addressed is known no more.
    public let isForgotten: Bool
    public let state: MaterialState
    public let sentOn: Day?
    public let returnedOn: Day?
    public let knownFrom: Instant
    /// Who said what is known.
    public let sayer: ActorRecord

    static let columns: SQL = """
        r.id AS number, r.organization_id, o.code AS organization_code, r.fiscal_year,
        coalesce((SELECT nullif(y.name, '') FROM organization_years y
                  WHERE y.organization_id = r.organization_id
                    AND y.fiscal_year = r.fiscal_year), o.name) AS organization_name,
        b.path, coalesce(b.name, '') AS place_name, r.asked_on, r.asked_at, r.asked_by AS asker,
        (SELECT p.number FROM group_files g JOIN plans p ON p.id = g.plan_id
         WHERE g.id = r.group_file_id) AS file_number,
        w.name AS asker_name, w.role AS asker_role, f.id AS version,
        f.sticker_count, f.nametag_count, f.material_count, f.postal_code, f.prefecture_code,
        f.municipality_code, f.ward, f.street, f.building, f.addressee, f.phone, f.is_forgotten,
        (SELECT e.name FROM prefectures e WHERE e.code = f.prefecture_code) AS prefecture,
        (SELECT m.name FROM municipalities m WHERE m.code = f.municipality_code) || f.ward AS city,
        f.state, f.sent_on, f.returned_on, f.known_from, f.said_by AS sayer,
        s.name AS sayer_name, s.role AS sayer_role
        """

    /// Of a request `r` and what is known of it, `f`.
    static let beside: SQL = """
        JOIN organizations o ON o.id = r.organization_id
        LEFT JOIN business_places b ON b.id = r.business_place_id
        LEFT JOIN accounts w ON w.id = r.asked_by_account
        LEFT JOIN accounts s ON s.id = f.said_by_account
        """

    init(_ row: Row) throws {
        number = try row.int("number")
        version = try row.int("version")
        organizationID = try row.int("organization_id")
        organizationCode = try row.string("organization_code")
        organizationName = try row.string("organization_name")
        place = try row.optionalPath("path")
        placeName = try row.string("place_name")
        year = try row.year("fiscal_year")
        fileNumber = try row.optionalString("file_number")
        askedOn = try row.day("asked_on")
        askedAt = try row.instant("asked_at")
        asker = try ActorRecord(row, "asker")
        order = try row.materialOrder()
        prefecture = try row.string("prefecture")
        city = try row.string("city")
        isForgotten = try row.bool("is_forgotten")
        state = try row.code("state")
        sentOn = try row.optionalDay("sent_on")
        returnedOn = try row.optionalDay("returned_on")
        knownFrom = try row.instant("known_from")
        sayer = try ActorRecord(row, "sayer")
    }

    public var scope: OrganizationScope { OrganizationScope(organizationID, at: place) }
}

extension Row {
    func materialCounts() throws -> MaterialCounts {
        MaterialCounts(
            stickers: try int("sticker_count"), nametags: try int("nametag_count"),
            materials: try int("material_count"))
    }

    fileprivate func materialOrder() throws -> MaterialOrder {
        MaterialOrder(
            try materialCounts(),
            to: ShippingAddress(
                Address(
                    postalCode: try string("postal_code"),
                    prefectureCode: try string("prefecture_code"),
                    municipalityCode: try string("municipality_code"), ward: try string("ward"),
                    street: try string("street")),
                building: try string("building"), addressee: try string("addressee"),
                phone: try string("phone")))
    }
}

/// Which requests for 資材 are meant.
public struct MaterialFilter: Sendable {
    public enum Order: Sendable { case newestFirst, oldestFirst }

    /// Nil for all years: what waits at the end of one is not forgotten in the next.
    public var year: FiscalYear?
    /// Nil for all organizations.
    public var scope: OrganizationScope?
    public var organizationID: Int?
    public var state: MaterialState?
    public var order = Order.oldestFirst
    /// The request before the first one; nil for the beginning.
    public var after: Int?
    public var limit = 100

    public init(year: FiscalYear? = nil) { self.year = year }
}

/// What waits of an organization, or was said of it in another state.
public struct MaterialSum: Sendable {
    public let organizationID: Int
    public let code: String
    public let name: String
    public let requests: Int
    public let counts: MaterialCounts
    /// When the oldest was asked for.
    public let since: Day
}

/// 発送: what the office said by one act.
public struct ShippingAct: Sendable {
    public let at: Instant
    public let sentOn: Day
    public let requests: Int
    public let actor: ActorRecord
}

/// A 事業所, or the organization itself, with its people of a year and what was asked for it so far.
public struct MaterialNeed: Sendable {
    /// Nil for the organization itself.
    public let place: BusinessPlacePath?
    public let name: String
    /// Who have not left and stand just there, and not below.
    public let people: Int
    /// Of all requests but those that were withdrawn.
    public let asked: MaterialCounts
    /// Where the last one goes to.
    public let last: MaterialRecord?
}
