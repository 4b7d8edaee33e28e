import Enrollment
import Testing
import Words

@Suite("Words of the programme") struct WordsTests {
    private let messages = Messages(nil, year: FiscalYear(startYear: 2026))

    @Test func aRowIsNamedAsTheSpreadsheetShowsIt() {
        let problem = Problem(.viewingUnreadable, .viewedOn(slot: 1), [.value: "9/1"])
        #expect(
            messages.sentence(problem, row: 18)
                == "18行目「視聴日（動画1）」：視聴日「9/1」を読み取れません。"
                + "「2026-09-01」または「令和8年9月1日」の形で、年から入力してください。")
        #expect(
            messages.sentence(Problem(.privateUseCharacter, .familyName), row: 3)
                == "3行目「氏」に外字が含まれています。標準の文字に置き換えてください。")
        #expect(
            messages.sentence(Problem(.controlCharacter, .note), row: 861)
                == "861行目「備考」に使用できない制御文字が含まれています。")
        #expect(
            messages.sentence(Problem(.controlCharacter, nil, [.number: "6"]), row: 861)
                == "861行目「6列目」に使用できない制御文字が含まれています。")
        #expect(Problem(.controlCharacter).remedy == "セルの内容をすべて消して、入力し直してください（見えない文字が入っています）")
        #expect(
            messages.sentence(Problem(.tooManyCells, nil, [.columns: "14", .cells: "15"]), row: 3)
                == "3行目：列の数が多すぎます（見出し14列に対して15列）。カンマを含む値は「\"」で囲んでください。")
    }

    @Test func aDayToComeIsMendedByTheDayOnWhichTheVideoWasSeen() {
        let early = Problem(.viewingTooEarly, .viewedOn(slot: 1), [.day: "2026-02-01"]).remedy
        #expect(
            early == "2026年2月1日以降に見た日を入力してください。それより前に見た方は、もう一度見てから入力してください")
        let remedy = Problem(.viewingInFuture, .viewedOn(slot: 1)).remedy
        #expect(remedy == "動画を見た日を入力してください。これから見る方は、見たあとに入力してください")
    }

    @Test func aPostalCodeIsShownAsASpreadsheetKeepsIt() {
        #expect(PostalCodeWords.word("0600001") == "060-0001")
        #expect(PostalCodeWords.word("060-0001") == "060-0001")
        #expect(Problem(.postalCodeNotSevenDigits, .postalCode).remedy.contains("102-0094"))
        #expect(ApplicationField.postalCode.example == "102-0094")
    }

    @Test func theReasonInAnErrorFileReadsAsThePageDoes() {
        for problem in [
            Problem(.cityUnknown, .city, [.prefecture: "東京都", .value: "奈良市"]),
            Problem(.privateUseCharacter, .familyName),
            Problem(.controlCharacter, nil, [.number: "6"]),
        ] {
            #expect("3行目" + messages.reason(problem) == messages.sentence(problem, row: 3))
        }
        #expect(
            messages.reason(Problem(.cityUnknown, .city, [.prefecture: "東京都", .value: "奈良市"]))
                == "「市区町村」：東京都に「奈良市」という市区町村は見つかりません。")
        #expect(
            messages.reason(Problem(.rowRepeated, nil, [.row: "2"]))
                == "2行目と同じ方が重複しています。どちらかの行を削除してください。")
    }

    @Test func aColumnThatIsMissedIsTold() {
        #expect(
            messages.sentence(Problem(.columnMissing, .email))
                == "「メールアドレス」の列がありません。お知らせのメールもオープンバッジも届きません。")
        #expect(
            messages.sentence(Problem(.columnMissing, .badgeOptIn))
                == "「オープンバッジ希望」の列がありません。全員がオープンバッジを希望しないものとして登録します（前に送った方の希望は変わりません）。")
    }

    @Test func missingHeadingsAreNamedAsTheTemplateHasThem() {
        let problem = Problem(
            .columnsMissing, nil, [.headings: "family_name view_2_on badge_opt_in"])
        #expect(messages.sentence(problem) == "必要な列がありません：氏、視聴日（動画2）、オープンバッジ希望")
    }

    @Test func yearsAndNumbersAreWrittenAsPagesDo() throws {
        #expect(FiscalYear(startYear: 2026).word == "令和8年度")
        #expect(FiscalYear(startYear: 2019).word == "令和元年度")
        #expect(FiscalYear(startYear: 2018).word == "平成30年度")
        #expect(55425.grouped == "55,425" && 1_000_007.grouped == "1,000,007" && 7.grouped == "7")
        #expect((-1000).grouped == "-1,000" && 0.grouped == "0" && 999.grouped == "999")
        #expect(try #require(Day("2026-11-04")).word == "2026年11月4日")
        let moment = try #require(Instant("2026-11-24T00:05:59Z"))
        #expect(moment.word == "2026年11月24日 9時05分")
    }

    @Test func statesAreCalledAsTheProgrammeCallsThem() {
        #expect(
            ApplicationState.allCases.map(\.word) == [
                "下書き", "受付済み", "補正待ち", "審査中", "承認済み（決裁待ち）", "任命済み", "不承認", "取下げ",
                "重複（統合済み）", "期限切れ",
            ])
        #expect(
            AppointmentState.allCases.map(\.word) == [
                "任命予定", "任命中", "辞任", "解任", "区分変更", "死亡", "任期満了", "取消",
                "統合",
            ])
        #expect(AppointmentHistory.allCases.map(\.word) == ["新規", "継続", "再任"])
        #expect(EvidenceGrade.allCases.map(\.word) == ["測定", "代替教材", "団体申告", "自己申告"])
        #expect(EvidenceKind.allCases.map(\.word) == ["本人の申告", "団体で視聴会を実施", "団体の研修システムの記録"])
        #expect(Kind.allCases.map(\.word) == ["デジタル推進委員", "デジタル推進よびかけ員"])
    }

    @Test func theTwoNamesOfAQuestionAreNotMixed() {
        #expect(ApplicationField.badgeOptIn.label == "オープンバッジの発行")
        #expect(ApplicationField.badgeOptIn.heading == "オープンバッジ希望")
        for field in ApplicationField.plain {
            #expect(!field.label.isEmpty && !field.heading.isEmpty)
            #expect(ApplicationField(key: field.key) == field)
        }
        #expect(ApplicationField(key: "view_2_on") == .viewedOn(slot: 2))
        #expect(ApplicationField(key: "view_0_on") == nil && ApplicationField(key: "x") == nil)
        #expect(Set(ApplicationField.plain.map(\.heading)).count == ApplicationField.plain.count)
    }

    @Test func everyCodeThatCanStopARowSaysWhatToDo() {
        let ofRows = ProblemCode.allCases.filter { code in
            code.severity == .stop && ("E110"..."E226").contains(code.rawValue)
        }
        for code in ofRows
        where ![
            .badgeChoiceMissing, .termsNotAccepted, .privacyNotAccepted,
            .applicationsClosed, .applicationsNotYetOpen,
        ].contains(code) {
            if code == .attestationMissing { continue }
            #expect(Problem(code).remedy != "内容を確かめてください", "\(code)")
        }
    }
}

