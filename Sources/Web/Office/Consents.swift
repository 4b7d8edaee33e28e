internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 同意の決まり of organizations: whether it has asked its people, or each says so.
struct Consents: Room {
    let site: Site

    func show(_ member: OfficeMember<Reviewing>, _ request: Request) async throws -> Response {
        let isSaved = try request.query.single("saved") == "yes"
        return try await page(member, ConsentForm(), isSaved: isSaved)
    }

    func set(_ member: OfficeMember<Reviewing>, _ request: Request, _ form: Form) async throws
        -> Response
    {
        var typed = try ConsentForm(form)
        guard let (id, terms) = typed.terms(on: office.today) else {
            return try await page(member, typed)
        }
        do {
            let seen = try ConsentMark.read(try form.single(ConsentMark.name(of: id)))
            try await office.setConsent(terms, of: id, seen: seen, by: member.actor)
        } catch Refusal.conflict(.organizationHasChanged) {
            let now =
                try await office.reading.consentRules(in: office.year)
                .first { $0.organizationID == id }?.terms ?? .ofEachFile
            typed.refuse(because: now)
            return try await page(member, typed)
        }
        return try member.visitor.seeOther(.consents, "saved", "yes")
    }

    private func page(
        _ member: OfficeMember<Reviewing>, _ form: ConsentForm, isSaved: Bool = false
    ) async throws -> Response {
        let rules = try await office.currentRules()
        let page = ConsentsPage(
            records: try await office.reading.consentRules(in: office.year),
            organizations: rules.organizations, form: form, isSaved: isSaved)
        return try respond(
            to: member,
            StaffPage(
                title: ConsentsPage.heading, place: .files,
                main: page.html(csrf: member.visitor.csrf), hasProblems: !form.problems.isEmpty))
    }
}

/// What was typed of an organization's rule.
struct ConsentForm {
    static let limit = 100

    var organization = ""
    var rule = ""
    var day = ""
    var method = ""
    private(set) var problems: [(field: String, text: String)] = []

    init() {}

    init(_ form: Form) throws {
        organization = try form.single("organization") ?? ""
        rule = try form.single("rule") ?? ""
        day = try form.single("asked_on") ?? ""
        method = TextOfForm.line(try form.single("method") ?? "")
    }

    /// What was meant, or nil with problems that say what to put right.
    mutating func terms(on today: Day) -> (Int, ConsentTerms)? {
        problems = []
        let id = Int(organization)
        if id == nil { problems.append(("organization", "団体を選んでください。")) }
        guard let rule = ConsentRule(rawValue: rule) else {
            problems.append(("rule", "決まりを選んでください。"))
            return nil
        }
        if rule != .attested {
            let sentence = "「\(rule.word)」のときは入力しません。消すか、「\(ConsentRule.attested.word)」を選んでください。"
            if !day.isEmpty { problems.append(("asked_on", sentence)) }
            if !method.isEmpty { problems.append(("method", sentence)) }
            guard problems.isEmpty else { return nil }
        }
        guard rule == .attested, !day.isEmpty || !method.isEmpty else {
            return id.map { ($0, ConsentTerms(rule)) }
        }
        if method.isEmpty { problems.append(("method", "同意をどう取ったかを入力してください。")) }
        if method.unicodeScalars.count > Self.limit {
            problems.append(("method", "方法は\(Self.limit)文字以内で入力してください。"))
        }
        var asked: Day?
        switch TypedDay.read(day) {
        case .day(let day) where day <= today: asked = day
        case .day: problems.append(("asked_on", "同意を取った日は、今日までの日を入力してください。"))
        case .notInCalendar: problems.append(("asked_on", "暦にない日付です。日を直してください。"))
        case .unreadable:
            problems.append(("asked_on", "同意を取った日は「2026-11-24」のように入力してください。"))
        }
        guard problems.isEmpty, let id else { return nil }
        return (id, ConsentTerms(rule, askedOn: asked, method: method))
    }
}

