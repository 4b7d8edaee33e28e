import Enrollment
import Postgres
import Store
import TestSupport
import Testing

@Suite struct LiveApplicationTests {
    /// What one organization said is not told of another, also where the one says nothing.
    @Test func eachOrganizationKeepsItsOwnDigestAndPlace() async throws {
        try await withOffice { desk in
            try await desk.database.transaction { session in
                try await session.run(Fixture.script)
                _ = try await session.rows(
                    """
                    INSERT INTO affiliations (person_id, organization_id, application_id,
                        fiscal_year, unit, is_primary, row_hash, true_from, true_until, known_from)
                    VALUES (1, 2, 1, 2026, '', false, 'b,c', '2026-05-01', '2027-03-31',
                            '2026-05-01')
                    """)
                _ = try await session.rows(
                    """
                    UPDATE affiliations SET business_place_id =
                        (SELECT id FROM business_places WHERE path = 'b')
                    WHERE organization_id = 1
                    """)
            }
            let found = try await ReadStore(desk.database).liveApplications(
                ofPeople: [1, 2], in: Invented.year)
            let two = try #require(found[HeldKind(personID: 1, kind: .promoter)])
            #expect(two.organizationIDs == [1, 2])
            #expect(two.digests == [1: "", 2: "b,c"])
            #expect(two.places == [1: try #require(BusinessPlacePath("b"))])
            let none = try #require(found[HeldKind(personID: 2, kind: .promoter)])
            #expect(none.organizationIDs.isEmpty && none.digests.isEmpty && none.places.isEmpty)
        }
    }
}
