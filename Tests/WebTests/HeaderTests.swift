import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// Who is signed in is said at the top; whom to call, at the foot of what is printed.
@Suite struct HeaderTests {
    private static let ofApplicants = "補助のメニュー"

    @Test(arguments: ["/queue", "/people", "/numbers", "/exports", "/nowhere", "/group"])
    func staffReadWhoTheyAreAndFindNothingForApplicants(path: String) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.signIn(desk)
            try await browser.open(path)
            let header = browser.markup(from: "<header", to: "</header>")
            #expect(header?.contains("ログイン中：</span>事務局<small>事務局</small>") == true)
            #expect(header?.contains("応募の状況を見る") == false)
            #expect(header?.contains("<a class=\"brand\" href=\"/today\">") == true)
            #expect(!browser.text.contains("担当者のログイン"))
        }
    }

    @Test func anOrganizationsClerkReadsIt() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let account = NewAccount(
                email: "clerk@hospital.example", name: "山口 <健>", role: .organization,
                organizationCode: "demo-hospital")
            let password = try await desk.office.addAccount(account, by: .operator("test"))
            try await browser.open("/sign-in")
            #expect(browser.text.contains(Self.ofApplicants))
            try await browser.send(
                "/sign-in", [("email", account.email), ("password", password)])
            for path in ["/group", "/group/members"] {
                try await browser.open(path)
                #expect(browser.text.contains("山口 &lt;健&gt;<small>団体の担当</small>"))
                #expect(!browser.text.contains(Self.ofApplicants))
            }
        }
    }

    @Test func anApplicantReadsTheirNameOnTheirOwnPageAlone() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            try await browser.openOwn(receipt, 1, desk)
            let name = "\(Invented.draft(1)[.familyName]) \(Invented.draft(1)[.givenName])"
            #expect(browser.text.contains("\(name)さん<small>ご本人の画面</small>"))
            try await browser.open("/")
            #expect(!browser.text.contains(name) && browser.text.contains(Self.ofApplicants))
            let header = browser.markup(from: "<header", to: "</header>")
            #expect(header?.contains("応募したご本人") == true)
            #expect(header?.contains("<a href=\"/my\">あなたの応募を見る</a>") == true)
        }
    }

    @Test(arguments: ["/", "/apply", "/applications/new", "/about", "/terms", "/accessibility"])
    func staffReadWhoTheyAreOnPagesOfThePublic(path: String) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.open(path)
            #expect(!browser.text.contains("ログイン中"))
            try await browser.signIn(desk)
            try await browser.open(path)
            #expect(browser.text.contains("ログイン中：</span>事務局<small>事務局</small>"))
        }
    }

    @Test func theFormOfWhoAppliesAgainSaysWhoTheyAre() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let receipt = try await browser.apply(1, desk)
            let ids = try await desk.rows("SELECT id FROM applications").map { try $0.int("id") }
            try await desk.office.reject(ids[0], because: "活動の内容", by: .operator("office"))
            try await browser.openOwn(receipt, 1, desk)
            try await browser.open("/applications/new?again=yes")
            let name = "\(Invented.draft(1)[.familyName]) \(Invented.draft(1)[.givenName])"
            #expect(browser.text.contains("\(name)さん<small>ご本人の画面</small>"))
        }
    }

    /// What a form was sent to shows nothing when it is opened.
    @Test(arguments: [
        ("/queue/approve", "/queue"), ("/plans/apply", "/decisions"), ("/sign-out", "/today"),
        ("/renewal/open-year", "/renewal"), ("/my/resign", "/status"),
    ])
    func aSignInLeadsToThePageOfAFormAndNotToItsAddress(next: String, end: String) async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            let account = NewAccount(
                email: "office@enroll.example", name: "事務局", role: .office, organizationCode: nil)
            let password = try await desk.office.addAccount(account, by: .operator("test"))
            try await browser.open(
                "/sign-in?next=" + next.replacing("/", with: "%2f"))
            try await browser.send(
                "/sign-in", [("email", account.email), ("password", password)])
            #expect(browser.page.status == .ok && browser.path == end)
        }
    }

    @Test func onPaperStandWhoseItIsWhereItIsFoundAndWhomToCall() async throws {
        try await withOffice { desk in
            var browser = Browser(desk.office)
            try await browser.apply(1, desk)
            let receipt = browser.markup(from: "<div class=\"paper\">", to: "</div>")
            try await appoint(desk)
            let address = try await browser.badge(desk)
            try await browser.open(address)
            let proof = browser.markup(from: "<div class=\"paper\">", to: "</div>")
            for (paper, place) in [
                (receipt, "応募の状況を見る画面：https://enroll.example/status"),
                (proof, "この証明の画面：https://enroll.example\(address)"),
            ] {
                #expect(paper?.contains("<p>デジタル推進委員 受付サービス（見本事務局）</p>") == true)
                #expect(paper?.contains("<p>\(place)</p>") == true)
                #expect(paper?.contains("電話：0120-000-000（平日") == true)
                #expect(paper?.contains("見本です。") == true)
            }
        }
    }
}