extension ConsentForm {
    /// Somebody else was faster: what holds now is said.
    mutating func refuse(because terms: ConsentTerms) {
        let how = [terms.askedOn?.word ?? "", terms.method].filter { !$0.isEmpty }
        let now = ([terms.rule.word] + how).joined(separator: "、")
        problems = [
            (
                "organization",
                "ほかの人が先に決まりを変えました。いまは「\(now)」です。これでよいか確かめて、変えるときはもう一度保存してください。"
            )
        ]
    }
}

/// What a form was filled with: the rule of each organization that has one of its own.
enum ConsentMark {
    private static let separator: Character = "|"

    static func name(of organization: Int) -> String { "seen-\(organization)" }

    static func text(_ terms: ConsentTerms) -> String {
        [terms.rule.rawValue, terms.askedOn?.description ?? "", terms.method]
            .joined(separator: String(separator))
    }

    /// An organization of which the form said nothing had no rule of its own.
    static func read(_ text: String?) throws -> ConsentTerms {
        guard let text else { return .ofEachFile }
        let parts = text.split(separator: separator, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let rule = ConsentRule(rawValue: String(parts[0])) else {
            throw Refusal.notFound
        }
        return ConsentTerms(rule, askedOn: Day(String(parts[1])), method: String(parts[2]))
    }
}

/// The rules that are others than what each file says, and the form.
struct ConsentsPage {
    let records: [ConsentRecord]
    let organizations: [OpenOrganization]
    let form: ConsentForm
    let isSaved: Bool

    static let heading = "団体の同意の決まり"

    func html(csrf: String) -> HTML {
        """
        \(Part.crumbs([(Route.files, OfficeFiles.title)], Self.heading))
        \(Part.errorSummary(form.problems))
        <section class="sec flow">
          <h1>\(Self.heading)</h1>
          \(when(isSaved, Part.done("決まりを保存しました。")))
          <p>名簿でのせられた人を、いつ任命してよいかの決まりです。何も決めていない団体は、名簿を送るときの表明のとおり、
            同意を得ているものとします。「本人が確かめてから任命」の団体の人は、本人が「それは私です・同意します」と答えるまで任命されません。</p>
          \(list)
        </section>
        <section class="sec flow">
          <h2>決まりを変える</h2>
          \(Part.form(.consents, csrf: csrf, marks + fields + Part.button("保存する")))
        </section>
        """
    }

    private var list: HTML {
        guard !records.isEmpty else { return "<p>決まりを変えた団体は、まだありません。</p>" }
        let rows = records.map { record -> [HTML] in
            [
                "\(record.name)", "\(record.terms.rule.word)",
                "\(record.terms.askedOn?.word ?? "")", "\(record.terms.method)",
            ]
        }
        return Table("決まりを変えた団体", ["団体", "決まり", "同意を取った日", "方法"], rows).html
    }

    private var marks: HTML {
        AskingPage.unseen(
            records.map { (ConsentMark.name(of: $0.organizationID), ConsentMark.text($0.terms)) })
    }

    private var fields: HTML {
        HTML.joined([
            Field(
                name: "organization", label: "団体", value: form.organization,
                problems: problems(of: "organization")
            ).select(organizations.map { (String($0.id), $0.name) }),
            Field(name: "rule", label: "決まり", value: form.rule, problems: problems(of: "rule"))
                .radios(ConsentRule.allCases.map { ($0.rawValue, $0.word, "") }),
            Field(
                name: "asked_on", label: "団体が同意を取った日", isRequired: false,
                hint: "「団体が同意取得済」のときだけ。例：2026-11-24", value: form.day,
                problems: problems(of: "asked_on"), isShort: true
            ).textInput,
            Field(
                name: "method", label: "同意を取った方法", isRequired: false, hint: "例：書面、研修会の場で",
                value: form.method, problems: problems(of: "method")
            ).textInput,
        ])
    }

    private func problems(of field: String) -> [String] {
        form.problems.filter { $0.field == field }.map(\.text)
    }
}
