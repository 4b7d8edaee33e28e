internal import Enrollment
internal import HTML
internal import HTTP
internal import Store
internal import Words

/// 決裁の範囲 as it is chosen: of which kind, and of which organizations.
struct DecisionScopeForm {
    /// Who has approved applications that wait for a 決裁.
    let approved: [WaitingOrganization]
    private(set) var scope = DecisionScope()
    /// What was chosen and is there no more: it is not read as "everybody".
    private(set) var problem: String?

    init(approved: [WaitingOrganization]) { self.approved = approved }

    init(_ form: Form, approved: [WaitingOrganization]) throws {
        self.approved = approved
        let kind = try form.single("kind") ?? ""
        let chosen = form.all("of")
        scope.kind = Kind(rawValue: kind)
        scope.applicants = Set(
            approved.map(\.applicants).filter { chosen.contains($0.value) })
        if scope.applicants.count != Set(chosen).count || (scope.kind == nil && !kind.isEmpty) {
            problem = "選んだ団体や区分の、承認済みの応募がなくなりました。対象を選び直してください。"
        }
    }

    var problems: [(field: String, text: String)] { problem.map { [("kind", $0)] } ?? [] }

    var html: HTML {
        Field(
            name: "kind", label: "応募区分", isMarked: false, value: scope.kind?.rawValue ?? "",
            problems: problem.map { [$0] } ?? []
        ).select(Kind.allCases.map { ($0.rawValue, $0.word) }, empty: "どちらも")
            + when(
                approved.count > 1,
                """
                <details\(when(!scope.applicants.isEmpty || problem != nil, " open"))>
                  <summary>団体を選ぶ（選ばないと、全部の団体と個人）</summary>
                  <fieldset class="field">
                    <legend>団体</legend>
                    <div class="rows">\(each(approved, tick))</div>
                  </fieldset>
                </details>
                """)
    }

    private func tick(_ organization: WaitingOrganization) -> HTML {
        """
        <label>
          <input type="checkbox" name="of" value="\(organization.applicants.value)"
              \(when(scope.applicants.contains(organization.applicants), "checked"))>
          <span>\(organization.word)（\(organization.count.grouped)件）</span>
        </label>
        """
    }
}

/// 対象の人 of a plan of appointments that nobody has applied: some are left out of the decision, or
/// taken in again.
struct PlanChoice {
    static let leavingOut = "leave_out"
    static let takingIn = "take_in"

    let plan: PlanRecord
    let chosen: PlanOutcome

    /// Whether somebody may be ticked, of a line.
    func mayTick(_ line: PlanLineRecord) -> Bool {
        chosen == .appointing(.appoint) || line.reason == .waits(.leftOut)
    }

    func tick(_ line: PlanLineRecord) -> HTML {
        guard mayTick(line) else { return .none }
        return """
            <label class="pick">
              <input type="checkbox" name="application" value="\(line.applicationID)">
              <span class="vh">\(line.name)を選ぶ</span>
            </label>
            """
    }

    func form(_ table: HTML, _ lines: [PlanLineRecord], csrf: String) -> HTML {
        guard lines.contains(where: mayTick) else { return table }
        let (act, word) =
            chosen == .appointing(.appoint)
            ? (Self.leavingOut, "選んだ人をこの決裁から外す") : (Self.takingIn, "選んだ人をこの決裁に入れる")
        return Part.form(
            .planPeople, csrf: csrf,
            AskingPage.unseen([("number", plan.number), ("act", act), ("outcome", chosen.rawValue)])
                + table
                + Part.plainButton(word))
    }
}

/// 決裁の範囲 in words.
struct DecisionScopeWords {
    let scope: DecisionScope
    /// Names of organizations by their id.
    let names: [Int: String]

    /// Nil of a decision about everybody.
    var word: String? {
        let applicants = scope.applicants.map { applicants in
            switch applicants {
            case .alone: TallyWords.individuals
            case .organization(let id): names[id] ?? ""
            }
        }.sorted()
        let parts =
            [scope.kind?.word].compactMap { $0 }
            + (applicants.isEmpty ? [] : [applicants.joined(separator: "、")])
        return parts.isEmpty ? nil : parts.joined(separator: "／")
    }
}
