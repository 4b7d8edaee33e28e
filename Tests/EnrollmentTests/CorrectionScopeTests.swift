import Enrollment
import Testing

/// 訂正: what whoever applied may correct, until when, and whether at once.
@Suite struct CorrectionScopeTests {
    private static func scope(
        _ status: ApplicationStatus, ofOrganization isFiled: Bool = false
    ) -> CorrectionScope? {
        CorrectionScope(status, isFiledByOrganization: isFiled)
    }

    @Test(arguments: [ApplicationState.submitted, .correcting, .reviewing])
    func untilApprovalEverythingIsOpenAtOnce(state: ApplicationState) throws {
        let scope = try #require(Self.scope(.applied(state)))
        #expect(!scope.asksOffice && !scope.isFrozen)
        for field in [ApplicationField.kind, .category, .organization, .familyName, .badgeOptIn] {
            #expect(scope.includes(field) && scope.isAtOnce(field))
        }
        #expect(scope.includes(.viewedOn(slot: 1)))
    }

    @Test(arguments: [
        ApplicationStatus.applied(.approved), .appointed(.active), .appointed(.scheduled),
    ])
    func afterwardsTheOfficeIsAskedAndWhatWasJudgedIsFrozen(status: ApplicationStatus) throws {
        let scope = try #require(Self.scope(status))
        #expect(scope.asksOffice && scope.isFrozen)
        #expect(!scope.includes(.kind) && !scope.includes(.viewedOn(slot: 1)))
        #expect(scope.includes(.familyName) && !scope.isAtOnce(.familyName))
        #expect(scope.includes(.consentPublic) && scope.isAtOnce(.consentPublic))
        #expect(scope.includes(.badgeOptIn) == (status == .applied(.approved)))
    }

    @Test func whatAnOrganizationSaysOfItsPeopleIsTheOrganizations() throws {
        let scope = try #require(Self.scope(.applied(.submitted), ofOrganization: true))
        #expect(scope.isFrozen && !scope.asksOffice)
        #expect(!scope.includes(.unit) && !scope.includes(.workplaceName))
        #expect(scope.includes(.street) && scope.includes(.familyName))
    }

    @Test func theAddressAndTheNumbersOfAnOrganizationAreNoAnswersOfIt() throws {
        let scope = try #require(Self.scope(.applied(.submitted)))
        for field in [ApplicationField.email, .employeeNumber, .reuseOptIn, .consentTerms] {
            #expect(!scope.includes(field))
        }
    }

    @Test(arguments: [
        ApplicationStatus.applied(.rejected), .applied(.withdrawn), .applied(.expired),
        .applied(.merged), .appointed(.resigned), .appointed(.expired), .appointed(.revoked),
    ])
    func whatIsOverIsNotCorrected(status: ApplicationStatus) {
        #expect(Self.scope(status) == nil)
    }

    @Test func onlyOpenAnswersTakeThePlaceOfThoseThatAreHeld() throws {
        let scope = try #require(Self.scope(.applied(.approved)))
        var held = ApplicationDraft()
        held[.kind] = "promoter"
        held[.phone] = "0312345678"
        held[.consentPublic] = "yes"
        var typed = ApplicationDraft()
        typed[.kind] = "caller"
        typed[.phone] = "0398765432"
        let draft = held.corrected(by: typed, within: scope)
        #expect(draft[.kind] == "promoter" && draft[.phone] == "0398765432")
        #expect(draft[.consentPublic].isEmpty, "a box that is not ticked is not sent")
        #expect(draft.differing(from: held) == [.phone, .consentPublic])
    }
}
