import Enrollment
import Postgres
import Store
import TestSupport

extension StoreTable {
    func organizations() async throws {
        chapter("Organizations")
        try await write("lockTerms(ofOrganization:in:)") {
            try await $0.lockTerms(ofOrganization: "demo-hospital", in: self.year)
        }
        try await write("keep(_:_:in:)") {
            try await $0.keep(
                NewOrganization(
                    code: "demo-school", name: "見本学校", kindCode: "399", groupCode: "samples"),
                OrganizationTerms(
                    category: .agencyApproved, programmeID: nil, activityNote: "",
                    opensOn: self.year.firstDay, closesOn: nil), in: self.year)
        }
        try await read("organizationID(_:)") { try await $0.organizationID("demo-hospital") }
        try await write("organizationID(_:)") { try await $0.organizationID("demo-school") }
        try await keptOrganizations()
        try await places()
    }

    private func keptOrganizations() async throws {
        try await write("setCorporateNumber(_:ofOrganization:)") {
            try await $0.setCorporateNumber("8000012010038", ofOrganization: "demo-school")
        }
        let school = try await write("lockOrganization(_:in:)") {
            try await $0.lockOrganization("demo-school", in: self.year)
        }
        guard let school else { throw Unfit() }
        try await write("rename(_:to:from:at:)") {
            try await $0.rename(school, to: "新学校", from: self.day, at: self.start)
        }
        try await write("correctName(of:to:from:)") {
            try await $0.correctName(of: school, to: "新しい学校", from: self.day)
        }
        try await write("change(_:corporateNumber:group:from:)") {
            try await $0.change(school, corporateNumber: "", group: "others", from: self.year)
        }
        try await write("end(_:on:)") {
            try await $0.end(school, on: self.day.adding(days: 9))
        }
        try await write("closeSessions(ofOrganization:)") {
            try await $0.closeSessions(ofOrganization: school.id)
        }
        var filter = OrganizationFilter()
        for typed in ["見本学校", "新学校", "8000012010038"] {
            filter.typed = typed
            let asked = filter
            try await read("organizations(_:in:)") {
                try await $0.organizations(asked, in: self.year)
            }
        }
        try await read("organization(code:in:)") {
            try await $0.organization(code: "demo-school", in: self.year.next)
        }
        try await read("formerNames(ofOrganization:)") {
            try await $0.formerNames(ofOrganization: school.id)
        }
        try await read("addresses(ofOrganization:)") {
            try await $0.addresses(ofOrganization: school.id)
        }
    }

    private func places() async throws {
        guard let path = BusinessPlacePath("east"), let other = BusinessPlacePath("west") else {
            throw Unfit()
        }
        let hospital = try await hospital
        try await write("addBusinessPlace(_:named:of:from:)") {
            try await $0.addBusinessPlace(path, named: "東病院", of: hospital, from: self.day)
        }
        try await write("addBusinessPlace(_:named:of:from:)") {
            try await $0.addBusinessPlace(other, named: "西病院", of: hospital, from: self.day)
        }
        let place = try await write("lockBusinessPlace(_:of:)") {
            try await $0.lockBusinessPlace(other, of: hospital)
        }
        guard let place else { throw Unfit() }
        try await write("rename(_:to:)") { try await $0.rename(place, to: "北病院") }
        try await write("end(_:on:)") { try await $0.end(place, on: self.day.adding(days: 30)) }
        try await read("businessPlaces(of:)") { try await $0.businessPlaces(of: hospital) }
    }

    var hospital: Int { get async throws { try await id(ofOrganization: "demo-hospital") } }
    var clinic: Int { get async throws { try await id(ofOrganization: "demo-clinic") } }

    private func id(ofOrganization code: String) async throws -> Int {
        try await database.rows("SELECT id FROM organizations WHERE code = \(code)")[0].int("id")
    }

