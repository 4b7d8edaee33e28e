import Enrollment
import HTTP
import Testing
import Web
import Words

/// Whoever follows an address of a letter finds a page.
@Suite struct LetterTests {
    private static let site = "https://enroll.example"
    private static let letters = Letters(
        ServiceWords(issuer: "見本事務局", phone: "0120-000-000", url: site), Links(siteAt: site))

    private static var note: AmendmentNote {
        var questions = ApplicationDraft()
        questions[.street] = "番地を入力してください。"
        return AmendmentNote(questions, dueOn: FiscalYear(startYear: 2026).lastDay)
    }

    private static var all: [LetterWords] {
        let (year, day) = (FiscalYear(startYear: 2026), FiscalYear(startYear: 2026).firstDay)
        return [
            letters.code("123456", page: "応募"),
            letters.receipt("R", name: "名", kind: .promoter, year: year),
            letters.alreadyReceived("R", first: "F", year: year),
            letters.appointment(
                AppointmentNotice(
                    "N", receipt: "R", name: "名", kind: .promoter, from: day, until: day,
                    badge: "abc")),
            letters.withdrawal("R", name: "名", kind: .promoter, year: year),
            letters.correction("R", name: "名", fields: [.street]),
            letters.proposal("R", name: "名", by: "病院", fields: [.street]),
            letters.correctionRefused("R", name: "名", reason: "理由"),
            letters.mailChanged("R", name: "名"), letters.receipts([]),
            letters.dismissal(
                "R", name: "名", AppointmentEnding(.revoked, on: day, because: "理由")),
            letters.resumption("R", name: "名", last: day),
            letters.reinstatement("N", name: "名", Term(from: day, endsOn: day.adding(days: 9))),
            letters.reopening("R", name: "名"), letters.parting("R", name: "名"),
            letters.peopleMerged("R", name: "名", stays: "M"),
            letters.peopleSeparated("R", name: "名"),
            letters.takenBack("R", name: "名", by: "団体"),
            letters.listed("R", name: "名", by: "団体"),
            letters.listingRefused("R", of: "名", toCoordinator: "名"),
            letters.amendment("R", name: "名", note),
            letters.amendment("R", of: "名", toCoordinator: "名", note),
            letters.amendmentReminder("R", name: "名", note),
            letters.amendmentTakenBack("R", name: "名"),
            letters.amendmentExpired("R", name: "名", note),
            letters.affiliationEnded("R", name: "名", at: "団体", Leaving(.other, on: day)),
            letters.affiliationResumed("R", name: "名", at: "団体"),
            letters.groupUndone("G", name: "名", undone: 1, kept: 2),
            letters.cancellation("N", name: "名", reason: "理由"),
            letters.undoneAppointment("N", name: "名", reason: "理由"),
            letters.receipts([("R", .promoter, day, .applied(.submitted))]),
            letters.resignation("N", name: "名", last: day),
            letters.rejection("R", name: "名", reason: "理由"),
            letters.expired("R", name: "名", kind: .promoter, year: year, renewing: nil),
            letters.expired("R", name: "名", kind: .promoter, year: year, renewing: .caller),
            letters.groupApplied("G", name: "名", count: 1),
            letters.jobFailed("G", reference: "x"), letters.passwordChanged(name: "名"),
            letters.secondFactor(.setUp, name: "名"), letters.accountChanged(.enabled, name: "名"),
            letters.invitation(
                InvitationNotice(
                    name: "名", desk: .office, link: site + "/invitation/none",
                    until: Instant(startOf: day))),
        ]
            + Renewal.Outcome.allCases.filter(\.isTold).map {
                letters.notRenewed(
                    NotRenewedNotice(
                        "名", kind: .promoter, outcome: $0, missing: ["動画"], last: day, until: day))
            }
    }

    @Test func everyAddressInEveryLetterIsAPage() async throws {
        let desk = try await SiteDesk(connection: "host=/nowhere/at/all dbname=none")
        #expect(try await desk.get("/members").status == .notFound)
        let paths = Set(Self.all.flatMap { Self.paths(in: $0.body) })
        #expect(paths.isSuperset(of: ["/", "/status", "/group/members", "/verify/abc"]))
        for path in paths {
            let status = try await desk.get(path).status
            #expect(status != .notFound || path == "/invitation/none", "\(path)")
        }
    }

    private static func paths(in body: String) -> [String] {
        body.split(separator: "\n").filter { $0.hasPrefix(site) }.map {
            let path = String($0.dropFirst(site.count))
            return path.isEmpty ? "/" : path
        }
    }
}
