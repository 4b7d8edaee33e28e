import Enrollment
import HTTP
import Network
import Postgres
import Procedures
import Secrets
import Store
import TestSupport
import Testing

@testable import Web

/// アカウント, 招待 and 権限, in browsers.
@Suite struct AccountKeepingPageTests {
    private static let new = "うみと やまと そらのいろ3つ"

    private static func signedIn(
        _ email: String, _ desk: isolated OfficeDesk, role: Role = .office,
        of organization: String? = nil, rights: OfficeRights = .every
    ) async throws -> Browser {
        let password = try await desk.office.addAccount(
            NewAccount(
                email: email, name: "担当", role: role, organizationCode: organization,
                rights: rights), by: .operator("test"))
        var browser = Browser(desk.office)
        try await browser.open("/sign-in")
        try await browser.send("/sign-in", [("email", email), ("password", password)])
        return browser
    }

    /// Follows the newest mailed link and sets a password.
    private static func accept(_ desk: isolated OfficeDesk) async throws -> Browser {
        var invited = Browser(desk.office)
        try await invited.open("/invitation/" + desk.invitationLink())
        #expect(invited.heading == Invited.heading)
        try await invited.send(
            "/invitation", [("new_password", new), ("new_password_again", new)])
        #expect(invited.heading == "担当者のログイン")
        return invited
    }

    @Test func somebodyIsInvitedAndSeesWhatTheyMay() async throws {
        try await withOffice { desk in
            var keeper = try await Self.signedIn("keeper@enroll.example", desk)
            try await keeper.open("/accounts/invite?role=office")
            try await keeper.send("/accounts/invite", [("email", "x"), ("name", "")])
            #expect(keeper.page.status == .unprocessable)
            #expect(keeper.problem(of: "email")?.contains("形になっていません") == true)
            #expect(keeper.text.contains("お名前を入力してください。"))
            #expect(keeper.text.contains("権限を1つ以上選んでください。"))
            try await keeper.send(
                "/accounts/invite",
                [("email", "new@enroll.example"), ("name", "審査 花子"), ("right", "review")])
            #expect(keeper.heading == "アカウント" && keeper.text.contains("招待のメールを送りました。"))
            #expect(keeper.text.contains("招待中の人") && keeper.text.contains("審査 花子"))
            var invited = try await Self.accept(desk)
            try await invited.send(
                "/sign-in", [("email", "new@enroll.example"), ("password", Self.new)])
            #expect(invited.heading == "今日")
            #expect(invited.text.contains("重複の確認") && !invited.text.contains("任命する"))
            #expect(!invited.text.contains("href=\"/accounts\""))
            try await invited.open("/decisions")
            #expect(invited.page.status == .forbidden)
            try await keeper.open("/accounts")
            #expect(!keeper.text.contains("招待中の人"))
        }
    }

    @Test func rightsAndStopsReachWhoeverIsSignedInAtOnce() async throws {
        try await withOffice { desk in
            var keeper = try await Self.signedIn("keeper@enroll.example", desk)
            var other = try await Self.signedIn("other@enroll.example", desk)
            let id = try await desk.office.accountNumber("other@enroll.example")
            try await keeper.open("/accounts/account?account=\(id)")
            try await keeper.send("/accounts/rights", [("right", "reception")])
            #expect(keeper.text.contains("権限を変えました。"))
            try await other.open("/decisions")
            #expect(other.page.status == .forbidden)
            try await other.open("/queue")
            #expect(other.page.status == .ok && !other.text.contains("選んだ応募を承認する"))
            try await keeper.send("/accounts/disable")
            #expect(keeper.text.contains("アカウントを止めました。"))
            try await other.open("/queue")
            #expect(other.heading == "担当者のログイン")
            try await keeper.send("/accounts/enable")
            #expect(keeper.text.contains("また使えるようにしました。"))
        }
    }

    @Test func nobodyStopsThemselves() async throws {
        try await withOffice { desk in
            var keeper = try await Self.signedIn("keeper@enroll.example", desk)
            let id = try await desk.office.accountNumber("keeper@enroll.example")
            try await keeper.open("/accounts/account?account=\(id)")
            #expect(keeper.text.contains("自分のアカウントは止められません。"))
            try await keeper.send("/accounts/rights", [("right", "review")])
            #expect(keeper.page.status == .conflict)
            #expect(keeper.heading == "管理できる人がいなくなります")
        }
    }

    @Test func aClerkInvitesASecondOneOfTheSameOrganization() async throws {
        try await withOffice { desk in
            var clerk = try await Self.signedIn(
                "clerk@enroll.example", desk, role: .organization, of: "demo-hospital")
            try await clerk.open("/group/accounts")
            try await clerk.send(
                "/group/accounts", [("email", "second@enroll.example"), ("name", "二人目")])
            #expect(clerk.text.contains("招待のメールを送りました。"))
            var second = try await Self.accept(desk)
            try await second.send(
                "/sign-in", [("email", "second@enroll.example"), ("password", Self.new)])
            #expect(second.heading == "見本病院")
            try await second.open("/group/accounts")
            #expect(second.text.contains("clerk@enroll.example"))
            var stranger = try await Self.signedIn(
                "clinic@enroll.example", desk, role: .organization, of: "demo-clinic")
            try await stranger.open("/group/accounts")
            #expect(!stranger.text.contains("clerk@enroll.example"))
        }
    }

    @Test func aLinkThatIsOverSaysWhatToDo() async throws {
        try await withOffice { desk in
            var keeper = try await Self.signedIn("keeper@enroll.example", desk)
            try await keeper.open("/accounts/invite?role=ministry")
            try await keeper.send(
                "/accounts/invite", [("email", "new@enroll.example"), ("name", "府省 太郎")])
            let link = "/invitation/" + (try await desk.invitationLink())
            var other = keeper
            try await keeper.send("/accounts/invite/withdraw")
            #expect(keeper.text.contains("招待を取り消しました。"))
            try await other.send("/accounts/invite/again")
            #expect(other.page.status == .conflict && other.heading == "もう決まっています")
            var invited = Browser(desk.office)
            try await invited.open(link)
            #expect(invited.page.status == .gone && invited.heading == "この招待は取り消されています")
        }
    }
}