    func accounts() async throws {
        chapter("Accounts and sessions")
        let office = AccountFacts(
            email: "office@example.jp", name: "事務局", role: .office, organizationCode: nil)
        let sender = AccountFacts(
            email: "hospital@example.jp", name: "担当", role: .organization,
            organizationCode: "demo-hospital")
        let scope = AccountScope(try await hospital, placeID: nil)
        let first = try await write("addAccount(_:of:passwordHash:at:)") {
            try await $0.addAccount(office, of: nil, passwordHash: "hash", at: self.start)
        }
        let second = try await write("addAccount(_:of:passwordHash:at:)") {
            try await $0.addAccount(sender, of: scope, passwordHash: "hash", at: self.start)
        }
        guard let first, let second else { throw Unfit() }
        var renamed = sender
        renamed.name = "新しい担当"
        try await write("changeAccount(_:to:of:passwordHash:)") {
            try await $0.changeAccount(second, to: renamed, of: scope, passwordHash: nil)
        }
        try await write("setAccount(_:disabledAt:)") {
            try await $0.setAccount(second, disabledAt: self.at(1))
        }
        try await write("accountToChange(_:)") {
            try await $0.accountToChange("hospital@example.jp")
        }
        try await read("accounts()") { try await $0.accounts() }
        try await read("account(id:on:)") {
            try await $0.account(id: first, on: self.day)
        }
        try await read("officeAddresses()") { try await $0.officeAddresses() }
        try await write("credentials(of:on:)") {
            try await $0.credentials(of: "office@example.jp", on: self.day)
        }
        try await keeping(first, beside: second)
        try await invitations(from: first, to: scope)
        try await passwords(of: first)
        try await secondFactor(of: first)
        try await sessions(of: first)
        try await limits()
    }

    private func keeping(_ first: Int, beside second: Int) async throws {
        try await write("lockAdministrators()") { try await $0.lockAdministrators() }
        try await write("setRights(_:ofAccount:)") {
            try await $0.setRights(OfficeRights([.review]), ofAccount: first)
        }
        try await write("accountToChange(id:)") { try await $0.accountToChange(id: first) }
        try await read("accounts(_:)") { try await $0.accounts(AccountFilter()) }
        var filter = AccountFilter()
        (filter.organization, filter.after) = ("病院", first)
        try await read("accounts(_:)") { try await $0.accounts(filter) }
        try await read("accountLine(id:)") { try await $0.accountLine(id: second) }
    }

    private func invitations(from account: Int, to scope: AccountScope) async throws {
        let clerk = AccountFacts(
            email: "second@example.jp", name: "二人目", role: .organization,
            organizationCode: "demo-hospital")
        let invitation = NewInvitation(
            clerk, of: scope, inPlaceOf: nil, tokenDigest: Array(repeating: 1, count: 32),
            until: self.at(60))
        let stamp = WriteStamp(now: start, actor: .account(account))
        var numbers: [Int?] = []
        for _ in 1...2 {
            numbers.append(
                try await write("addInvitation(_:at:)") {
                    try await $0.addInvitation(invitation, at: stamp)
                })
        }
        guard let number = numbers[0] else { throw Unfit() }
        try await write("isInvited(_:)") { try await $0.isInvited("SECOND@example.jp") }
        try await write("isBeingTakenOver(_:)") { try await $0.isBeingTakenOver(number) }
        try await write("renewInvitation(_:tokenDigest:at:until:)") {
            try await $0.renewInvitation(
                number, tokenDigest: Array(repeating: 2, count: 32), at: self.at(1),
                until: self.at(90))
        }
        try await write("lockInvitation(_:)") { try await $0.lockInvitation(number) }
        try await write("lockInvitation(tokenDigest:)") {
            try await $0.lockInvitation(tokenDigest: Array(repeating: 1, count: 32))
        }
        try await read("invitations(within:limit:)") {
            try await $0.invitations(within: OrganizationScope(scope.organizationID), limit: 9)
        }
        try await write("withdrawInvitation(_:at:)") {
            try await $0.withdrawInvitation(number, at: self.at(2))
        }
        let other = try await write("addInvitation(_:at:)") {
            try await $0.addInvitation(
                NewInvitation(
                    clerk, of: scope, inPlaceOf: nil,
                    tokenDigest: Array(repeating: 3, count: 32), until: self.at(60)), at: stamp)
        }
        guard let other else { throw Unfit() }
        try await write("acceptInvitation(_:asAccount:at:)") {
            try await $0.acceptInvitation(other, asAccount: account, at: self.at(3))
        }
    }

