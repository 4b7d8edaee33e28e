import Enrollment
import Testing
import Words

/// The programme's list of messages, word for word: a page, a file of errors and a letter of the
/// office quote the same sentence.
@Suite("Sentences are those of the programme") struct MessageTests {
    private static let messages: Messages = {
        let year = FiscalYear(startYear: 2026)
        let dates = FiscalYearDates(
            year: year, opensOn: year.firstDay, closesOn: year.lastDay, graceUntil: year.firstDay,
            inquiryPhone: "0120-000-000")
        let rules = FiscalYearRules(
            dates, lists: FiscalYearLists(),
            gazetteer: Gazetteer(prefectures: [], municipalities: []))
        return Messages(rules, year: year)
    }()

    @Test func everyCodeIsInTheTable() {
        let all = MessageTable.ofAnswers + MessageTable.ofFiles + MessageTable.ofBooks
        #expect(Set(all.map(\.problem.code)) == Set(ProblemCode.allCases))
    }

    /// Codes of forms and of files as a whole; every other one may be told of a row.
    private static let notOfRows: Set<ProblemCode> = [
        .kindMissing, .categoryMissing, .kindNotOpenInCategory, .programmeMissing,
        .organizationMissing, .organizationNotOpen, .activityMissing, .workplaceMissing,
        .badgeChoiceMissing, .termsNotAccepted, .privacyNotAccepted, .applicationsClosed,
        .applicationsNotYetOpen,
        .attestationMissing, .sampleRow, .templateOfAnotherYear, .templateOfAnotherOrganization,
    ]

    @Test func whatIsToldOfRowsHasACauseInWords() {
        for code in ProblemCode.allCases where !Self.notOfRows.contains(code) {
            let number = Int(code.rawValue.dropFirst()) ?? 0
            if number >= 400,
                ![.tooManyCells, .controlCharacter, .privateUseCharacter].contains(code)
            {
                continue
            }
            #expect(!code.cause("氏").contains(code.rawValue), "\(code)")
        }
    }

    @Test func manyRowsAreToldInAFewWords() {
        #expect(RowRanges.word([4]) == "4行目" && RowRanges.word([2, 3, 4, 7]) == "2〜4、7行目")
    }

    @Test func aMissingArgumentLeavesAGapAndNoMark() {
        for code in ProblemCode.allCases {
            let sentence = Self.messages.sentence(Problem(code))
            #expect(!sentence.contains("{") && !sentence.contains("nil"), "\(code)")
        }
    }

    @Test(arguments: MessageTable.ofAnswers)
    func theSentencesOfAnswers(expected: Expected) {
        #expect(Self.messages.sentence(expected.problem) == expected.sentence)
    }

    @Test(arguments: MessageTable.ofFiles + MessageTable.ofBooks)
    func theSentencesOfFiles(expected: Expected) {
        #expect(Self.messages.sentence(expected.problem) == expected.sentence)
    }
}

struct Expected: Sendable {
    let problem: Problem
    let sentence: String

    init(
        _ code: ProblemCode, _ field: ApplicationField?,
        _ arguments: [Problem.Argument: String], _ sentence: String
    ) {
        problem = Problem(code, field, arguments)
        self.sentence = sentence
    }
}

