import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// The shape of a file: headings, rows that are none, yes and no.
@Suite struct RosterTests {
    @Test(arguments: [
        ("00-as-it-should-be.csv", ["2 new", "3 new"]),
        ("01-badge-answers.csv", (2...13).map { "\($0) new" }),
        ("02-badge-wanted-mail-blank.csv", ["2 new W229", "3 new"]),
        ("03-merged-viewing-heading.csv", ["file E419"]),
        ("06a-phone-and-contact.csv", ["file E433"]),
        ("06b-affiliation-and-section.csv", ["file E433"]),
        ("07-headings-with-remarks.csv", ["2 new"]),
        (
            "08-notices-never-shown.csv",
            [
                "2 new", "3 new", "4 new", "5 new W212", "6 new W212 W118 N123 N123", "7 new W304",
                "8 new W304",
            ]
        ),
        ("11-dash-for-nothing.csv", (2...7).map { "\($0) new" }),
        ("13a-numbered-empty-rows.csv", ["file N422", "2 new"]),
        ("13b-group-total-and-foot-rows.csv", ["file N407", "file N422", "5 new", "7 new"]),
        ("17-sample-rows-by-other-words.csv", ["file W306", "5 new"]),
        ("18-kubun-means-employment.csv", ["file E432"]),
        ("19-two-heading-rows.csv", ["file E419", "file E419"]),
        ("20-contact-block-above.csv", ["file N407", "5 new"]),
        ("23-consent-words.csv", (2...11).map { "\($0) new" }),
        ("25-one-name-only.csv", ["2 error E211 E211"]),
        ("27-address-1-and-2.csv", ["2 new"]),
    ])
    func isPlannedAsItIsMeant(file: String, plan: [String]) async throws {
        try await withOffice { desk in
            let planned = try await desk.planRoster(file)
            #expect(planned.inShort == plan)
        }
    }

    @Test(arguments: [
        ("02-badge-wanted-mail-blank.csv", "メールアドレスがないため、オープンバッジをお届けできません。"),
        ("03-merged-viewing-heading.csv", "見出し「視聴日」が2つ以上の列にまたがっています（J列に見出しがありません）。"),
        ("06a-phone-and-contact.csv", "「電話番号」の列と「連絡先」の列は、同じことを尋ねています。"),
        ("06b-affiliation-and-section.csv", "「所属」の列と「部署」の列は、同じことを尋ねています。"),
        ("13a-numbered-empty-rows.csv", "読み飛ばしました：3〜31行目"),
        ("13b-group-total-and-foot-rows.csv", "読み飛ばしました：4、6、8〜10行目"),
        ("17-sample-rows-by-other-words.csv", "2〜4行目：記入例の行のため取り込みません。"),
        ("18-kubun-means-employment.csv", "何の列か分からない見出しがあります：区分。"),
        ("19-two-heading-rows.csv", "見出し「氏名」が2つ以上の列にまたがっています（C列に見出しがありません）。"),
        ("20-contact-block-above.csv", "4行目を見出しとして読み取りました。"),
        ("25-one-name-only.csv", "「氏名1語」の列を作って「1」と入力してください。"),
    ])
    func itsClerkIsTold(file: String, sentence: String) async throws {
        try await withOffice { desk in
            let told = try await desk.sentences(of: desk.planRoster(file))
            #expect(told.contains { $0.contains(sentence) }, "\(told)")
        }
    }

    @Test func whoWantsABadgeGetsOne() async throws {
        try await withOffice { desk in
            let planned = try await desk.planRoster("01-badge-answers.csv")
            let wishes = (2...13).map { planned.application(inRow: $0)?.choices.wantsBadge }
            #expect(wishes == Array(repeating: true, count: 11) + [false])
        }
    }

    /// Once somebody has said what the columns are for.
    @Test(arguments: [
        ("06a-phone-and-contact.csv", "連絡先", ["file W410", "2 new"]),
        ("06b-affiliation-and-section.csv", "部署", ["file W410", "2 new"]),
        ("18-kubun-means-employment.csv", "区分", ["file W410", "2 new", "3 new"]),
    ])
    func isPlannedOnceAColumnIsNotUsed(
        file: String, heading: String, plan: [String]
    ) async throws {
        try await withOffice { desk in
            let unused = ColumnChoice(ColumnName(heading), .unused)
            let planned = try await desk.planRoster(file, saying: [unused])
            #expect(planned.inShort == plan)
        }
    }

    @Test func theTelephoneThatWasChosenIsKept() async throws {
        for (used, unused, phone) in [
            ("電話番号", "連絡先", "0878392011"), ("連絡先", "電話番号", "09012345678"),
        ] {
            try await withOffice { desk in
                let planned = try await desk.planRoster(
                    "06a-phone-and-contact.csv",
                    saying: [
                        ColumnChoice(ColumnName(used), .question(.phone)),
                        ColumnChoice(ColumnName(unused), .unused),
                    ])
                #expect(planned.application(inRow: 2)?.phone == phone)
            }
        }
    }

    @Test func nothingIsKeptOfAWordForNothing() async throws {
        try await withOffice { desk in
            let planned = try await desk.planRoster("11-dash-for-nothing.csv")
            let people = (2...7).compactMap { planned.application(inRow: $0) }
            #expect(people.map { $0.texts[.building] } == ["", "", "", "", "", "＠ホーム番町 101"])
            #expect(people.map(\.phone) == ["0878392011", "", "", "", "", ""])
            #expect(people[2].unit.isEmpty && people.allSatisfy { $0.memberNumber == nil })
        }
    }

    @Test func theSecondAddressIsTheHouse() async throws {
        try await withOffice { desk in
            let planned = try await desk.planRoster("27-address-1-and-2.csv")
            let application = planned.application(inRow: 2)
            #expect(application?.address.municipalityCode == "372013")
            #expect(application?.texts[.building] == "番町ハイツ101")
        }
    }

    /// 個人番号, 生年月日: such a file is refused before it is kept.
    @Test(arguments: ["個人番号", "マイナンバー（12桁）", "生年月日", "性別", "生年月日(西暦)"])
    func whatNobodyMaySendIsNotKept(heading: String) async throws {
        try await withOffice { desk in
            let text = String(decoding: Invented.groupFile(1...2), as: UTF8.self)
                .split(separator: "\r\n").enumerated()
                .map { $0.element + ($0.offset == 0 ? ",\(heading)" : ",1980/1/1") }
            let coordinator = Coordinator(
                name: "担当", phone: "", email: "", evidence: .personal, attests: true)
            let upload = GroupUpload(
                name: "名簿.csv", bytes: Array((text.joined(separator: "\r\n") + "\r\n").utf8),
                coordinator: coordinator)
            let planned = try await desk.office.planGroup(
                upload, of: "demo-hospital", by: .operator("coordinator"))
            #expect(planned.number == nil && planned.inShort == ["file E418"])
            #expect(try await desk.count("SELECT count(*) AS n FROM group_files") == 0)
        }
    }
}
