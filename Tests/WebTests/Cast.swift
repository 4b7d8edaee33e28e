import Enrollment
import HTTP
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// Everybody who may ask, each in a browser of their own, and what there is to ask for: all of it
/// `nobody`'s, the applicant's, or the hospital's. The clinic is a stranger to it.
struct Cast {
    /// A browser with the token of its forms.
    struct Member {
        var browser: Browser
        var token: String
    }

    let browsers: [Member]
    /// By the names that stand in braces in the table.
    private let things: [String: String]

    init(_ desk: isolated OfficeDesk) async throws {
        var applicant = Browser(desk.office)
        let receipt = try await applicant.apply(1, desk)
        try await appoint(desk)
        try await applicant.openOwn(receipt, 1, desk)
        var things = try await Self.things(desk)
        things["receipt"] = receipt
        things["badge"] = try await applicant.badge(desk).split(separator: "/").last.map(
            String.init)
        try await applicant.open("/my/certificate")
        things["code"] = try await desk.rows(givenOutCodes)[0].string("code")
        things["key"] = try await desk.rows("SELECT id FROM signing_keys")[0].string("id")
        _ = try await desk.office.signBadges()
        things["badgeKey"] = try await desk.rows("SELECT id FROM badge_keys")[0].string("id")
        self.things = things
        var all = [Browser(desk.office), applicant]
        for code in ["demo-hospital", "demo-clinic"] {
            all.append(try await Self.signedIn(.organization, code, desk))
        }
        all.append(try await Self.signedIn(.office, nil, desk))
        all.append(try await Self.signedIn(.ministry, nil, desk))
        for right in OfficeRight.allCases {
            all.append(try await Self.signedIn(.office, nil, desk, right))
        }
        var members: [Member] = []
        for var browser in all {
            try await browser.open("/status")
            let hidden = try #require(browser.text.firstMatch(of: /name="csrf" value="([^"]+)"/))
            members.append(Member(browser: browser, token: String(hidden.output.1)))
        }
        browsers = members
    }

    private static func signedIn(
        _ role: Role, _ organization: String?, _ desk: isolated OfficeDesk,
        _ right: OfficeRight? = nil
    ) async throws -> Browser {
        var browser = Browser(desk.office)
        let account = NewAccount(
            email: "\(right?.rawValue ?? organization ?? role.rawValue)@enroll.example", name: "担当",
            role: role, organizationCode: organization, rights: right.map { OfficeRights([$0]) })
        let password = try await desk.office.addAccount(account, by: .operator("test"))
        try await browser.open("/sign-in")
        try await browser.send("/sign-in", [("email", account.email), ("password", password)])
        return browser
    }

