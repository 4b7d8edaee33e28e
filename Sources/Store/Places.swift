internal import Enrollment
internal import Postgres

extension ReadStore {
    /// 都道府県, 市区町村, 行政区 and 郵便番号: what an address is compared with.
    func gazetteer() async throws -> Gazetteer {
        let prefectures = try await rows("SELECT code, name FROM prefectures ORDER BY code").map {
            Gazetteer.Prefecture(code: try $0.string("code"), name: try $0.string("name"))
        }
        let municipalities = try await rows(
            """
            /* whole list */ SELECT code, prefecture_code, county, name FROM municipalities
            ORDER BY code
            """
        ).map {
            Gazetteer.Municipality(
                code: try $0.string("code"), prefectureCode: try $0.string("prefecture_code"),
                county: try $0.string("county"), name: try $0.string("name"))
        }
        return Gazetteer(
            prefectures: prefectures, municipalities: municipalities, wards: try await wards(),
            postalCodes: try await postalCodes())
    }

    private func wards() async throws -> [Gazetteer.Ward] {
        try await rows("SELECT code, municipality_code, name, ended_on FROM wards ORDER BY code")
            .map {
                Gazetteer.Ward(
                    code: try $0.string("code"),
                    municipalityCode: try $0.string("municipality_code"),
                    name: try $0.string("name"), endedOn: try $0.optionalDay("ended_on"))
            }
    }

    private func postalCodes() async throws -> PostalCodes {
        PostalCodes(
            areas: try await rows("/* whole list */ SELECT area, places FROM postal_areas").map {
                (area: try $0.string("area"), places: try $0.string("places"))
            })
    }
}

extension WriteTransaction {
    public func loadPostalAreas(_ t: ReferenceTable) async throws {
        try await execute(
            """
            INSERT INTO postal_areas (area, places)
            SELECT * FROM unnest(\(t["area"])::text[], \(t["places"])::text[])
            ON CONFLICT (area) DO UPDATE SET places = excluded.places
            """)
    }

    public func loadWards(_ t: ReferenceTable) async throws {
        try await execute(
            """
            INSERT INTO wards (code, municipality_code, name, ended_on)
            SELECT code, city, name, nullif(ended, '')::date
            FROM unnest(\(t["code"])::text[], \(t["municipality_code"])::text[],
                        \(t["name"])::text[], \(t["ended_on"])::text[])
                 AS f(code, city, name, ended)
            ON CONFLICT (code) DO UPDATE SET municipality_code = excluded.municipality_code,
                name = excluded.name, ended_on = excluded.ended_on
            """)
    }
}
