public import Enrollment
internal import Postgres

/// A request for 資材 that is to be kept.
public struct NewMaterialRequest: Sendable {
    public let organizationID: Int
    /// 事業所; nil for the organization itself.
    public let placeID: Int?
    public let year: FiscalYear
    /// The file with which it is asked for.
    public let fileID: Int?
    /// The form that was sent.
    public let onceKey: String
    public let order: MaterialOrder

    public init(
        _ order: MaterialOrder, of organizationID: Int, at placeID: Int?, in year: FiscalYear,
        onceKey: String, withFile fileID: Int? = nil
    ) {
        self.order = order
        self.organizationID = organizationID
        self.placeID = placeID
        self.year = year
        self.onceKey = onceKey
        self.fileID = fileID
    }
}

extension WriteTransaction {
    /// Keeps a request, which waits from now on. Gives its number; nil where the form has asked for
    /// it already.
    public func ask(
        _ new: NewMaterialRequest, at moment: WriteStamp
    ) async throws -> Int? {
        let kept = try await rows(
            """
            INSERT INTO material_requests (organization_id, business_place_id, fiscal_year,
                group_file_id, once_key, asked_on, asked_by, asked_at)
            VALUES (\(new.organizationID), \(new.placeID), \(new.year), \(new.fileID),
                    \(new.onceKey), \(moment.day)::date, \(moment.actor), \(moment.now))
            ON CONFLICT (organization_id, once_key) DO NOTHING RETURNING id
            """
        ).first.map { try $0.int("id") }
        guard let kept else { return nil }
        try await say(new.order, of: kept, at: moment)
        return kept
    }

    /// Requests that nobody else changes until the end of the transaction, in the order of their
    /// numbers.
    public func hold(materials numbers: [Int]) async throws -> [MaterialRecord] {
        try await execute(
            """
            SELECT id FROM material_requests WHERE id = ANY(\(numbers)::bigint[])
            ORDER BY id FOR UPDATE
            """)
        return try await reading.materials(numbered: numbers)
    }

    /// Another order in the place of what is known; it waits. The request is held.
    public func correct(
        _ record: MaterialRecord, to order: MaterialOrder, at moment: WriteStamp
    ) async throws {
        try await execute(
            """
            UPDATE material_facts SET known_until = \(moment.now)
            WHERE id = \(record.version) AND known_until = 'infinity'
            """)
        try await say(order, of: record.number, at: moment)
    }

    /// They are in another state now, with the days of it. The requests are held.
    public func move(
        materials: [MaterialRecord], to state: MaterialState, sentOn: Day? = nil,
        returnedOn: Day? = nil, at moment: WriteStamp
    ) async throws {
        try await execute(
            """
            WITH closed AS (
                UPDATE material_facts f SET known_until = \(moment.now)
                WHERE f.id = ANY(\(materials.map(\.version))::bigint[])
                  AND f.known_until = 'infinity'
                RETURNING f.*)
            INSERT INTO material_facts (request_id, sticker_count, nametag_count, material_count,
                postal_code, prefecture_code, municipality_code, ward, street, building, addressee,
                phone, is_forgotten, state, sent_on, returned_on, said_by, known_from)
            SELECT c.request_id, c.sticker_count, c.nametag_count, c.material_count,
                c.postal_code, c.prefecture_code, c.municipality_code, c.ward, c.street, c.building,
                c.addressee, c.phone, c.is_forgotten, \(state), \(sentOn)::date,
                \(returnedOn)::date, \(moment.actor), \(moment.now)::timestamptz
            FROM closed c ORDER BY c.request_id
            """)
    }

    private func say(
        _ order: MaterialOrder, of request: Int, at moment: WriteStamp
    ) async throws {
        let (counts, address) = (order.counts, order.address)
        let place = address.place
        try await execute(
            """
            INSERT INTO material_facts (request_id, sticker_count, nametag_count, material_count,
                postal_code, prefecture_code, municipality_code, ward, street, building, addressee,
                phone, state, said_by, known_from)
            VALUES (\(request), \(counts.stickers), \(counts.nametags), \(counts.materials),
                \(place.postalCode), \(place.prefectureCode), \(place.municipalityCode),
                \(place.ward), \(place.street), \(address.building), \(address.addressee),
                \(address.phone), 'waiting', \(moment.actor), \(moment.now))
            """)
    }
}