enum MessageTable {
    static let ofAnswers: [Expected] = [
        Expected(
            .kindMissing, .kind, [:],
            "応募区分を選択してください。"),
        Expected(
            .categoryMissing, .category, [:],
            "募集対象の区分を選択してください。"),
        Expected(
            .kindNotOpenInCategory, .category, [.kind: "promoter"],
            "選択した募集対象の区分では「デジタル推進委員」に応募できません。区分を選び直してください。"),
        Expected(
            .programmeMissing, .programme, [:],
            "取組を行っている事業を選択してください。"),
        Expected(
            .organizationMissing, .organization, [:],
            "所属する団体を選択してください。"),
        Expected(
            .organizationNotOpen, .organization, [.organization: "見本病院"],
            "「見本病院」は令和8年度の募集対象に含まれていません。事務局（0120-000-000）にお問い合わせください。"),
        Expected(
            .activityMissing, .activityNote, [:],
            "活動内容を入力してください（どの事業で、どこで、どのような支援を行っているか）。"),
        Expected(
            .workplaceMissing, .workplaceName, [:],
            "所属先の名称を入力してください。"),
        Expected(
            .tooLong, .street, [.limit: "100", .count: "101"],
            "町字以下は100文字以内で入力してください（現在101文字）。"),
        Expected(
            .valueMissing, .givenName, [:],
            "名を入力してください。"),
        Expected(
            .characterNotAllowed, .familyName, [.character: "☺", .position: "2"],
            "氏に使用できない文字「☺」（2文字目）が含まれています。絵文字・外字・制御文字は使用できません。"),
        Expected(
            .garbled, .familyName, [.value: "螻ｱ逕ｰ"],
            "氏が文字化けしている可能性があります（「螻ｱ逕ｰ」）。正しい文字で入力し直してください。"),
        Expected(
            .firstCharacterNotAllowed, .familyName, [.character: "＝"],
            "氏の先頭に「＝」は使用できません。"),
        Expected(
            .characterIsSubstituted, .familyName, [.character: "髙", .substitute: "高"],
            "「髙」は、他のシステムとの連携では「高」として扱います。任命状には入力どおり表示します。"),
        Expected(
            .characterHasNoSubstitute, .familyName, [.character: "槗"],
            "「槗」の代替文字が登録されていません。任命状には入力どおり表示しますが、"
                + "他のシステムでは表示できないことがあります。"),
        Expected(
            .valueLooksMistyped, .street, [.value: "。"],
            "町字以下が「。」になっています。誤りではありませんか。"),
        Expected(
            .partLooksMistyped, .familyName, [.value: "1"],
            "氏に「1」が入っています。誤りではありませんか。"),
        Expected(
            .characterLooksLikeAnother, .familyName, [.character: "⻄", .substitute: "西"],
            "氏の「⻄」は、漢字の「西」の誤りではありませんか。PDFなどから写すと、形の似た別の文字になることがあります。"),
        Expected(
            .postalCodeOfAnotherPlace, .postalCode, [:],
            "郵便番号と都道府県・市区町村が一致しません。お間違いがないかご確認ください。"),
        Expected(
            .postalCodeNotListed, .postalCode, [:],
            "この郵便番号は一覧にありません。事業所の個別番号などの場合は、このまま進めてください。"),
        Expected(
            .prefectureSupplied, .fullAddress, [.prefecture: "香川県"],
            "都道府県が書かれていないため、「香川県」を補いました。内容をご確認ください。"),
        Expected(
            .wardNotYetThere, .city, [.official: "浜松市中区", .day: "2024-01-01"],
            "「浜松市中区」は2024年1月1日からありません。いまの区の名前をご確認ください。"),
        Expected(
            .addressWithoutPrefecture, .fullAddress, [:],
            "住所を都道府県から書いてください（例：東京都千代田区紀尾井町1-3）。"),
        Expected(
            .emailDomainLooksMistyped, .email, [.value: "gmail.con", .substitute: "gmail.com"],
            "メールアドレスの「@」より後ろが「gmail.con」になっています。「gmail.com」の誤りではありませんか。"),
        Expected(
            .phoneZeroSupplied, .phone, [.value: "09012345678"],
            "電話番号の先頭の「0」を補い、「09012345678」としました。内容をご確認ください。"),
        Expected(
            .phoneLengthUnusual, .phone, [.count: "10"],
            "電話番号が10桁です（ふつう、固定電話は10桁、携帯電話は11桁）。誤りではありませんか。"),
        Expected(
            .kanaMissing, .familyNameKana, [:],
            "氏（カナ）を入力してください。"),
        Expected(
            .kanaNotKatakana, .givenNameKana, [:],
            "名（カナ）は全角カタカナで入力してください（例：タロウ）。"),
        Expected(
            .kanaGivenAlthoughNone, .noKana, [:],
            "読みがないとしながら、カナも入力されています。読みがあるときは読みがないという印を消し、ないときはカナを空にしてください。"),
        Expected(
            .bothNamesGivenAlthoughOne, .singleName, [:],
            "名（または氏）がないとしながら、氏と名の両方が入力されています。両方あるときは印を消し、ないときは片方を空にしてください。"),
        Expected(
            .kanaConverted, .familyNameKana, [.value: "ヤマダ"],
            "氏（カナ）を全角カタカナ「ヤマダ」に直しました。内容をご確認ください。"),
        Expected(
            .postalCodeMissing, .postalCode, [:],
            "郵便番号を入力してください。"),
        Expected(
            .postalCodeNotSevenDigits, .postalCode, [:],
            "郵便番号は7桁の数字で入力してください（例：102-0094）。"),
        Expected(
            .prefectureMissing, .prefecture, [:],
            "都道府県を選択してください。"),
        Expected(
            .prefectureUnknown, .prefecture, [.value: "江戸"],
            "都道府県「江戸」が見つかりません。「東京都」のように正式な名称で入力してください。"),
        Expected(
            .cityMissing, .city, [:],
            "市区町村を入力してください。"),
        Expected(
            .cityUnknown, .city, [.prefecture: "東京都", .value: "どこか市"],
            "東京都に「どこか市」という市区町村は見つかりません。"),
        Expected(
            .cityCorrected, .city, [.official: "龍ケ崎市"],
            "市区町村を「龍ケ崎市」に直しました。"),
        Expected(
            .streetMissing, .street, [:],
            "町名・番地を入力してください。"),
        Expected(
            .streetIsADate, .street, [.value: "1月2日"],
            "町名・番地が日付（1月2日）になっています。表計算ソフトが「1-2」などを日付に変換した可能性があります。「1-2-3」"
                + "の形で入力し直してください。"),
        Expected(
            .emailMissing, .email, [:],
            "メールアドレスを入力してください。"),
        Expected(
            .emailNotAnAddress, .email, [:],
            "メールアドレスの形式が正しくありません（例：taro@example.jp）。"),
        Expected(
            .emailDotsMisplaced, .email, [:],
            "メールアドレスの「@」より前にドットの連続「..」があるか、先頭または「@」の直前に「.」があります。このアドレスにはメ"
                + "ールをお届けできません。別のアドレスを入力してください。"),
        Expected(
            .phoneNotDigits, .phone, [:],
            "電話番号は数字とハイフンで入力してください（例：03-1234-5678、090-1234-5678）。"),
        Expected(
            .phoneLengthWrong, .phone, [:],
            "電話番号の桁数が正しくありません（固定電話は10桁、携帯電話は11桁）。先頭の「0」が抜けていないかご確認ください。"),
        Expected(
            .viewingMissing, .viewedOn(slot: 1), [.video: "動画の題"],
            "「動画の題」の視聴日を入力してください。まだの場合は、先に動画をご覧ください。"),
        Expected(
            .viewingNotInCalendar, .viewedOn(slot: 1), [.value: "2026-02-30"],
            "視聴日「2026-02-30」は暦にない日付です。"),
        Expected(
            .viewingInFuture, .viewedOn(slot: 1), [.value: "2027-01-01"],
            "視聴日に未来の日付は入力できません（2027-01-01）。"),
        Expected(
            .viewingTooEarly, .viewedOn(slot: 1), [.day: "2026-02-01"],
            "視聴日は2026年2月1日以降の日付を入力してください。令和8年度の応募では、それより前の視聴は対象になりません。"),
        Expected(
            .viewingUnreadable, .viewedOn(slot: 1), [.value: "9/1"],
            "視聴日「9/1」を読み取れません。「2026-09-01」または「令和8年9月1日」の形で、年から入力してください。"),
        Expected(
            .badgeChoiceMissing, .badgeOptIn, [:],
            "オープンバッジの発行を希望するかどうかを選択してください。"),
        Expected(
            .termsNotAccepted, .consentTerms, [:],
            "募集要項をご確認のうえ、「同意する」を選択してください。"),
        Expected(
            .privacyNotAccepted, .consentPrivacy, [:],
            "個人情報の取扱いをご確認のうえ、「同意する」を選択してください。"),
        Expected(
            .memberNumberUnknown, .memberNumber, [.value: "M-1"],
            "委員番号「M-1」を確認できません。任命状に記載の番号を入力してください。"),
        Expected(
            .applicationsClosed, nil, [.day: "2027-03-31"],
            "令和8年度の応募は2027年3月31日で締め切りました。"),
        Expected(
            .applicationsNotYetOpen, nil, [:],
            "令和8年度の応募はまだ始まっていません。"),
    ]

