internal import HTML
internal import HTTP
internal import Procedures
internal import Store

/// Where an error page leads, and what the link is called.
struct NextPage {
    let path: String
    let word: String

    init(_ path: String, _ word: String) {
        self.path = path
        self.word = word
    }
}

/// A request that cannot be answered, before it is known to whom that is said.
struct Trouble {
    let status: Status
    let words: TroubleWords
    /// Nil for the first page of whoever reads it.
    let next: NextPage?
    let retryAfter: HeaderValue?

    init(_ status: Status, _ words: TroubleWords, next: NextPage? = nil) {
        self.status = status
        self.words = words
        self.next = next
        retryAfter = nil
    }

    init(_ status: Status, _ heading: String, _ text: String, retryAfter: HeaderValue? = nil) {
        self.status = status
        words = TroubleWords(heading: heading, text: text)
        next = nil
        self.retryAfter = retryAfter
    }

    func page(
        under menu: HTML = .none, home: Route = .start, for reader: PageReader = .anybody
    ) -> Page {
        let next = next ?? NextPage(home.path, "はじめの画面へ")
        return Page(
            title: words.heading, isError: status != .ok, reader: reader,
            main: """
                \(menu)
                <section class="sec flow">
                  <h1>\(words.heading)</h1>
                  <p>\(words.text)</p>
                  <div class="btns"><a class="btn" href="\(href(next.path))">\(next.word)</a></div>
                </section>
                """)
    }
}

extension Site {
    /// Under the menu of whoever is signed in, from where they can go on or sign out. To everybody
    /// else, and where it cannot be known who asks, the page of the public.
    func show(_ trouble: Trouble, to request: Request) async -> Response {
        let visitor = Visitor(request, self)
        guard let account = try? await account(visitor) else { return plain(trouble) }
        let menu = RoleMenu(account, nil, visitor.csrf)
        let response = trouble.page(
            under: menu.html, home: account.home, for: .account(account)
        ).response(self, status: trouble.status)
        return (try? visitor.carrying(retrying(response, trouble))) ?? plain(trouble)
    }

    func plain(_ trouble: Trouble) -> Response {
        retrying(trouble.page().response(self, status: trouble.status), trouble)
    }

    private func retrying(_ response: Response, _ trouble: Trouble) -> Response {
        trouble.retryAfter.map { response.with(.retryAfter, $0) } ?? response
    }

    /// Does it, unless that has been done: a second press ends where the first one did. False where
    /// somebody else was first, and decided otherwise.
    func onceOnly(
        _ act: () async throws -> Void, isDone: () async throws -> Bool
    ) async throws -> Bool {
        do { try await act() } catch Refusal.conflict { return try await isDone() }
        return true
    }

    /// What is said then; `page` shows what holds now.
    func decidedOtherwise(
        _ request: Request, _ words: TroubleWords = .decided, shownOn page: String
    ) async -> Response {
        await show(
            Trouble(.conflict, words, next: NextPage(page, "いまの状態を見る")), to: request)
    }
}
