import Enrollment
import HTTP
import Network
import Postgres
import Procedures
import Store
import TestSupport
import Testing
import Web

/// A browser without script before the site, over an office on real tables: keeps cookies, follows
/// redirects, and sends a form with what is hidden in it.
struct Browser {
    private static let host: HeaderValue = "enroll.example"

    private let site: Site
    /// From where it asks.
    var client = Client.here
    var cookies: [String: String] = [:]
    private(set) var path = "/"
    private(set) var page: Seen!

    init(_ office: Office) {
        site = Site(office, isSecure: true) { _, error in
            Issue.record("\(error)")
        }
    }

    var text: String { page.text }

    /// The heading of the page.
    var heading: String { Self.first(in: text, /<h1[^>]*>(?<it>.*?)<\/h1>/) }

    mutating func open(_ path: String) async throws {
        try await go(to: path, .get, headers: [], body: .empty)
    }

    /// Fills in the form that posts to `action` and sends it.
    mutating func send(
        _ action: String, _ answers: [(String, String)] = [], from origin: HeaderValue? = nil
    ) async throws {
        let hidden = try #require(
            self.hidden(of: action), "no form for \(action) on \(path): \(heading)")
        let body = (hidden + answers).map { "\(Self.escaped($0.0))=\(Self.escaped($0.1))" }
            .joined(separator: "&")
        try await go(
            to: action, .post,
            headers: [
                (.contentType, "application/x-www-form-urlencoded"),
                (.origin, origin ?? "https://enroll.example"),
            ], body: .bytes(Array(body.utf8)))
    }

    /// Sends a form with a file in it; nil where none was chosen.
    mutating func upload(
        _ action: String, _ answers: [(String, String)], file: [UInt8]?
    ) async throws {
        let hidden = try #require(self.hidden(of: action), "no form for \(action) on \(path)")
        var body = ""
        for (name, value) in hidden + answers {
            body += "--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        let name = file == nil ? "" : "roster.csv"
        body +=
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
            + "Content-Type: text/csv\r\n\r\n"
        try await go(
            to: action, .post,
            headers: [
                (.contentType, "multipart/form-data; boundary=edge"),
                (.origin, "https://enroll.example"),
            ], body: .bytes(Array(body.utf8) + (file ?? []) + Array("\r\n--edge--\r\n".utf8)))
    }

    /// One answer as it comes, without cookies and without following it.
    func ask(
        _ path: String, accepting type: HeaderValue, knowing tag: HeaderValue? = nil,
        by method: HTTP.Method = .get
    ) async throws -> Seen {
        var fields = Headers([(.host, Self.host), (.accept, type)])
        if let tag { fields.append(.ifNoneMatch, tag) }
        let head = RequestHead(method, try #require(Target(path)), headers: fields)
        return Seen(await site.respond(to: Request(head)))
    }

    private mutating func go(
        to path: String, _ method: HTTP.Method, headers: [(HeaderName, HeaderValue)],
        body: RequestBody
    ) async throws {
        page = try await answer(to: path, method, headers: headers, body: body)
        self.path = path
        keepCookies()
        if page.status == .seeOther {
            try await open(try #require(page.headers[.location]))
        }
    }

    /// One answer, without keeping its cookies and without following it.
    func answer(
        to path: String, _ method: HTTP.Method, headers: [(HeaderName, HeaderValue)],
        body: RequestBody
    ) async throws -> Seen {
        let own = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        var fields = Headers([(.host, Self.host)] + headers)
        if !own.isEmpty { fields.append(.cookie, HeaderValue(stringLiteral: own)) }
        let head = RequestHead(method, try #require(Target(path)), headers: fields)
        return Seen(await site.respond(to: Request(head, body: body, client: client)))
    }

    private mutating func keepCookies() {
        for cookie in page.headers.all(.setCookie) {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            let value = pair.count == 2 ? String(pair[1]) : ""
            cookies[String(pair[0])] = value.isEmpty ? nil : value
        }
    }

    private func hidden(of action: String) -> [(String, String)]? {
        let forms = text.split(separator: "<form ").dropFirst()
        guard let form = forms.first(where: { $0.contains("action=\"\(action)\"") }) else {
            return nil
        }
        return form.split(separator: "</form>")[0]
            .matches(of: /<input type="hidden" name="(.*?)" value="([^"]*)">/)
            .map { (String($0.output.1), Self.read(String($0.output.2))) }
    }

    /// A value as a browser reads it.
    private static func read(_ value: String) -> String {
        let marks = [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
        ]
        return marks.reduce(value) { $0.replacing($1.0, with: $1.1) }
    }

    private static func first(in text: String, _ pattern: Regex<(Substring, it: Substring)>)
        -> String
    {
        text.firstMatch(of: pattern).map { String($0.output.it) } ?? ""
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
            let hex = String(byte, radix: 16)
            return isPlain ? String(UnicodeScalar(byte)) : (byte < 16 ? "%0" : "%") + hex
        }.joined()
    }
}

extension Browser {
    static let form = "/applications/draft"
    static let code = "/applications/confirm"

    /// The answers of an invented person, as the form sends them.
    static func answers(
        _ number: Int, _ change: (inout ApplicationDraft) -> Void = { _ in }
    ) -> [(String, String)] {
        Invented.draft(number, change).answers.map { ($0.field.key, $0.text) }
    }

    /// Up to the page that asks for the code.
    mutating func fill(_ number: Int) async throws {
        try await open("/applications/new")
        try await send(Self.form, Self.answers(number))
    }

    /// Types the newest code that came to an invented person.
    mutating func confirm(
        _ number: Int, _ desk: isolated OfficeDesk, at action: String = Browser.code
    ) async throws {
        let code = try #require(try await desk.newestCode(to: Invented.email(number)))
        try await send(action, [("code", code)])
    }

    /// From the form to the receipt.
    @discardableResult
    mutating func apply(
        _ number: Int, _ desk: isolated OfficeDesk,
        _ change: (inout ApplicationDraft) -> Void = { _ in }
    ) async throws -> String {
        try await open("/applications/new")
        try await send(Self.form, Self.answers(number, change))
        try await confirm(number, desk)
        try await send("/applications")
        return Self.first(in: text, /<p class="big">(?<it>.*?)<\/p>/)
    }

    /// The page behind the second code.
    mutating func openOwn(
        _ receipt: String, _ number: Int, _ desk: isolated OfficeDesk
    ) async throws {
        try await open("/status")
        try await send("/status", [("receipt", receipt), ("email", Invented.email(number))])
        try await confirm(number, desk, at: "/status/code")
    }

    /// Where the only badge is shown.
    func badge(_ desk: isolated OfficeDesk) async throws -> String {
        "/verify/" + (try await desk.texts("SELECT token AS text FROM badges"))[0]
    }

    /// What is said beside a question is wrong with it.
    func problem(of field: String) -> String? {
        markup(from: "id=\"\(field)-e\">", to: "</span></p>")
    }

    /// What the list above all questions says of one.
    func summary(of field: String) -> String? {
        markup(from: "<li><a href=\"#\(field)\">", to: "</li>")
    }

    /// What stands in a line of the form.
    func value(of field: String) -> String? {
        markup(from: "id=\"\(field)\" name=\"\(field)\"", to: ">").flatMap { rest in
            rest.firstMatch(of: /value="(.*?)"/).map { String($0.output.1) }
        }
    }

    func markup(from start: String, to end: String) -> String? {
        let parts = text.split(separator: start, maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? parts[1].split(separator: end).first.map(String.init) : nil
    }

    /// What a list of answers says beside a label.
    func answer(_ label: String) -> String? {
        let parts = text.split(separator: "<dt>\(label)</dt><dd>", maxSplits: 1)
        return parts.count == 2 ? String(parts[1].prefix { $0 != "<" }) : nil
    }
}

/// Everybody who has applied is approved and appointed.
func appoint(_ desk: isolated OfficeDesk) async throws {
    let ids = try await desk.rows("SELECT id FROM applications").map { try $0.int("id") }
    _ = try await desk.office.approve(ids, by: .operator("office"))
    let decision = Decision(decidedOn: desk.office.today, number: "デ推第1号")
    let plan = try await desk.office.planAppointments(by: decision, by: .operator("office"))
    _ = try await desk.office.applyAppointments(plan.number, by: .operator("office"))
}