@Suite("What others typed leads nowhere in our letters") struct LetterTextTests {
    private let letters = Letters(
        ServiceWords(issuer: "事務局", phone: "0120-000-000", url: "https://enroll.example"),
        Links(
            home: "https://enroll.example", status: "https://enroll.example/status",
            members: "", signIn: "", invitation: { $0 }, badgeIssuer: "", verify: { $0 },
            checkCertificate: { $0 },
            assertion: { $0 }, badgeClass: { $0 }, badgeImage: { $0 }, badgePicture: { $0 },
            badgeCriteria: { $0 },
            credentials: CredentialLinks(
                credential: { $0 }, achievement: { $0 }, statusList: { $0 }, key: { $0 })))

    private func first(_ name: String) -> Substring {
        let year = FiscalYear(startYear: 2026)
        let letter = letters.receipt("26-AB2C-D3EF-G", name: name, kind: .promoter, year: year)
        return letter.body.split(separator: "\n")[0]
    }

    @Test(arguments: [
        ("当選 http://evil.example/x?y#z", "当選 様"), ("当選HTTPS://evil.example をご覧", "当選 をご覧 様"),
        ("当選ｈｔｔｐ：／／ｅｖｉｌ.example です", "当選 です 様"), ("a@evil.example", "ご本人 様"),
        ("www.evil", "ご本人 様"), ("今すぐevil.exampleへ", "今すぐevil. exampleへ 様"),
        ("当選.jp", "当選. jp 様"),
    ])
    func aNameIsNoLink(name: String, shown: String) { #expect(first(name) == shown) }

    @Test(arguments: ["髙橋 渉", "𠮷田 花子", "Smith J.", "ジョン・スミス", "O'Brien Mary-Ann", "St. John 2世"])
    func aNameThatIsOneStaysAsItIs(name: String) { #expect(first(name) == name + " 様") }

    @Test func everyLetterThatNamesSomebodyLeavesLinksOut() throws {
        let (name, year) = ("http://evil.example", FiscalYear(startYear: 2026))
        let day = try #require(Day("2026-05-01"))
        let all = [
            letters.receipt("", name: name, kind: .promoter, year: year),
            letters.appointment(
                AppointmentNotice(
                    "", receipt: "", name: name, kind: .caller, from: day, until: day, badge: nil)),
            letters.resignation("", name: name, last: day),
            letters.rejection("", name: name, reason: ""),
            letters.expired("", name: name, kind: .promoter, year: year, renewing: nil),
            letters.expired("", name: name, kind: .promoter, year: year, renewing: .caller),
            letters.notRenewed(
                NotRenewedNotice(
                    name, kind: .promoter, outcome: .lacksVideo, missing: [], last: day, until: day)
            ),
            letters.groupApplied("", name: name, count: 1),
        ]
        for letter in all { #expect(!(letter.subject + letter.body).contains("evil")) }
    }
}

@Suite("The template is a file that the service reads") struct TemplateTests {
    private let videos = (1...2).map {
        Video(
            slot: $0, code: "v\($0)", title: "動画\($0)", url: "/",
            viewValidFrom: FiscalYear(startYear: 2026).firstDay)
    }

    private func plan(_ rows: [[String]]) -> GroupPlan {
        let year = FiscalYear(startYear: 2026)
        var lists = FiscalYearLists()
        lists.videos = videos
        lists.requirements = videos.map {
            Requirement(kind: .promoter, category: .agencyApproved, slot: $0.slot)
        }
        let rules = FiscalYearRules(
            FiscalYearDates(
                year: year, opensOn: year.firstDay, closesOn: nil, graceUntil: year.firstDay,
                inquiryPhone: ""),
            lists: lists,
            gazetteer: Gazetteer(
                prefectures: [.init(code: "13", name: "東京都")],
                municipalities: [
                    .init(code: "131016", prefectureCode: "13", county: "", name: "千代田区")
                ]))
        let body = OpenOrganization(
            id: 1, code: "x", name: "見本病院", groupName: "",
            terms: OrganizationTerms(
                category: .agencyApproved, programmeID: nil, activityNote: "",
                opensOn: year.firstDay,
                closesOn: nil))
        let records = rows.enumerated().map { GroupRecord(row: $0.offset + 1, cells: $0.element) }
        return GroupPlan(records, of: body, on: year.lastDay, under: rules)
    }

    @Test func itsExampleIsPassedOver() {
        let example = GroupTemplate.example(videos)
        let plan = plan([GroupTemplate.headings(videos), example])
        #expect(plan.fileProblems.map(\.code) == [.fileWithoutRows])
        #expect(plan.sampleRows == [2])
    }

    @Test func aRowFilledInLikeItsExampleIsTakenIn() {
        var row = GroupTemplate.example(videos)
        row[0] = "1"
        let plan = plan([GroupTemplate.headings(videos), row])
        #expect(plan.fileProblems.isEmpty)
        #expect(plan.lines.map(\.outcome) == [.new] && plan.lines[0].problems.isEmpty)
    }

    @Test func itHasTheColumnsOfTheProgramme() {
        let year = FiscalYear(startYear: 2026)
        #expect(GroupTemplate.fileName(year, isBook: false) == "団体応募様式_令和8年度.csv")
        #expect(GroupTemplate.fileName(year, isBook: true) == "団体応募様式_令和8年度.xlsx")
        #expect(
            GroupTemplate.headings(videos) == [
                "No.", "応募区分", "氏", "名", "氏（カナ）", "名（カナ）", "郵便番号", "都道府県", "市区町村",
                "町字以下", "建物名等", "メールアドレス", "電話番号", "所属先の名称", "部署・店舗名", "視聴日（動画1）",
                "視聴日（動画2）",
                "本人同意", "オープンバッジ希望", "委員番号", "読みなし", "氏名1語", "社員番号", "備考",
            ])
    }
}

@Suite("A wrong layout is told to whoever starts") struct LayoutWordsTests {
    @Test func aWrongLayoutIsToldByFileAndLine() {
        let fault = LayoutFault.unknownColumn(line: 3, name: "blood")
        #expect(
            fault.sentence(in: "roster.layout") == "roster.layout 3行目：「blood」という物理名はありません。")
        for fault in [
            .malformed(line: 1), .headingTwice(line: 1, heading: "x"),
            .columnTwice(line: 1, name: "x"),
        ] as [LayoutFault] {
            #expect(fault.sentence(in: "a.layout").hasPrefix("a.layout 1行目："))
        }
        #expect(LayoutFault.empty.sentence(in: "a.layout") == "a.layout：列が1つもありません。")
    }
}

/// Columns of one heading are told apart, and what the command line is told can be typed there.
@Suite struct ColumnNameWordTests {
    @Test(arguments: [
        ("備考", 1, "「備考」の列", "備考"), ("備考", 2, "「備考」の2つ目の列", "備考#2"),
        ("番号#2", 1, "「番号#2」の列", "番号#2#1"), ("#", 1, "「#」の列", "#"),
    ])
    func oneOfSeveralIsTold(heading: String, ordinal: Int, word: String, argument: String) {
        let name = ColumnName(heading, ordinal: ordinal)
        #expect(name.word == word && name.argument == argument)
    }
}
