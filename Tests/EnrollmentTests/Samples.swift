import Enrollment

/// Rules and answers that pass, for tests that change one thing.
enum Sample {
    static let year = FiscalYear(startYear: 2026)
    static let today = Day("2026-11-24")!

    static let hospital = OpenOrganization(
        id: 7, code: "demo-hospital", name: "見本病院", groupName: "病院",
        terms: OrganizationTerms(
            category: .agencyApproved, programmeID: nil, activityNote: "窓口の支援",
            opensOn: year.firstDay, closesOn: nil))

    static let rules: FiscalYearRules = {
        var lists = FiscalYearLists()
        lists.programmes = [
            Programme(id: "national-01", category: .nationalProject, ministry: "総務省", name: "事業"),
            Programme(id: "local-01", category: .localProject, ministry: "地方公共団体", name: "事業"),
        ]
        lists.organizations = [hospital]
        lists.videos = (1...2).map {
            Video(
                slot: $0, code: "v\($0)", title: "動画\($0)", url: "/",
                viewValidFrom: Day("2026-02-01")!)
        }
        lists.requirements = EligibilityCategory.allCases.filter { $0.kind == .promoter }.flatMap {
            category in (1...2).map { Requirement(kind: .promoter, category: category, slot: $0) }
        }
        let dates = FiscalYearDates(
            year: year, opensOn: year.firstDay, closesOn: year.lastDay,
            graceUntil: Day("2026-05-31")!, inquiryPhone: "0120-000-000")
        return FiscalYearRules(dates, lists: lists, gazetteer: gazetteer)
    }()

    /// The same rules where a year asks whoever wants to go on to say so.
    static func rules(askingForAnAnswer: Bool) -> FiscalYearRules {
        changed(policy: askingForAnAnswer ? .answer : .automatic) { _ in }
    }

    /// The same rules where one video is no longer required from a day on.
    static func rules(withdrawing slot: Int, from day: Day) -> FiscalYearRules {
        changed { lists in
            lists.requirements = lists.requirements.map {
                Requirement(
                    kind: $0.kind, category: $0.category, slot: $0.slot,
                    withdrawnFrom: $0.slot == slot ? day : nil)
            }
        }
    }

    /// The same rules with other lists.
    static func changed(
        policy: RenewalPolicy = .automatic, _ change: (inout FiscalYearLists) -> Void
    ) -> FiscalYearRules {
        var lists = FiscalYearLists()
        lists.programmes = rules.programmes
        lists.organizations = rules.organizations
        lists.videos = rules.videos
        lists.requirements = rules.requirements
        change(&lists)
        var dates = FiscalYearDates(
            year: year, opensOn: rules.opensOn, closesOn: rules.closesOn,
            graceUntil: rules.graceUntil, inquiryPhone: rules.inquiryPhone)
        dates.policy = policy
        return FiscalYearRules(dates, lists: lists, gazetteer: gazetteer)
    }

    /// A video more, as the third.
    static let third = Video(
        slot: 3, code: "v3", title: "動画3", url: "/", viewValidFrom: Day("2026-02-01")!)

    static let gazetteer = Gazetteer(
        prefectures: [
            .init(code: "01", name: "北海道"), .init(code: "08", name: "茨城県"),
            .init(code: "13", name: "東京都"), .init(code: "23", name: "愛知県"),
            .init(code: "34", name: "広島県"),
        ],
        municipalities: [
            .init(code: "011002", prefectureCode: "01", county: "", name: "札幌市"),
            .init(code: "082082", prefectureCode: "08", county: "", name: "龍ケ崎市"),
            .init(code: "131016", prefectureCode: "13", county: "", name: "千代田区"),
            .init(code: "132063", prefectureCode: "13", county: "", name: "府中市"),
            .init(code: "342084", prefectureCode: "34", county: "", name: "府中市"),
            .init(code: "234257", prefectureCode: "23", county: "海部郡", name: "蟹江町"),
        ])

    static let form: ApplicationDraft = {
        var draft = ApplicationDraft()
        for (key, value) in [
            "applicant_kind": "promoter", "eligibility_category": "agency_approved",
            "workplace_name": "見本商店", "activity_note": "公民館で教えています。", "family_name": "髙橋",
            "given_name": "渉",
            "family_name_kana": "タカハシ", "given_name_kana": "ワタル", "postal_code": "102-0094",
            "prefecture": "東京都", "city": "千代田区", "street": "紀尾井町1-3",
            "email": "Wataru@Example.JP", "view_1_on": "2026-09-01", "view_2_on": "令和8年9月1日",
            "badge_opt_in": "yes", "consent_terms": "yes", "consent_privacy": "yes",
        ] { draft[ApplicationField(key: key)!] = value }
        return draft
    }()

    static func check(
        _ change: (inout ApplicationDraft) -> Void = { _ in }, on day: Day = today,
        as door: Application.Door = .form, under rules: FiscalYearRules = rules
    ) -> Checked<Application> {
        var draft = form
        change(&draft)
        return Application.check(draft, on: day, under: rules, as: door)
    }

    static func codes(_ checked: Checked<Application>) -> [String] {
        switch checked {
        case .accepted(_, let notices): notices.map(\.code.rawValue)
        case .rejected(let problems): problems.map(\.code.rawValue)
        }
    }

    /// Somebody whom a row speaks of, known to some organizations.
    static func known(
        _ personID: Int = 1, to organizations: Set<Int>, saying content: String
    ) -> RowSubject {
        let live = GroupPlan.Known(organizationIDs: organizations, digest: content)
        return .known(personID: personID, live: live, ended: nil)
    }

    static let headings = [
        "No.", "氏", "名", "氏（カナ）", "名（カナ）", "郵便番号", "都道府県", "市区町村", "町字以下",
        "メールアドレス", "視聴日（動画1）", "視聴日（動画2）", "本人同意", "オープンバッジ希望",
    ]

    static func row(_ number: Int) -> [String] {
        let kana = ["ア", "イ", "ウ", "エ", "オ", "カ", "キ", "ク", "ケ", "コ"]
        let reading = String(number).map { kana[Int(String($0))!] }.joined()
        return [
            String(number), "見本\(reading)", "太郎", "ミホン\(reading)", "タロウ", "1020094", "東京都",
            "千代田区", "紀尾井町1-3", "m\(number)@example.jp", "2026/9/1", "2026/9/2", "同意する", "",
        ]
    }

    static func plan(
        _ rows: [[String]], under rules: FiscalYearRules = rules,
        saying choices: [ColumnChoice] = []
    ) -> GroupPlan {
        GroupPlan(
            records(rows),
            by: GroupPlan.Basis(
                of: hospital, on: today, under: rules, choosing: ColumnChoices(choices)))
    }

    static func records(_ rows: [[String]]) -> [GroupRecord] {
        rows.enumerated().map { GroupRecord(row: $0.offset + 1, cells: $0.element) }
    }
}
