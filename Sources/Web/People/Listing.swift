internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 名簿にのせた団体: whoever was listed says that it is them, or that they do not wish it.
extension OwnPage {
    func answerListing(
        _ applicant: Applicant, _ request: Request, _ form: Form
    ) async throws -> Response {
        guard let organization = Int(try form.single("organization") ?? ""),
            let answer = ListingAnswer(rawValue: try form.single("answer") ?? "")
        else { throw Refusal.notFound }
        if answer == .objected, try form.single(ListingPart.field(organization)) != "yes" {
            return try await page(
                of: applicant, trouble: .unsure(ofListingBy: organization))
        }
        let isDone = try await site.onceOnly(
            {
                switch answer {
                case .agreed:
                    try await office.agree(
                        toListingBy: organization, ofApplication: applicant.id, by: .applicant)
                case .objected:
                    try await office.object(
                        toListingBy: organization, ofApplication: applicant.id, by: .applicant)
                }
            }, isDone: { false })
        guard isDone else {
            return await site.decidedOtherwise(request, shownOn: Route.mine.path)
        }
        let saved: Saved = answer == .agreed ? .agreed : .objected
        return try applicant.visitor.seeOther(.mine, Saved.field, saved.rawValue)
    }
}

/// Each organization whose file names the person, with what they can say of it.
struct ListingPart {
    let facts: OwnFacts
    /// The organization to which they object without having ticked that they are sure.
    let unsure: Int?

    static func field(_ organization: Int) -> String { "sure-\(organization)" }
    static let unmarked = "希望しないときは、「申込みを希望しません」に印をつけてください。"

    func html(csrf: String) -> HTML {
        guard !facts.listings.isEmpty else { return .none }
        return """
            <section class="sec flow screen">
              <h2>あなたを名簿にのせた団体</h2>
              \(each(facts.listings) { listing($0, csrf) })
            </section>
            """
    }

    private func listing(_ listing: ListingRecord, _ csrf: String) -> HTML {
        """
        <h3>\(listing.organizationName)</h3>
        \(said(listing))\(when(mayAgree(listing), agreeing(listing, csrf)))
        \(when(listing.answer != .objected, objecting(listing, csrf)))
        """
    }

    private func said(_ listing: ListingRecord) -> HTML {
        let day = listing.answeredAt.map { "（\($0.day.word)）" } ?? ""
        switch listing.answer {
        case .agreed: return "<p>「それは私です・同意します」と答えました\(day)。</p>"
        case .objected: return "<p>「申込みを希望しません」と答えました\(day)。</p>"
        case nil:
            return "<p>\(listing.since.word)に、この団体の名簿にあなたの名前がありました。どちらかを選んでください。</p>"
        }
    }

    private func mayAgree(_ listing: ListingRecord) -> Bool {
        switch listing.answer {
        case nil: listing.leaving == nil
        case .agreed: false
        case .objected: facts.record.state.isLive
        }
    }

    private func hidden(_ listing: ListingRecord, _ answer: ListingAnswer) -> HTML {
        let answers = [
            ("organization", "\(listing.organizationID)"), ("answer", answer.rawValue),
        ]
        return each(answers) { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" }
    }

    private func agreeing(_ listing: ListingRecord, _ csrf: String) -> HTML {
        Part.form(
            .answerListing, csrf: csrf,
            hidden(listing, .agreed) + Part.plainButton("それは私です・同意します"))
    }

    private func objecting(_ listing: ListingRecord, _ csrf: String) -> HTML {
        let isFiled = facts.record.submittedBy == listing.organizationID
        let what =
            isFiled && facts.record.isBeforeAppointment
            ? "この団体が送ったあなたの応募を取り下げ、団体に知らせます。"
            : "この団体への所属が終わり、団体に知らせます。応募や任命は、このことでは変わりません。"
        let sure = Field(
            name: Self.field(listing.organizationID), label: "",
            problems: unsure == listing.organizationID ? [Self.unmarked] : []
        ).checkbox("申込みを希望しません")
        return """
            <details\(when(unsure == listing.organizationID, " open"))>
              <summary>希望しないとき</summary>
              <p>\(what)</p>
              \(Part.form(
                  .answerListing, csrf: csrf,
                  hidden(listing, .objected) + sure + Part.plainButton("希望しないと答える")))
            </details>
            """
    }
}
