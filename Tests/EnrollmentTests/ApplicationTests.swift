import Enrollment
import Testing

@Suite("An application is checked as a whole") struct ApplicationTests {
    @Test func aGoodDraftBecomesAnApplication() throws {
        guard case .accepted(let application, let notices) = Sample.check() else {
            Issue.record("rejected: \(Sample.codes(Sample.check()))")
            return
        }
        #expect(application.name.family.unicodeScalars.elementsEqual("髙橋".unicodeScalars))
        #expect(application.name.family0213 == "高橋")
        #expect(notices.map(\.code) == [.characterIsSubstituted])
        #expect(application.email == "Wataru@example.jp")
        #expect(application.address.postalCode == "1020094")
        #expect(application.address.municipalityCode == "131016")
        #expect(application.viewings.map(\.viewedOn.description) == ["2026-09-01", "2026-09-01"])
        #expect(application.year == Sample.year)
    }

    @Test func aColumnOfGroupsFilesIsNotTakenFromOnePerson() throws {
        let columns = ApplicationField.plain.filter(\.isOnlyForGroups)
        #expect(columns.count == 8)
        let plain = try #require(Self.accepted(Sample.check()))
        for field in columns {
            let long = String(repeating: "=", count: 300)
            #expect(Self.accepted(Sample.check { $0[field] = long }) == plain, "\(field.key)")
        }
        let without = Sample.check {
            $0[.email] = ""
            $0[.employeeNumber] = "A-1"
        }
        #expect(Sample.codes(without) == ["W116", "E151"])
    }

    private static func accepted(_ checked: Checked<Application>) -> Application? {
        if case .accepted(let application, _) = checked { application } else { nil }
    }

