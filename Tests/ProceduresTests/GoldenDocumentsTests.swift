import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing
import Web
import Words

/// What leaves the house as a text, held to what somebody has read: letters, the template of a group
/// file, and the documents of badges.
@Suite struct GoldenDocumentsTests {
    private static let year = FiscalYear(startYear: 2026)

    private static var note: AmendmentNote {
        var questions = ApplicationDraft()
        questions[.street] = "番地まで入力してください。"
        questions[.postalCode] = "住所の町名と合っていません。"
        return AmendmentNote(questions, dueOn: year.lastDay)
    }

    private static var letters: [(String, LetterWords)] {
        let site = "https://enroll.example"
        let letters = Letters(
            ServiceWords(issuer: "見本事務局", phone: "0120-000-000", url: site), Links(siteAt: site))
        let (first, last) = (year.firstDay, year.lastDay)
        let name = "髙橋 渉"
        let untold = Renewal.Outcome.allCases.filter(\.isTold).map { outcome in
            (
                "not_renewed \(outcome.rawValue)",
                letters.notRenewed(
                    NotRenewedNotice(
                        name, kind: .promoter, outcome: outcome, missing: ["動画その1", "動画その2"],
                        last: last, until: last.adding(days: 60)))
            )
        }
        let factor = SecondFactorNews.allCases.map {
            ("second_factor \($0.rawValue)", letters.secondFactor($0, name: name))
        }
        return [
            ("code", letters.code("123456", page: "応募")),
            ("receipt", letters.receipt("26-ABCD", name: name, kind: .promoter, year: year)),
            (
                "receipt instead of a renewal",
                letters.receipt(
                    "26-ABCD", name: name, kind: .promoter, year: year, insteadOfRenewal: true)
            ),
            ("a letter once more", letters.again("件名", "本文", of: first)),
            ("already_received", letters.alreadyReceived("26-EFGH", first: "26-ABCD", year: year)),
            (
                "appointment",
                letters.appointment(
                    AppointmentNotice(
                        "R08-P-0000001", receipt: "26-ABCD", name: name, kind: .promoter,
                        from: first,
                        until: last, badge: "abc"))
            ),
            (
                "appointment without a badge",
                letters.appointment(
                    AppointmentNotice(
                        "R08-C-0000001", receipt: "26-ABCD", name: name, kind: .caller, from: first,
                        until: last, badge: nil))
            ),
            (
                "withdrawal",
                letters.withdrawal("26-ABCD", name: name, kind: .caller, year: year)
            ),
            (
                "correction",
                letters.correction("26-ABCD", name: name, fields: [.street, .phone])
            ),
            (
                "correction_refused",
                letters.correctionRefused("26-ABCD", name: name, reason: "書類を送ってください。")
            ),
            ("mail_changed", letters.mailChanged("26-ABCD", name: name)),
            (
                "receipts",
                letters.receipts([("26-ABCD", .promoter, first, .applied(.submitted))])
            ),
            ("receipts of nobody", letters.receipts([])),
            (
                "dismissal",
                letters.dismissal(
                    "R08-P-0000001-A", name: name,
                    AppointmentEnding(.revoked, on: first, because: "活動の実態がないため"))
            ),
            ("resumption", letters.resumption("R08-P-0000001-A", name: name, last: first)),
            (
                "resumption of what is over",
                letters.reinstatement(
                    "R08-P-0000001-A", name: name,
                    Term(from: first, endsOn: first.adding(days: 100)))
            ),
            ("reopening", letters.reopening("26-ABCD", name: name)),
            ("reopening of expired", letters.reopeningOfExpired("26-ABCD", name: name)),
            ("parting", letters.parting("26-ABCD", name: name)),
            ("taken_back", letters.takenBack("26-ABCD", name: name, by: "見本病院")),
            (
                "receipt of a row of a file",
                letters.receipt(
                    "26-ABCD", of: (name, .promoter), year: year, insteadOfRenewal: false,
                    by: "見本病院")
            ),
            ("listed", letters.listed("26-ABCD", name: name, by: "見本病院")),
            (
                "listing_refused",
                letters.listingRefused("26-ABCD", of: name, toCoordinator: "担当")
            ),
            ("amendment", letters.amendment("26-ABCD", name: name, note)),
            (
                "amendment to the coordinator",
                letters.amendment("26-ABCD", of: name, toCoordinator: "担当", note)
            ),
            ("amendment_reminder", letters.amendmentReminder("26-ABCD", name: name, note)),
            ("amendment_taken_back", letters.amendmentTakenBack("26-ABCD", name: name)),
            ("amendment_expired", letters.amendmentExpired("26-ABCD", name: name, note)),
            (
                "affiliation_ended",
                letters.affiliationEnded(
                    "26-ABCD", name: name, at: "見本病院",
                    Leaving(.retired, on: Day(year: 2026, month: 10, day: 31)!))
            ),
            (
                "affiliation_resumed",
                letters.affiliationResumed("26-ABCD", name: name, at: "見本病院")
            ),
            ("group_undone", letters.groupUndone("G-1", name: name, undone: 1_200, kept: 3)),
            (
                "proposal",
                letters.proposal(
                    "26-ABCD", name: name, by: "見本病院", fields: [.street, .phone])
            ),
            (
                "people_merged",
                letters.peopleMerged("26-ABCD", name: name, stays: "M-00000001-A")
            ), ("people_separated", letters.peopleSeparated("26-ABCD", name: name)),
            (
                "undone_appointment",
                letters.undoneAppointment(
                    "R08-P-0000001-A", name: name, reason: "決裁の対象を誤ったため")
            ),
            (
                "cancellation",
                letters.cancellation(
                    "R08-P-0000001-A", name: name, reason: "別の人の応募だったため")
            ),
            ("resignation", letters.resignation("R08-P-0000001", name: name, last: first)),
            ("rejection", letters.rejection("26-ABCD", name: name, reason: "視聴の日がありません。")),
            (
                "expired",
                letters.expired(
                    "26-ABCD", name: name, kind: .promoter, year: year, renewing: nil)
            ),
            (
                "expired while renewing",
                letters.expired(
                    "26-ABCD", name: name, kind: .promoter, year: year, renewing: .caller)
            ),
            ("group_applied", letters.groupApplied("G-1", name: "見本 担当", count: 3_000)),
            ("job_failed", letters.jobFailed("G-1", reference: "abcdef")),
            ("sign_in_warning", letters.signInWarning(count: 11)),
            ("password_changed", letters.passwordChanged(name: name)),
            (
                "invitation",
                letters.invitation(
                    InvitationNotice(
                        name: name, desk: .organization("見本病院　東病院"),
                        link: "https://enroll.example/invitation/token", until: invitedUntil))
            ),
            ("account_changed disabled", letters.accountChanged(.disabled, name: name)),
            ("account_changed enabled", letters.accountChanged(.enabled, name: name)),
            ("account_changed handed_over", letters.accountChanged(.handedOver, name: name)),
            (
                "account_changed rights",
                letters.accountChanged(.rights(OfficeRights([.review, .reception])), name: name)
            ),
            ("alarm", letters.wrongCodes(500)),
        ] + untold + factor
    }