    private func secondFactor(of account: Int) async throws {
        let sealed = String(repeating: "x", count: 60)
        for _ in 1...2 {
            try await write("addSecondFactor(_:ofAccount:lastStep:at:)") {
                try await $0.addSecondFactor(
                    sealed, ofAccount: account, lastStep: 7, at: self.start)
            }
        }
        try await write("keepRecoveryCodes(_:ofAccount:)") {
            try await $0.keepRecoveryCodes(
                [1, 2].map { Array(repeating: $0, count: 32) }, ofAccount: account)
        }
        for _ in 1...2 {
            try await write("useRecoveryCode(_:ofAccount:at:)") {
                try await $0.useRecoveryCode(
                    Array(repeating: 1, count: 32), ofAccount: account, at: self.at(1))
            }
        }
        try await write("tookCode(ofStep:ofAccount:)") {
            try await $0.tookCode(ofStep: 8, ofAccount: account)
        }
        try await write("lockSecondFactor(ofAccount:)") {
            try await $0.lockSecondFactor(ofAccount: account)
        }
        try await read("secondFactor(ofAccount:)") {
            try await $0.secondFactor(ofAccount: account)
        }
        for _ in 1...2 {
            try await write("dropSecondFactor(ofAccount:)") {
                try await $0.dropSecondFactor(ofAccount: account)
            }
        }
    }

    private func passwords(of account: Int) async throws {
        try await write("passwordHash(ofAccount:)") {
            try await $0.passwordHash(ofAccount: account)
        }
        for earlier in ["other", "hash"] {
            try await write("setPassword(_:ofAccount:insteadOf:)") {
                try await $0.setPassword("new", ofAccount: account, insteadOf: earlier)
            }
        }
    }

    private func sessions(of account: Int) async throws {
        for number in 1...2 {
            try await write("openSession(_:at:until:)") {
                try await $0.openSession(
                    NewSession(.account(account), tokenDigest: [UInt8(number)], browserDigest: nil),
                    at: self.start, until: self.at(600))
            }
        }
        try await write("touchSession(tokenDigest:at:)") {
            try await $0.touchSession(tokenDigest: [1], at: self.at(30))
        }
        try await read("session(tokenDigest:at:idleSince:)") {
            try await $0.session(tokenDigest: [1], at: self.at(31), idleSince: self.start)
        }
        try await read("sessions(ofAccount:seenBy:at:idleSince:)") {
            try await $0.sessions(
                ofAccount: account, seenBy: [2], at: self.at(31), idleSince: self.at(-60))
        }
        try await write("proveSession(tokenDigest:as:at:)") {
            try await $0.proveSession(tokenDigest: [3], as: [4], at: self.at(31))
        }
        try await write("closeSession(_:ofAccount:)") {
            try await $0.closeSession(0, ofAccount: account)
        }
        try await write("closeSession(tokenDigest:)") {
            try await $0.closeSession(tokenDigest: [1])
        }
        try await write("closeSessions(ofAccount:butOf:)") {
            try await $0.closeSessions(ofAccount: account, butOf: [1])
        }
        try await read("session(tokenDigest:at:idleSince:)") {
            try await $0.session(tokenDigest: [2], at: self.at(1), idleSince: self.start)
        }
    }

    private func limits() async throws {
        for _ in 1...3 {
            try await write("countOne(_:of:upTo:since:at:)") {
                try await $0.countOne(
                    "code-client", of: "client", upTo: 2, since: self.at(-60), at: self.start)
            }
        }
        try await write("giveBackOne(_:of:)") {
            try await $0.giveBackOne("code-client", of: "client")
        }
        try await read("countBegan(_:of:)") {
            try await $0.countBegan("code-client", of: "client")
        }
        try await read("countOfAll(_:since:)") {
            try await $0.countOfAll("code-client", since: self.at(-60))
        }
        try await write("forgetCount(_:of:)") {
            try await $0.forgetCount("code-client", of: "client")
        }
        try await read("countBegan(_:of:)") {
            try await $0.countBegan("code-client", of: "client")
        }
    }
}