    @Test func allProblemsAreNamedAtOnceInTheOrderOfTheForm() {
        let checked = Sample.check { $0 = ApplicationDraft() }
        #expect(
            Sample.codes(checked) == [
                "E101", "E103", "E111", "E111", "E121", "E121", "E131", "E135", "E137", "E141",
                "E151", "E171", "E171", "E181", "E191", "E192",
            ])
    }

    @Test(arguments: [
        ("applicant_kind", "x", "E101"), ("eligibility_category", "", "E103"),
        ("eligibility_category", "community_caller", "E104"),
        ("eligibility_category", "national_project", "E105"),
        ("eligibility_category", "listed_org", "E106"), ("activity_note", "", "E108"),
        ("activity_note", String(repeating: "あ", count: 401), "E110"), ("family_name", "　", "E111"),
        ("family_name", "山\u{1F600}田", "E112"), ("family_name", "山\u{E000}", "E112"),
        ("family_name", "山\u{0007}田", "E112"), ("family_name", "山\u{202E}田", "E112"),
        ("family_name", "螻ｱ逕ｰ", "E114"), ("family_name", "山?", "E114"),
        ("family_name", "＝山田", "E115"), ("family_name_kana", "高橋", "E122"),
        ("postal_code", "12345", "E132"), ("prefecture", "江戸", "E136"), ("city", "渋谷区", "E138"),
        ("street", "a\u{0}b", "E112"), ("street", "1-3\u{1F600}", "E112"),
        ("building", "a\u{E000}b", "E112"), ("affiliation_unit", "a\u{1B}b", "E112"),
        ("building", String(repeating: "あ", count: 101), "E110"),
        ("family_name", String(repeating: "あ", count: 51), "E110"),
        ("street", "1月2日", "E142"), ("street", "2026/1/2", "E142"), ("street", "2-Jan", "E142"),
        ("email", "taro.example.jp", "E152"), ("email", "a@b", "E152"),
        ("email", "a@b@c.jp", "E152"),
        ("email", "a\r\nbcc:x@example.jp@example.jp", "E152"),
        ("email", "ta..ro@docomo.ne.jp", "E153"),
        ("email", "taro.@docomo.ne.jp", "E153"), ("phone", "でんわ", "E161"),
        ("phone", "3012345678", "E162"), ("view_1_on", "", "E171"),
        ("view_1_on", "2026-02-30", "E172"),
        ("view_1_on", "2026-12-01", "E173"), ("view_1_on", "2026-01-31", "E174"),
        ("view_1_on", "9/1", "E175"), ("badge_opt_in", "", "E181"), ("consent_terms", "", "E191"),
        ("consent_privacy", "no", "E192"), ("member_no", "M-00000001-X", "E195"),
    ])
    func oneWrongAnswerIsOneProblem(key: String, value: String, code: String) throws {
        let field = try #require(ApplicationField(key: key))
        let checked = Sample.check { $0[field] = value }
        guard case .rejected(let problems) = checked else {
            Issue.record("\(key) = \(value) was accepted")
            return
        }
        #expect(problems.filter { $0.severity == .stop }.map(\.code.rawValue) == [code])
    }

    @Test(arguments: [
        ("family_name", "神"), ("phone", "+81 90-1234-5678"),
        ("phone", "+81 (0)3-1234-5678"), ("activity_note", "一行目\r\n二行目"), ("prefecture", "東京"),
        ("phone", "（03）1234－5678"),
        ("city", "千代田区"), ("postal_code", "〒１０２－００９４"), ("street", "１丁目２－３"),
        ("street", "令和町1月町"), ("email", "　ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ "),
    ])
    func whatPeopleTypeIsRead(key: String, value: String) throws {
        let field = try #require(ApplicationField(key: key))
        let checked = Sample.check { $0[field] = value }
        guard case .accepted = checked else {
            Issue.record("\(key) = \(value): \(Sample.codes(checked))")
            return
        }
    }

    @Test func readingsAreTurnedIntoKatakanaAndTold() {
        let checked = Sample.check { $0[.familyNameKana] = "ﾀｶはし" }
        guard case .accepted(let application, let notices) = checked else {
            Issue.record("rejected")
            return
        }
        #expect(application.name.familyKana == "タカハシ")
        #expect(notices.contains { $0.code == .kanaConverted })
    }

    @Test func aPersonWithOneNameAndNoReadingMayApply() {
        let checked = Sample.check {
            $0[.givenName] = ""
            $0[.familyNameKana] = ""
            $0[.givenNameKana] = ""
            $0[.singleName] = "yes"
            $0[.noKana] = "yes"
        }
        guard case .accepted(let application, _) = checked else {
            Issue.record("rejected: \(Sample.codes(checked))")
            return
        }
        #expect(application.name.isSingle && application.name.hasNoKana)
    }

    @Test func aCallerNeedsNoVideo() {
        let checked = Sample.check {
            $0[.kind] = "caller"
            $0[.category] = "community_caller"
            $0[.viewedOn(slot: 1)] = ""
            $0[.viewedOn(slot: 2)] = ""
        }
        guard case .accepted = checked else {
            Issue.record("rejected: \(Sample.codes(checked))")
            return
        }
    }

    @Test func thePeriodOfApplicationIsKept() throws {
        let before = try #require(Day("2026-03-31"))
        #expect(Sample.codes(Sample.check(on: before)).contains("E199"))
        let after = try #require(Day("2027-04-01"))
        #expect(Sample.codes(Sample.check(on: after)).contains("E198"))
    }

    @Test func municipalitiesAreFoundAsPeopleWriteThem() throws {
        let places = Sample.gazetteer
        let prefecture = { (name: String) in try #require(places.prefecture(named: name)) }
        #expect(places.find("龍ヶ崎市", in: try prefecture("茨城"))?.municipality.code == "082082")
        #expect(places.find("蟹江町", in: try prefecture("愛知県"))?.municipality.code == "234257")
        #expect(places.find("海部郡蟹江町", in: try prefecture("愛知県"))?.municipality.code == "234257")
        let sapporo = places.find("札幌市中央区", in: try prefecture("北海道"))
        #expect(sapporo?.municipality.code == "011002" && sapporo?.ward == "中央区")
        #expect(places.find("府中市", in: try prefecture("広島県"))?.municipality.code == "342084")
        #expect(places.split("東京都千代田区紀尾井町1-3")?.rest == "紀尾井町1-3")
    }
}
