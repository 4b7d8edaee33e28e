internal import HTML
internal import HTTP
internal import Secrets

/// Where somebody was going when the session was over, and what they had typed: carried through the
/// sign-in by the page itself, so that nothing is kept on our side.
struct ResumeAfterSignIn {
    /// A page of ours with its query, or empty.
    let page: String
    /// The form that was sent there, or empty.
    let fields: [(name: String, value: String)]

    init(page: String, fields: [(name: String, value: String)] = []) {
        let path = String(page.prefix { $0 != "?" })
        let isKnown = Directory.site.resource(at: path) != nil && page.utf8.count <= 500
        self.page = isKnown ? page : ""
        self.fields = isKnown ? fields : []
    }

    /// As the sign-in page carried it.
    init(_ form: Form) throws {
        let names = form.all("kept_name")
        let values = form.all("kept_value")
        self.init(
            page: try form.single("next") ?? "",
            fields: zip(names, values).map { (name: $0, value: $1) })
    }

    static let none = ResumeAfterSignIn(page: "")

    /// The same to whoever has applied.
    var toldApplicant: HTML {
        if fields.isEmpty { return .none }
        return Part.note(
            "warn", "画面を開いてから、時間がたちました",
            """
            <p>しばらく使わなかったか、ほかの画面で終わっています。入力した内容は残っていますが、まだ送られていません。</p>
            <p>もう一度、番号をメールで受け取って入力すると、続きから送れます。</p>
            """)
    }

    var told: HTML {
        if page.isEmpty { return .none }
        if fields.isEmpty { return "<p>この画面を見るには、ログインしてください。</p>" }
        return Part.note(
            "warn", "ログインが終わっていました",
            "<p>しばらく使わなかったか、ほかの画面でログアウトしています。入力した内容は残っています。ログインすると、続きから送れます。</p>")
    }

    /// Fields of the sign-in form.
    var hidden: HTML {
        guard !page.isEmpty else { return .none }
        return Self.field("next", page)
            + each(fields) {
                Self.field("kept_name", $0.name) + Self.field("kept_value", $0.value)
            }
    }

    /// A path as the value of a query's field.
    static func encoded(_ path: String) -> String {
        path.utf8.reduce(into: "") { text, byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain = byte < 128 && (Character(scalar).isLetter || Character(scalar).isNumber)
            text += isPlain ? String(scalar) : (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
        }
    }

    static func field(_ name: String, _ value: String) -> HTML {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }
}

extension Site {
    /// To the sign-in, and from there back to the page that was asked for, or to another.
    func askToSignIn(_ request: Request, for page: String? = nil) throws -> Response {
        let query = request.target.rawQuery.map { "?" + $0 } ?? ""
        return try Visitor(request, self).seeOther(
            .signIn, "next", ResumeAfterSignIn.encoded(page ?? request.path + query))
    }

    /// The same for a form that was sent too late: what was typed goes along.
    func keepAndSignIn(_ request: Request, _ form: Form) throws -> Response {
        // One field more, so that a form without any is still known to be one.
        let fields = typed(form) + [("kept", "yes")]
        return try SignIn(site: self).page(
            Visitor(request, self), ResumeAfterSignIn(page: request.path, fields: fields))
    }

    /// The same of the own page; a form in which nothing stands has nothing to keep.
    func keepAndAskForStatus(_ request: Request, _ form: Form) throws -> Response {
        let fields = typed(form)
        guard !fields.isEmpty else { return .seeOther(.status) }
        return try StatusPages(site: self).resume(
            Visitor(request, self), ResumeAfterSignIn(page: request.path, fields: fields))
    }

    private func typed(_ form: Form) -> [(name: String, value: String)] {
        form.fields.filter { $0.name != "csrf" }.map { (name: $0.name, value: $0.value) }
    }
}

extension SignIn {
    /// Where a page can be gone to; nil for the first page. An address that only takes forms leads
    /// to the page of its form, for nothing is sent with what it is opened by.
    private func landing(_ page: String) -> String? {
        let path = String(page.prefix { $0 != "?" })
        guard let resource = Directory.site.resource(at: path) else { return nil }
        return resource.get == nil ? resource.post?.page?.path : page
    }

    /// After the sign-in: to the page, or to a page that sends the form that came too late. It is
    /// not sent by itself: whoever signs in sees first what they are about to do.
    func goOn(with kept: ResumeAfterSignIn, _ visitor: Visitor, _ home: Route) throws -> Response {
        guard !kept.fields.isEmpty else {
            return try visitor.carrying(Response.seeOther(landing(kept.page) ?? home.path))
        }
        let fields = each(kept.fields) { ResumeAfterSignIn.field($0.name, $0.value) }
        let main: HTML = """
            <section class="sec flow">
              <h1>続きから送る</h1>
              <p>ログインしました。送る前だった内容は、まだ送られていません。</p>
              <form class="form" action="\(href(kept.page))" method="post">
                <input type="hidden" name="csrf" value="\(visitor.csrf)">\(fields)
                \(Part.button("続きを送る"))
              </form>
              <p><a href="\(href(home.path))">送らずに、はじめの画面へ</a></p>
            </section>
            """
        return try visitor.carrying(
            Page(title: "続きから送る", reader: visitor.reader, main: main).response(site))
    }
}
