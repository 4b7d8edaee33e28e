internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

extension Review {
    /// What the check page of the form, or the plan of an organization's file, asks about answers
    /// as they stand: asked of the rules again, because what was sent all the same is kept as it
    /// is, and the question is not.
    func questions(
        about record: ApplicationRecord, _ viewings: [ViewingRecord]
    ) async throws -> [String] {
        // Nobody is asked at the turn of the year.
        guard record.route != .renewal, let rules = try await office.rules(of: record.year) else {
            return []
        }
        let draft = ApplicationDraft(again: record, viewings, rules)
        let body = record.organizationID.flatMap { rules.organization(id: $0) }
        let door = record.route == .group ? body.map(Application.Door.groupFile) : nil
        let found: [Problem]
        switch Application.check(draft, on: record.receivedOn, under: rules, as: door ?? .form) {
        case .accepted(_, let notices): found = notices
        case .rejected(let problems): found = problems
        }
        let messages = Messages(rules, year: record.year)
        return found.filter { $0.severity == .confirm }.map { messages.sentence($0) }
    }
}

extension ReviewPage {
    /// What whoever sent the application was asked, and left as it is.
    var asked: HTML {
        guard !questions.isEmpty else { return .none }
        let list = each(questions) { "<li>\($0)</li>" }
        return Part.note(
            "info", "送る前に確かめたこと",
            "<p>次のことをたずね、このままでよいとして送られました。</p><ul>\(list)</ul>")
    }

    /// 所属 and 兼任: every organization, who declared it, and since when.
    var belonging: HTML {
        guard !affiliations.isEmpty else { return .none }
        let rows = affiliations.map { affiliation -> [HTML] in
            [
                "\(affiliation.organizationName)", "\(affiliation.isPrimary ? "所属" : "兼任")",
                "\(affiliation.placeName ?? "")", "\(affiliation.unit)", "\(affiliation.declarer)",
                "\(affiliation.since.word)", "\(affiliation.leaving?.word ?? "")",
                "\(affiliation.answerWord)",
            ]
        }
        let table = Table(
            "所属している団体",
            ["団体", "所属・兼任", "事業所", "部署・店舗名", "だれが申告したか", "いつから", "離れた日", "本人の答え"], rows)
        return "<section class=\"sec flow\"><h2>所属している団体</h2>\(table.html)</section>"
    }
}

extension AffiliationRecord {
    fileprivate var answerWord: String {
        switch answer {
        case .agreed: "同意"
        case .objected: "希望しない"
        case nil: ""
        }
    }

    fileprivate var declarer: String {
        guard isFromFile else { return "本人" }
        return actor.actor == nil ? "団体の名簿" : "団体の名簿（\(actor.word)）"
    }
}
