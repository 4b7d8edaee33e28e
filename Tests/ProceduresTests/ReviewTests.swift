import Enrollment
import Mail
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 審査.
@Suite struct ReviewTests {
    @Test func anOrganizationsApplicationsAreApprovedTogetherAsTheyWereShown() async throws {
        try await withOffice { desk in
            _ = try await desk.enter(1...5)
            try await desk.apply(9)
            let bodies = try await desk.office.reading.waitingOrganizations(in: Invented.year)
            #expect(bodies.map(\.count) == [5, 1])
            let body = bodies[0]
            let count = try await desk.office.approveAll(
                of: body.organizationID, upTo: body.lastID, expecting: 5, by: .operator("office"))
            #expect(count == 5)
            let left = try await desk.office.reading.waitingOrganizations(in: Invented.year)
            #expect(left.map(\.organizationID) == [nil])
        }
    }

    @Test func whatHasChangedSinceItWasShownIsNotApproved() async throws {
        try await withOffice { desk in
            _ = try await desk.enter(1...3)
            let body = try await desk.office.reading.waitingOrganizations(in: Invented.year)[0]
            _ = try await desk.office.approve([body.lastID], by: .operator("somebody else"))
            await #expect(throws: Refusal.conflict(.queueHasChanged)) {
                try await desk.office.approveAll(
                    of: body.organizationID, upTo: body.lastID, expecting: body.count,
                    by: .operator("office"))
            }
        }
    }

    @Test func whoIsRejectedIsToldWhyAndMayApplyAgain() async throws {
        try await withOffice { desk in
            let receipt = try await desk.apply(1)
            let id = try await desk.id(of: receipt)
            await #expect(throws: Refusal.conflict(.reasonIsMissing)) {
                try await desk.office.reject(id, because: "", by: .operator("office"))
            }
            try await desk.office.reject(id, because: "活動内容が確認できません", by: .operator("office"))
            let letter = try await desk.sendLetters().first {
                $0.messageID.hasPrefix("rejection-")
            }
            #expect(letter?.body.contains("理由：活動内容が確認できません") == true)
            let states = try await desk.office.reading.states(of: id)
            #expect(states.map(\.state) == [.submitted, .rejected])
            await #expect(throws: Refusal.conflict(.decidedAlready)) {
                try await desk.office.reject(id, because: "もう一度", by: .operator("office"))
            }
            #expect(try await desk.office.approve([id], by: .operator("office")) == 0)
            #expect(try await desk.apply(1) != receipt)
        }
    }
}