    private static let invitedUntil = Instant(startOf: FiscalYear(startYear: 2026).lastDay)

    @Test func everyLetterSaysWhatWasRead() throws {
        let text = Self.letters.map { name, words in
            "==== \(name)\nSubject: \(words.subject)\n\n\(words.body)\n"
        }.joined(separator: "\n")
        try Golden.expect(text, as: "letters.txt")
    }

    @Test func theTemplateOfAGroupFileIsTheOneThatWasRead() async throws {
        try await withOffice { desk in
            let bytes = try await desk.office.groupTemplate().csv()
            try Golden.expect(String(decoding: bytes, as: UTF8.self), as: "group-template.csv")
        }
    }

    @Test func theDocumentsOfABadgeAreTheOnesThatWereRead() async throws {
        try await withOffice { desk in
            let id = try await desk.approved(1)
            try await desk.appointAll()
            let token = try #require(try await desk.office.reading.badgeToken(ofApplication: id))
            var documents = [
                ("issuer", desk.office.badgeIssuer()),
                ("class", try desk.office.badgeClass(slug: "dps-2026")),
                ("assertion", try await desk.office.assertion(token: token).bytes),
            ]
            try await desk.office.resign(application: id, by: .applicant)
            documents.append(
                ("revoked assertion", try await desk.office.assertion(token: token).bytes))
            let text = documents.map { "==== \($0)\n\(String(decoding: $1, as: UTF8.self))\n" }
            try Golden.expect(text.joined(separator: "\n"), as: "badges.txt")
        }
    }
}