    /// A waiting application, a plan, a file with a row that is wrong, a workbook.
    private static func things(_ desk: isolated OfficeDesk) async throws -> [String: String] {
        var another = Browser(desk.office)
        let approved = try await another.apply(2, desk)
        let ids = try await desk.rows("SELECT id FROM applications WHERE state = 'submitted'")
        _ = try await desk.office.approve(try ids.map { try $0.int("id") }, by: .operator("test"))
        let plan = try await desk.office.planAppointments(
            by: Decision(decidedOn: desk.office.today, number: "デ推第2号"), by: .operator("test"))
        var third = Browser(desk.office)
        let waiting = try await third.apply(3, desk)
        let record = try #require(try await desk.office.reading.application(receipt: waiting))
        let bytes = Invented.groupFile(11...12) { row in if row[0] == "12" { row[1] = "" } }
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        let file = try await desk.office.planGroup(
            GroupUpload(name: "名簿.csv", bytes: bytes, coordinator: coordinator),
            of: "demo-hospital", by: .operator("test"))
        let hospital = try await desk.office.currentRules().organization(code: "demo-hospital")
        let open = try await desk.office.receiveGroup(
            GroupUpload(
                name: "名簿.csv",
                bytes: Invented.file(Invented.groupFile([13]), calling: "氏", "サーネーム"),
                coordinator: coordinator),
            of: OrganizationScope(try #require(hospital).id),
            by: .operator("test"))
        guard case .waiting(let waitingFile) = open else { throw Refusal.notFound }
        let (sent, undo) = try await undone(desk, coordinator)
        _ = try await ExportPageTests.export(desk)
        let (account, invitation, link) = try await accounts(desk)
        return [
            "account": account, "invitation": invitation, "link": link,
            "approved": approved, "plan": plan.number, "waiting": waiting,
            "id": String(record.id), "file": try #require(file.number),
            "open": waitingFile, "export": "E-1", "sent": sent, "undo": undo,
            "class": "dps-2026", "own": try await own(sent, desk),
            "material": try await material(desk),
        ]
    }

    /// An account of the office that nobody is signed in to, and somebody whom the hospital invited.
    private static func accounts(
        _ desk: isolated OfficeDesk
    ) async throws -> (account: String, invitation: String, link: String) {
        let account = NewAccount(
            email: "third@enroll.example", name: "三人目", role: .office, organizationCode: nil,
            rights: OfficeRights([.review]))
        _ = try await desk.office.addAccount(account, by: .operator("test"))
        let outcome = try await desk.office.invite(
            InvitationDraft(
                email: "fourth@enroll.example", name: "四人目",
                to: .organization("demo-hospital", place: "")), by: .office(.operator("test")))
        guard case .sent(let invitation) = outcome else { throw Refusal.notFound }
        let id = try await desk.rows(
            "SELECT id FROM accounts WHERE email = 'third@enroll.example'")[0].int("id")
        return (String(id), String(invitation), try await desk.invitationLink())
    }

    /// What the hospital has asked for.
    private static func material(_ desk: isolated OfficeDesk) async throws -> String {
        let hospital = try await desk.office.currentRules().organization(code: "demo-hospital")
        var draft = MaterialDraft()
        (draft[.nametags], draft[.postalCode], draft[.prefecture]) = ("3", "1020094", "東京都")
        (draft[.city], draft[.street], draft[.addressee]) = ("千代田区", "紀尾井町1-3", "総務課")
        let outcome = try await desk.office.askMaterials(
            MaterialForm(draft, onceKey: "once"),
            within: OrganizationScope(try #require(hospital).id), by: .operator("test"))
        guard case .kept(let number) = outcome else { throw Refusal.notFound }
        return String(number)
    }

    /// The application of whom a file has sent.
    private static func own(_ sent: String, _ desk: isolated OfficeDesk) async throws -> String {
        let id = try await desk.count(
            """
            SELECT max(l.application_id) AS n FROM group_lines l
            JOIN group_files g ON g.id = l.group_file_id JOIN plans p ON p.id = g.plan_id
            WHERE p.number = \(sent)
            """)
        return String(id)
    }

    /// A file that was sent, and a plan that takes it back.
    private static func undone(
        _ desk: isolated OfficeDesk, _ coordinator: Coordinator
    ) async throws -> (sent: String, undo: String) {
        let planned = try await desk.office.planGroup(
            GroupUpload(
                name: "名簿.csv", bytes: Invented.groupFile([21]), coordinator: coordinator),
            of: "demo-hospital", by: .operator("test"))
        let sent = try #require(planned.number)
        _ = try await desk.office.applyGroup(sent, by: .operator("test"))
        let plan = try await desk.office.planUndo(
            ofGroup: sent, within: nil, by: .operator("test"))
        return (sent, plan.number)
    }

    /// The status; where a redirect leads; or that it is the sign-in.
    func ask(
        _ method: HTTP.Method, _ target: String, _ form: String, as member: Member
    ) async throws -> String {
        var (target, form) = (target, form)
        for (name, thing) in things {
            target = target.replacing("{\(name)}", with: thing)
            form = form.replacing("{\(name)}", with: thing)
        }
        let seen = try await member.browser.ask(
            method, target, form: method == .post ? form : nil, token: member.token)
        if let place = seen.headers[.location] { return ">" + place.prefix { $0 != "?" } }
        return seen.text.contains("<h1>担当者のログイン</h1>") ? "sign-in" : "\(seen.status.code)"
    }
}

extension Browser {
    /// One answer, with the cookies that it has, which stay as they are. The form `upload` comes as
    /// a file with none in it.
    func ask(
        _ method: HTTP.Method, _ path: String, form: String? = nil, token: String = ""
    ) async throws -> Seen {
        var fields: [(HeaderName, HeaderValue)] = [(.origin, "https://enroll.example")]
        var body = ""
        if form == "upload" {
            fields.append((.contentType, "multipart/form-data; boundary=edge"))
            body =
                "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(token)\r\n--edge--\r\n"
        } else if let form {
            fields.append((.contentType, "application/x-www-form-urlencoded"))
            body = "csrf=\(token)" + (form.isEmpty ? "" : "&\(form)")
        }
        return try await answer(to: path, method, headers: fields, body: .bytes(Array(body.utf8)))
    }
}