    static let ofFiles: [Expected] = [
        Expected(
            .attestationMissing, nil, [:],
            "名簿に記載した全員から、応募と個人情報の提供について同意を得ていることを確認し、チェックしてください。"),
        Expected(
            .nameWithoutSpace, .fullName, [:],
            "氏と名の間に空白を入れてください（例：山田　太郎）。1語だけのお名前の方は、「氏名1語」の列を作って「1」と入力してください。"),
        Expected(
            .nameSplit, .fullName, [.value: "チャン", .substitute: "マイケル ジョー"],
            "「チャン」と「マイケル ジョー」に分けました。正しいかご確認ください。"),
        Expected(
            .kindUnreadable, .kind, [.value: "会員"],
            "「会員」は応募区分として読み取れません。「デジタル推進委員」または「デジタル推進よびかけ員」と入力してください。"),
        Expected(
            .consentMissing, .consent, [:],
            "本人の同意が確認できません。同意を得たうえで「同意する」と入力してください。"),
        Expected(
            .postalCodeTooShort, .postalCode, [.count: "6"],
            "郵便番号が6桁です。先頭の「0」が消えている可能性があります。「060-0001」のように、ハイフンを入れて7桁で"
                + "入力してください。表計算ソフトは、ハイフンがあれば「0」を消しません。"),
        Expected(
            .postalCodeZeroSupplied, .postalCode, [.official: "060-0001"],
            "郵便番号の先頭の「0」を補い、「060-0001」としました。内容をご確認ください。"),
        Expected(
            .businessPlaceUnknown, .businessPlace, [.value: "南病院"],
            "「南病院」という事業所は、登録されていません。団体のページの一覧にある名前で入力してください。"
                + "一覧にない事業所は、事務局に登録を頼んでください。"),
        Expected(
            .businessPlaceAmbiguous, .businessPlace, [.value: "2階"],
            "「2階」という事業所は、二つ以上あります。「本院／2階」のように、上の事業所の名前から入力してください。"),
        Expected(
            .businessPlaceClosed, .businessPlace, [.value: "旧館"],
            "「旧館」は、もう使われていない事業所です。いまの事業所を入力してください。"),
        Expected(
            .businessPlaceNotYours, .businessPlace, [.value: "西病院"],
            "「西病院」は、この名簿を送った方の担当ではありません。担当している事業所を入力するか、空にしてください。"),
        Expected(
            .memberOfAnotherPlace, nil, [:],
            "ほかの事業所の名簿にいる方です。この方の行は、団体全体の担当者が送ってください。"),
        Expected(
            .spreadsheetError, .building, [.value: "#N/A"],
            "「#N/A」は、表計算ソフトのエラーの表示です。元の値を入力してください。"),
        Expected(
            .lineBreakReplaced, .street, [:],
            "セル内の改行を空白に置き換えました。"),
        Expected(
            .formulaNotAllowed, .note, [.character: "="],
            "「=」で始まる値は受け付けられません（計算式として扱われるおそれがあります）。"),
        Expected(
            .answerUnreadable, .badgeOptIn, [.value: "検討中"],
            "「検討中」を読み取れません。「希望する」か「希望しない」と入力してください。"),
        Expected(
            .answerUnreadable, .noKana, [.value: "なし"],
            "「なし」を読み取れません。当てはまるときは「○」と入力し、そうでなければ空にしてください。"),
        Expected(
            .badgeWithoutEmail, .badgeOptIn, [:],
            "メールアドレスがないため、オープンバッジをお届けできません。"),
        Expected(
            .rowRepeated, nil, [.row: "3"],
            "3行目と同じ方が重複しています。どちらかの行を削除してください。"),
        Expected(
            .rowLooksRepeated, nil, [.row: "3"],
            "3行目と同じ方の可能性があります。この行は、事務局が確かめてから応募になります。"),
        Expected(
            .rowLooksKnown, nil,
            [.person: "綾 環", .facts: "アヤ タマキ", .reason: "same:mail,home"],
            "前に送られた綾 環さん（アヤ タマキ）と同じ方の可能性があります（氏名が同じ。メールアドレス、住所が同じ）。"
                + "この行は、事務局が確かめてから応募になります。"),
        Expected(
            .emailShared, .email, [.value: "a@example.jp", .person: "綾 環"],
            "メールアドレス「a@example.jp」は、前に送られた綾 環さんのアドレスです。"
                + "通知とオープンバッジは1人1アドレスです。本人のアドレスに直してください。"),
        Expected(
            .emailSharedInFile, .email, [.person: "綾 環"],
            "前に送られた綾 環さんと同じメールアドレスです。通知はすべてこのアドレスに届きます。"),
        Expected(
            .emailShared, .email, [.value: "a@example.jp", .count: "2", .rows: "2、3"],
            "メールアドレス「a@example.jp」が2行（2、3）で使われています。通知とオープンバッジは1人1アドレスです。本"
                + "人のアドレスに直してください。"),
        Expected(
            .emailSharedInFile, .email, [.count: "2"],
            "同じメールアドレスが2行で使われています。通知はすべてこのアドレスに届きます。"),
        Expected(
            .differencesBecomeAProposal, nil, [:],
            "部署・店舗名のほかに変わったところは、申し出として本人と事務局に届けます。登録されている内容は変わりません。"),
        Expected(
            .applicationWithdrawn, nil, [:],
            "本人が応募を取り下げています。前と同じ内容の行なので、応募にはしません。"
                + "もう一度応募するときは、ご本人が応募のページから応募してください。"),
        Expected(
            .rowLooksKnown, nil, [:],
            "前に送られた方と同じ方の可能性があります。この行は、事務局が確かめてから応募になります。"),
        Expected(
            .appointmentEnded, nil, [:],
            "この方の任命は、この年度の途中で終わっています。"
                + "部署・店舗名のほかに前と変わったところのない行なので、応募にはしません。"
                + "もう一度応募するときは、ご本人が応募のページから応募してください。"),
        Expected(
            .sampleRow, nil, [:],
            "記入例の行のため取り込みません。"),
        Expected(
            .fileWithoutRows, nil, [:],
            "ファイルに応募者の行がありません。"),
        Expected(
            .fileTooLarge, nil, [.count: "40,000行、25MB"],
            "ファイルが大きすぎます（40,000行、25MB）。30,000行以内・20MB以内に分けてアップロードしてください。"),
        Expected(
            .fileOfAnotherKind, nil, [.kind: "zip"],
            "ZIPファイルです。中のExcelブックかCSVファイルを取り出して、そのファイルを選んでください。"),
        Expected(
            .fileOfAnotherKind, nil, [.kind: "png"],
            "Excelブック（.xlsx）でもCSVファイルでもありません（PNGの画像）。"
                + "名簿を作った表計算ソフトのファイル（.xlsx）を選んでください。"),
        Expected(
            .fileOfAnotherKind, nil, [.kind: "numbers"],
            "Excelブック（.xlsx）でもCSVファイルでもありません（Numbersの書類）。"
                + "Numbersの「書き出す」で「Excel」を選び、できたファイルを選んでください。"),
        Expected(
            .rowOctetsBroken, nil, [.number: "4"],
            "4行目に、途中で切れたか壊れた文字があります。元の表計算ソフトでその行を確かめて、"
                + "「CSV UTF-8（コンマ区切り）」で保存し直してください。"),
        Expected(
            .encodingUnknown, nil, [.number: "7"],
            "文字コードを判別できません（7行目付近）。「CSV UTF-8（コンマ区切り）」で保存し直してください。"),
        Expected(
            .fileGarbled, nil, [:],
            "文字化けしています。ファイルを作った表計算ソフトから「CSV UTF-8（コンマ区切り）」で保存し直してください。"),
        Expected(
            .headingsMissing, nil, [:],
            "見出しの行が見つかりません。1行目に「氏」「名」「メールアドレス」などの見出しを入れてください。"),
        Expected(
            .headingsFound, nil, [.number: "3"],
            "3行目を見出しとして読み取りました。"),
        Expected(
            .columnsMissing, nil, [.headings: "family_name email"],
            "必要な列がありません：氏、メールアドレス"),
        Expected(
            .headingRepeated, nil, [.heading: "メール", .count: "2"],
            "見出し「メール」が2回あります。1つにしてください。"),
        Expected(
            .columnsUnused, nil, [.headings: "血液型、星座"],
            "次の列は使用しません：血液型、星座"),
        Expected(
            .quoteNotClosed, nil, [.number: "7"],
            "7行目から始まる「\"」が閉じられていません。"),
        Expected(
            .tooManyCells, nil, [.columns: "14", .cells: "15"],
            "列の数が多すぎます（見出し14列に対して15列）。カンマを含む値は「\"」で囲んでください。"),
        Expected(
            .controlCharacter, nil, [:],
            "使用できない制御文字が含まれています。"),
        Expected(
            .sameFileBefore, nil, [.day: "2026年11月24日 9時05分", .number: "G-1"],
            "同じ内容のファイルを2026年11月24日 9時05分に受け付けています（受付番号G-1）。もう一度登録しますか。"),
        Expected(
            .privateUseCharacter, .familyName, [:],
            "外字が含まれています。標準の文字に置き換えてください。"),
        Expected(
            .rowsCounted, nil, [.total: "10", .fit: "7", .held: "1", .unfit: "2"],
            "10行のうち、登録できる行 7件、確認が必要な行 1件、修正が必要な行 2件です。"),
        Expected(
            .columnMissing, .badgeOptIn, [:],
            "「オープンバッジ希望」の列がありません。全員がオープンバッジを希望しないものとして登録します（前に送った方の希望は変わりません）。"),
        Expected(
            .sampleRow, nil, [.rows: "2 3 4 7"],
            "2〜4、7行目：記入例の行のため取り込みません。"),
        Expected(
            .columnsForbidden, nil, [.headings: "生年月日、性別"],
            "この手続では使わない個人情報の列があります：生年月日、性別。その列を消して、もう一度えらんでください。このファイルは保存していません。"),
        Expected(
            .headingOverTwoColumns, .fullName, [.heading: "氏名", .columns: "C"],
            "見出し「氏名」が2つ以上の列にまたがっています（C列に見出しがありません）。見出しは1行にまとめ、1列に1つずつ入れてください"
                + "（例：「氏」「名」）。"),
        Expected(
            .columnRivalled, nil, [.heading: "連絡先", .substitute: "電話番号"],
            "「連絡先」の列は使用しません。「電話番号」の列と同じことを尋ねているため、「電話番号」の列だけを使います。"),
        Expected(
            .columnsNotUnderstood, nil, [.headings: "サーネーム、血液型"],
            "何の列か分からない見出しがあります：サーネーム、血液型。それぞれ何の列か、または使わない列かを選んでください。"),
        Expected(
            .columnsRival, nil, [.heading: "連絡先", .substitute: "電話番号"],
            "「電話番号」の列と「連絡先」の列は、同じことを尋ねています。どちらの列を使うか選んでください。"),
        Expected(
            .columnNotThere, nil, [.headings: "サーネーム"],
            "このファイルには、次の見出しの列がありません：サーネーム"),
        Expected(
            .columnsWithoutHeading, nil, [.columns: "J、AA"],
            "見出しのない列は使用しません：J、AA列"),
        Expected(
            .rowsPassedOver, nil, [.rows: "4 6 8 9"],
            "応募者の行ではないため、読み飛ばしました：4、6、8〜9行目"),
    ]
}
