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
        try await places()
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
        try await read("account(id:)") { try await $0.account(id: first) }
        try await read("officeAddresses()") { try await $0.officeAddresses() }
        try await write("credentials(of:)") { try await $0.credentials(of: "office@example.jp") }
        try await passwords(of: first)
        try await secondFactor(of: first)
        try await sessions(of: first)
        try await limits()
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
