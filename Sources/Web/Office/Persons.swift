internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 人のページ: one page a person, and what is done there.
struct Persons: Room {
    static let everything = "all"

    let site: Site

    func show(_ member: CaseReader, _ request: Request) async throws -> Response {
        var form = PersonForm()
        form.done = try request.query.single(PersonDone.field).flatMap {
            PersonDone(rawValue: $0)
        }
        form.journal.showsWatching = try request.query.single("journal") == Self.everything
        form.journal.before = Int(try request.query.single("before") ?? "")
        form.corrects = Int(try request.query.single("note") ?? "")
        return try await page(member, try request.query.single("number"), form)
    }

    private func page(
        _ member: some StaffMember, _ number: String?, _ form: PersonForm
    ) async throws -> Response {
        let file = try await office.openPerson(
            number ?? "", journal: form.journal, by: member.actor)
        let page = PersonPage(
            file: file, today: office.today, rights: member.account.rights, form: form)
        return try respond(
            to: member,
            StaffPage(
                title: "この人の記録", place: .people, main: page.html(csrf: member.visitor.csrf),
                hasProblems: form.problem != nil))
    }

    /// メモを書く, also in place of another one.
    func note(
        _ member: NoteKeeper, _ request: Request, _ form: Form
    ) async throws -> Response {
        let number = try form.single("number") ?? ""
        var typed = PersonForm()
        typed.words = Review.paragraph(try form.single("words") ?? "")
        typed.isShown = try form.single("shown") == "yes"
        typed.corrects = Int(try form.single("note") ?? "")
        typed.problem = PersonForm.problem(of: typed.words)
        guard typed.problem == nil else { return try await page(member, number, typed) }
        let id = try await office.personID(numbered: number)
        let note = NoteForm(
            typed.words, isShown: typed.isShown, inPlaceOf: typed.corrects,
            seen: Int(try form.single("seen") ?? "") ?? 0)
        let isDone = try await site.onceOnly(
            { try await office.write(note, aboutPerson: id, by: member.actor) },
            isDone: { false })
        return try await shown(number, isDone ? .noted : nil, member, request)
    }

    func strike(
        _ member: NoteKeeper, _ request: Request, _ form: Form
    ) async throws -> Response {
        let number = try form.single("number") ?? ""
        let id = try await office.personID(numbered: number)
        guard let note = Int(try form.single("note") ?? "") else { throw Refusal.notFound }
        let isDone = try await site.onceOnly(
            { try await office.strike(note: note, ofPerson: id, by: member.actor) },
            isDone: {
                let notes = try await office.reading.notes(ofPerson: id)
                return notes.contains {
                    $0.id == note && $0.struckAt != nil && $0.striker.actor == member.actor
                }
            })
        return try await shown(number, isDone ? .struck : nil, member, request)
    }

    /// もう一度送る: shows what would leave, and asks once.
    func resend(
        _ member: NoteKeeper, _ request: Request, _ form: Form
    ) async throws -> Response {
        let number = try form.single("number") ?? ""
        guard let letter = Int(try form.single("letter") ?? "") else { throw Refusal.notFound }
        guard try form.single("sure") == "yes", let seen = Int(try form.single("seen") ?? "")
        else { return try await ask(member, number, letter, request) }
        let id = try await office.personID(numbered: number)
        let isDone = try await site.onceOnly(
            {
                try await office.resend(
                    letter: letter, toPerson: id, seen: seen, by: member.actor)
            }, isDone: { false })
        return try await shown(number, isDone ? .resent : nil, member, request)
    }

    private func ask(
        _ member: some StaffMember, _ number: String, _ id: Int, _ request: Request
    ) async throws -> Response {
        let file = try await office.openPerson(number, by: member.actor)
        guard let letter = file.letters.first(where: { $0.id == id }) else {
            throw Refusal.notFound
        }
        guard letter.mayBeSentAgain, !file.hasDied, !file.email.isEmpty else {
            return try await shown(number, nil, member, request)
        }
        let page = ResendPage(file: file, letter: letter)
        return try respond(
            to: member,
            StaffPage(
                title: ResendPage.heading, place: .people,
                main: page.html(csrf: member.visitor.csrf)))
    }

    private func shown(
        _ number: String, _ done: PersonDone?, _ member: some StaffMember, _ request: Request
    ) async throws -> Response {
        let path = Route.person.with("number", number)
        guard let done else { return await site.decidedOtherwise(request, shownOn: path) }
        return try member.visitor.carrying(
            Response.seeOther("\(path)&\(PersonDone.field)=\(done.rawValue)"))
    }
}

/// What was typed on a person's page, and which part of it is asked for.
struct PersonForm {
    static let limit = 1_000

    var journal = JournalPage()
    var words = ""
    var isShown = false
    /// The note that is to be written anew.
    var corrects: Int?
    var problem: String?
    var done: PersonDone?

    static func problem(of words: String) -> String? {
        if words.isEmpty { return "メモを入力してください。" }
        let count = words.unicodeScalars.count
        return count > limit ? "メモは\(limit.grouped)文字以内で入力してください。いまは\(count.grouped)文字です。" : nil
    }
}

/// What was done on a person's page just now, said at its top.
enum PersonDone: String {
    static let field = "done"

    case noted, struck, resent

    /// Whether it is so: an address that somebody was sent says nothing that was not done.
    func isTrue(of file: PersonFile) -> Bool {
        switch self {
        case .noted: !file.notes.isEmpty
        case .struck: file.notes.contains { $0.struckAt != nil }
        case .resent: file.letters.contains { $0.repeats != nil }
        }
    }

    var sentence: String {
        switch self {
        case .noted: "メモを書きました。"
        case .struck: "メモを取り消しました。取り消したメモも、読めるように残ります。"
        case .resent: "もう一度送ることにしました。送った結果は、この画面に出ます。"
        }
    }
}
