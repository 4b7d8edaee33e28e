public import Enrollment

/// The sentences of the programme's list of messages, filled in.
public struct Messages: Sendable {
    private let rules: FiscalYearRules?
    private let year: FiscalYear
    private let limits: (rows: Int, megabytes: Int)
    /// How a file calls its columns.
    private var names: [ApplicationField: String] = [:]

    /// `rules` of the fiscal year give the telephone and the dates that some sentences name.
    public init(
        _ rules: FiscalYearRules?, year: FiscalYear, rowLimit: Int = 30_000, megabyteLimit: Int = 20
    ) {
        self.rules = rules
        self.year = year
        limits = (rowLimit, megabyteLimit)
    }

    /// The same, speaking of a file's columns by the headings that it has.
    public func naming(_ names: [ApplicationField: String]) -> Messages {
        var messages = self
        messages.names = names
        return messages
    }

    /// What is said beside the question or in a list of a page.
    public func sentence(_ problem: Problem) -> String {
        let number = Int(problem.code.rawValue.dropFirst()) ?? 0
        switch number {
        case ..<130: return aboutEligibilityAndName(problem)
        case ..<170: return aboutAddressAndReach(problem)
        case ..<200: return aboutViewingAndConsent(problem)
        case ..<400:
            let person = problem.arguments[.person]
            return person.map { about($0, problem) } ?? aboutRow(problem)
        default: return aboutFile(problem)
        }
    }

    /// The same for a row of a file: 18行目「視聴日（動画1）」：….
    public func sentence(_ problem: Problem, row: Int) -> String {
        "\(row)行目" + joined(place(problem), problem)
    }

    /// The same where the row is known from elsewhere: 「市区町村」：….
    public func reason(_ problem: Problem) -> String {
        let place = place(problem)
        return place.isEmpty ? sentence(problem) : joined(place, problem)
    }

    /// Why a file was not taken: a sentence for each fault; what was read of it stands behind the
    /// last.
    public func faults(_ problems: [Problem]) -> [String] {
        var told = problems.filter { $0.severity == .stop }.map { sentence($0) }
        let read = problems.filter { $0.severity != .stop }.map { sentence($0) }
        guard let last = told.last, !read.isEmpty else { return told }
        told[told.count - 1] = last + "（" + read.joined(separator: "／") + "）"
        return told
    }

    private func joined(_ place: String, _ problem: Problem) -> String {
        let link = [.controlCharacter, .privateUseCharacter].contains(problem.code) ? "に" : "："
        return place + link + sentence(problem)
    }

    /// The column of a row: by its heading, or by its number where it has none that is used.
    private func place(_ problem: Problem) -> String {
        if let field = problem.field { return "「\(names[field] ?? field.heading)」" }
        guard problem.code == .controlCharacter, let number = problem.arguments[.number] else {
            return ""
        }
        return "「\(number)列目」"
    }

    private func aboutEligibilityAndName(_ problem: Problem) -> String {
        let (label, get) = (problem.field?.heading ?? "", Get(problem))
        switch problem.code {
        case .kindMissing: return "応募区分を選択してください。"
        case .categoryMissing: return "募集対象の区分を選択してください。"
        case .kindNotOpenInCategory:
            let kind = Kind(rawValue: get[.kind])?.word ?? ""
            return "選択した募集対象の区分では「\(kind)」に応募できません。区分を選び直してください。"
        case .programmeMissing: return "取組を行っている事業を選択してください。"
        case .organizationMissing: return "所属する団体を選択してください。"
        case .organizationNotOpen:
            return "「\(get[.organization])」は\(year.word)の募集対象に含まれていません。"
                + "事務局（\(rules?.inquiryPhone ?? "")）にお問い合わせください。"
        case .activityMissing: return "活動内容を入力してください（どの事業で、どこで、どのような支援を行っているか）。"
        case .tooLong: return "\(label)は\(get[.limit])文字以内で入力してください（現在\(get[.count])文字）。"
        case .characterNotAllowed:
            return "\(label)に使用できない文字「\(get[.character])」（\(get[.position])文字目）が含まれています。"
                + "絵文字・外字・制御文字は使用できません。"
        case .garbled:
            return "\(label)が文字化けしている可能性があります（「\(get[.value])」）。正しい文字で入力し直してください。"
        case .firstCharacterNotAllowed: return "\(label)の先頭に「\(get[.character])」は使用できません。"
        case .characterIsSubstituted:
            return "「\(get[.character])」は、他のシステムとの連携では「\(get[.substitute])」として扱います。"
                + "任命状には入力どおり表示します。"
        case .characterHasNoSubstitute:
            return "「\(get[.character])」の代替文字が登録されていません。任命状には入力どおり表示しますが、"
                + "他のシステムでは表示できないことがあります。"
        case .valueLooksMistyped: return "\(label)が「\(get[.value])」になっています。誤りではありませんか。"
        case .partLooksMistyped: return "\(label)に「\(get[.value])」が入っています。誤りではありませんか。"
        case .characterLooksLikeAnother:
            return "\(label)の「\(get[.character])」は、漢字の「\(get[.substitute])」の誤りではありませんか。"
                + "PDFなどから写すと、形の似た別の文字になることがあります。"
        case .kanaNotKatakana:
            return "\(label)は全角カタカナで入力してください（例：\(problem.field?.kanaExample ?? "")）。"
        case .kanaGivenAlthoughNone:
            return "読みがないとしながら、カナも入力されています。読みがあるときは読みがないという印を消し、ないときはカナを空にしてください。"
        case .bothNamesGivenAlthoughOne:
            return "名（または氏）がないとしながら、氏と名の両方が入力されています。両方あるときは印を消し、ないときは片方を空にしてください。"
        case .kanaConverted: return "\(label)を全角カタカナ「\(get[.value])」に直しました。内容をご確認ください。"
        case problem.field.flatMap(TextQuestion.of)?.missing: return "\(label)を入力してください。"
        default: return problem.code.rawValue
        }
    }

    private func aboutAddressAndReach(_ problem: Problem) -> String {
        let get = Get(problem)
        switch problem.code {
        case .postalCodeMissing: return "郵便番号を入力してください。"
        case .postalCodeNotSevenDigits: return "郵便番号は7桁の数字で入力してください（例：102-0094）。"
        case .postalCodeOfAnotherPlace: return "郵便番号と都道府県・市区町村が一致しません。お間違いがないかご確認ください。"
        case .postalCodeNotListed:
            return "この郵便番号は一覧にありません。事業所の個別番号などの場合は、このまま進めてください。"
        case .prefectureMissing: return "都道府県を選択してください。"
        case .prefectureUnknown:
            return "都道府県「\(get[.value])」が見つかりません。「東京都」のように正式な名称で入力してください。"
        case .cityMissing: return "市区町村を入力してください。"
        case .cityUnknown: return "\(get[.prefecture])に「\(get[.value])」という市区町村は見つかりません。"
        case .cityCorrected: return "市区町村を「\(get[.official])」に直しました。"
        case .prefectureSupplied: return "都道府県が書かれていないため、「\(get[.prefecture])」を補いました。内容をご確認ください。"
        case .streetMissing: return "町名・番地を入力してください。"
        case .wardNotYetThere:
            return "「\(get[.official])」は\(word(get[.day]))からありません。いまの区の名前をご確認ください。"
        case .addressWithoutPrefecture: return "住所を都道府県から書いてください（例：東京都千代田区紀尾井町1-3）。"
        case .streetIsADate:
            return "町名・番地が日付（\(get[.value])）になっています。表計算ソフトが「1-2」などを日付に変換した可能性があります。"
                + "「1-2-3」の形で入力し直してください。"
        case .emailMissing: return "メールアドレスを入力してください。"
        case .emailNotAnAddress: return "メールアドレスの形式が正しくありません（例：taro@example.jp）。"
        case .emailDotsMisplaced:
            return "メールアドレスの「@」より前にドットの連続「..」があるか、先頭または「@」の直前に「.」があります。"
                + "このアドレスにはメールをお届けできません。別のアドレスを入力してください。"
        case .emailDomainLooksMistyped:
            return "メールアドレスの「@」より後ろが「\(get[.value])」になっています。"
                + "「\(get[.substitute])」の誤りではありませんか。"
        case .phoneZeroSupplied:
            return "電話番号の先頭の「0」を補い、「\(get[.value])」としました。内容をご確認ください。"
        case .phoneLengthUnusual:
            return "電話番号が\(get[.count])桁です（ふつう、固定電話は10桁、携帯電話は11桁）。誤りではありませんか。"
        case .phoneNotDigits: return "電話番号は数字とハイフンで入力してください（例：03-1234-5678、090-1234-5678）。"
        case .phoneLengthWrong:
            return "電話番号の桁数が正しくありません（固定電話は10桁、携帯電話は11桁）。先頭の「0」が抜けていないかご確認ください。"
        default: return problem.code.rawValue
        }
    }

    private func aboutViewingAndConsent(_ problem: Problem) -> String {
        let get = Get(problem)
        switch problem.code {
        case .viewingMissing: return "「\(get[.video])」の視聴日を入力してください。まだの場合は、先に動画をご覧ください。"
        case .viewingNotInCalendar: return "視聴日「\(get[.value])」は暦にない日付です。"
        case .viewingInFuture: return "視聴日に未来の日付は入力できません（\(get[.value])）。"
        case .viewingTooEarly:
            return "視聴日は\(word(get[.day]))以降の日付を入力してください。"
                + "\(year.word)の応募では、それより前の視聴は対象になりません。"
        case .viewingUnreadable:
            return "視聴日「\(get[.value])」を読み取れません。"
                + "「2026-09-01」または「令和8年9月1日」の形で、年から入力してください。"
        case .badgeChoiceMissing: return "オープンバッジの発行を希望するかどうかを選択してください。"
        case .termsNotAccepted: return "募集要項をご確認のうえ、「同意する」を選択してください。"
        case .privacyNotAccepted: return "個人情報の取扱いをご確認のうえ、「同意する」を選択してください。"
        case .memberNumberUnknown:
            return "委員番号「\(get[.value])」を確認できません。任命状に記載の番号を入力してください。"
        case .applicationsClosed: return "\(year.word)の応募は\(word(get[.day]))で締め切りました。"
        case .applicationsNotYetOpen: return "\(year.word)の応募はまだ始まっていません。"
        default: return problem.code.rawValue
        }
    }

    /// What is said of a row beside somebody whom the organization has sent before.
    private func about(_ person: String, _ problem: Problem) -> String {
        let get = Get(problem)
        let who = person.isEmpty ? "ほかの事業所の方" : "\(person)さん"
        switch problem.code {
        case .emailShared:
            return "メールアドレス「\(get[.value])」は、前に送られた\(who)のアドレスです。"
                + "通知とオープンバッジは1人1アドレスです。本人のアドレスに直してください。"
        case .emailSharedInFile:
            return "前に送られた\(who)と同じメールアドレスです。通知はすべてこのアドレスに届きます。"
        default:
            let facts = get[.facts].isEmpty ? "" : "（\(get[.facts])）"
            return "前に送られた\(who)\(facts)と同じ方の可能性があります"
                + "（\(IdentityWords.reason(get[.reason]))）。この行は、事務局が確かめてから応募になります。"
        }
    }

    private func aboutRow(_ problem: Problem) -> String {
        let get = Get(problem)
        switch problem.code {
        case .attestationMissing:
            return "名簿に記載した全員から、応募と個人情報の提供について同意を得ていることを確認し、チェックしてください。"
        case .nameWithoutSpace:
            return "氏と名の間に空白を入れてください（例：山田　太郎）。"
                + "1語だけのお名前の方は、「氏名1語」の列を作って「1」と入力してください。"
        case .nameSplit:
            return "「\(get[.value])」と「\(get[.substitute])」に分けました。正しいかご確認ください。"
        case .kindUnreadable:
            return "「\(get[.value])」は応募区分として読み取れません。"
                + "「デジタル推進委員」または「デジタル推進よびかけ員」と入力してください。"
        case .consentMissing: return "本人の同意が確認できません。同意を得たうえで「同意する」と入力してください。"
        case .postalCodeTooShort:
            return "郵便番号が\(get[.count])桁です。先頭の「0」が消えている可能性があります。"
                + "「060-0001」のように、ハイフンを入れて7桁で入力してください。表計算ソフトは、ハイフンがあれば「0」を消しません。"
        case .postalCodeZeroSupplied:
            return "郵便番号の先頭の「0」を補い、「\(get[.official])」としました。内容をご確認ください。"
        case .spreadsheetError:
            return "「\(get[.value])」は、表計算ソフトのエラーの表示です。元の値を入力してください。"
        case .lineBreakReplaced: return "セル内の改行を空白に置き換えました。"
        case .formulaNotAllowed:
            return "「\(get[.character])」で始まる値は受け付けられません（計算式として扱われるおそれがあります）。"
        case .rowRepeated: return "\(get[.row])行目と同じ方が重複しています。どちらかの行を削除してください。"
        case .rowLooksRepeated:
            return "\(get[.row])行目と同じ方の可能性があります。この行は、事務局が確かめてから応募になります。"
        case .emailShared:
            return "メールアドレス「\(get[.value])」が\(get[.count])行（\(get[.rows])）で使われています。"
                + "通知とオープンバッジは1人1アドレスです。本人のアドレスに直してください。"
        case .emailSharedInFile:
            return "同じメールアドレスが\(get[.count])行で使われています。通知はすべてこのアドレスに届きます。"
        case .differencesBecomeAProposal:
            return "部署・店舗名のほかに変わったところは、申し出として本人と事務局に届けます。登録されている内容は変わりません。"
        case .applicationWithdrawn:
            return "本人が応募を取り下げています。前と同じ内容の行なので、応募にはしません。"
                + "もう一度応募するときは、ご本人が応募のページから応募してください。"
        case .appointmentEnded:
            return "この方の任命は、この年度の途中で終わっています。"
                + "部署・店舗名のほかに前と変わったところのない行なので、応募にはしません。"
                + "もう一度応募するときは、ご本人が応募のページから応募してください。"
        case .sampleRow: return (rows(problem).map { $0 + "：" } ?? "") + "記入例の行のため取り込みません。"
        case .answerUnreadable:
            let advice =
                problem.field == .badgeOptIn
                ? "「希望する」か「希望しない」と入力してください。" : "当てはまるときは「○」と入力し、そうでなければ空にしてください。"
            return "「\(get[.value])」を読み取れません。\(advice)"
        case .badgeWithoutEmail: return "メールアドレスがないため、オープンバッジをお届けできません。"
        default: return aboutMember(problem)
        }
    }

    /// Of whom a row speaks, and where they are.
    private func aboutMember(_ problem: Problem) -> String {
        let get = Get(problem)
        switch problem.code {
        case .businessPlaceUnknown:
            return "「\(get[.value])」という事業所は、登録されていません。団体のページの一覧にある名前で入力してください。"
                + "一覧にない事業所は、事務局に登録を頼んでください。"
        case .businessPlaceAmbiguous:
            return "「\(get[.value])」という事業所は、二つ以上あります。「本院／2階」のように、上の事業所の名前から入力してください。"
        case .businessPlaceClosed: return "「\(get[.value])」は、もう使われていない事業所です。いまの事業所を入力してください。"
        case .businessPlaceNotYours:
            return "「\(get[.value])」は、この名簿を送った方の担当ではありません。担当している事業所を入力するか、空にしてください。"
        case .memberOfAnotherPlace:
            return "ほかの事業所の名簿にいる方です。この方の行は、団体全体の担当者が送ってください。"
        case .rowLooksKnown:
            return "前に送られた方と同じ方の可能性があります。この行は、事務局が確かめてから応募になります。"
        default: return BookWords.sentence(problem) ?? problem.code.rawValue
        }
    }

    private func rows(_ problem: Problem) -> String? {
        problem.arguments[.rows].map {
            RowRanges.word($0.split(separator: " ").compactMap { Int($0) })
        }
    }

    private func aboutFile(_ problem: Problem) -> String {
        let get = Get(problem)
        switch problem.code {
        case .fileWithoutRows: return "ファイルに応募者の行がありません。"
        case .fileTooLarge:
            return "ファイルが大きすぎます（\(get[.count])）。"
                + "\(limits.rows.grouped)行以内・\(limits.megabytes)MB以内に分けてアップロードしてください。"
        case .fileOfAnotherKind:
            return ForeignFileWords.sentence(get[.kind])
        case .encodingUnknown:
            return "文字コードを判別できません（\(get[.number])行目付近）。"
                + "「CSV UTF-8（コンマ区切り）」で保存し直してください。"
        case .fileGarbled:
            return "文字化けしています。ファイルを作った表計算ソフトから「CSV UTF-8（コンマ区切り）」で保存し直してください。"
        case .headingsMissing:
            return "見出しの行が見つかりません。1行目に「氏」「名」「メールアドレス」などの見出しを入れてください。"
        case .headingsFound: return "\(get[.number])行目を見出しとして読み取りました。"
        case .columnsMissing:
            let labels = get[.headings].split(separator: " ").map {
                ApplicationField(key: String($0))?.heading ?? String($0)
            }
            return "必要な列がありません：\(labels.joined(separator: "、"))"
        case .headingRepeated: return "見出し「\(get[.heading])」が\(get[.count])回あります。1つにしてください。"
        case .columnsUnused: return "次の列は使用しません：\(get[.headings])"
        case .quoteNotClosed: return "\(get[.number])行目から始まる「\"」が閉じられていません。"
        case .tooManyCells:
            return "列の数が多すぎます（見出し\(get[.columns])列に対して\(get[.cells])列）。"
                + "カンマを含む値は「\"」で囲んでください。"
        case .controlCharacter: return "使用できない制御文字が含まれています。"
        case .sameFileBefore:
            return "同じ内容のファイルを\(get[.day])に受け付けています（受付番号\(get[.number])）。もう一度登録しますか。"
        case .rowsCounted:
            return "\(get[.total])行のうち、登録できる行 \(get[.fit])件、"
                + "確認が必要な行 \(get[.held])件、修正が必要な行 \(get[.unfit])件です。"
        case .columnMissing:
            let effect =
                problem.field == .email
                ? "お知らせのメールもオープンバッジも届きません。" : "全員がオープンバッジを希望しないものとして登録します（前に送った方の希望は変わりません）。"
            return "「\(problem.field?.heading ?? "")」の列がありません。\(effect)"
        case .rowOctetsBroken:
            return "\(get[.number])行目に、途中で切れたか壊れた文字があります。元の表計算ソフトでその行を確かめて、"
                + "「CSV UTF-8（コンマ区切り）」で保存し直してください。"
        case .privateUseCharacter: return "外字が含まれています。標準の文字に置き換えてください。"
        default: return aboutColumn(problem)
        }
    }

    private func aboutColumn(_ problem: Problem) -> String {
        let get = Get(problem)
        switch problem.code {
        case .columnsForbidden:
            return "この手続では使わない個人情報の列があります：\(get[.headings])。"
                + "その列を消して、もう一度えらんでください。このファイルは保存していません。"
        case .headingOverTwoColumns:
            return "見出し「\(get[.heading])」が2つ以上の列にまたがっています（\(get[.columns])列に見出しがありません）。"
                + "見出しは1行にまとめ、1列に1つずつ入れてください\(problem.field?.dividedExample ?? "")。"
        case .columnRivalled:
            return "「\(get[.heading])」の列は使用しません。「\(get[.substitute])」の列と同じことを尋ねているため、"
                + "「\(get[.substitute])」の列だけを使います。"
        case .columnsNotUnderstood, .columnsRival, .columnNotThere: return openColumn(problem)
        case .columnsWithoutHeading: return "見出しのない列は使用しません：\(get[.columns])列"
        case .rowsPassedOver: return "応募者の行ではないため、読み飛ばしました：\(rows(problem) ?? "")"
        default: return BookWords.sentence(problem) ?? problem.code.rawValue
        }
    }

    private func openColumn(_ problem: Problem) -> String {
        let get = Get(problem)
        switch problem.code {
        case .columnsNotUnderstood:
            return "何の列か分からない見出しがあります：\(get[.headings])。それぞれ何の列か、または使わない列かを選んでください。"
        case .columnsRival:
            return "「\(get[.substitute])」の列と「\(get[.heading])」の列は、同じことを尋ねています。"
                + "どちらの列を使うか選んでください。"
        default: return "このファイルには、次の見出しの列がありません：\(get[.headings])"
        }
    }

    private func word(_ iso: String) -> String { Day(iso)?.word ?? iso }
}

/// The arguments of a problem; a missing one is empty.
private struct Get {
    let problem: Problem
    init(_ problem: Problem) { self.problem = problem }
    subscript(argument: Problem.Argument) -> String { problem.arguments[argument] ?? "" }
}

extension ApplicationField {
    /// The headings by which one that is divided is told apart.
    fileprivate var dividedExample: String {
        let fields: [ApplicationField] =
            switch self {
            case .fullName, .familyName: [.familyName, .givenName]
            case .fullNameKana, .familyNameKana: [.familyNameKana, .givenNameKana]
            case .fullAddress, .prefecture: [.prefecture, .city, .street]
            case .viewedOn: [.viewedOn(slot: 1), .viewedOn(slot: 2)]
            default: [self]
            }
        return "（例：\(fields.map { "「\($0.heading)」" }.joined())）"
    }

    fileprivate var kanaExample: String {
        switch self {
        case .givenNameKana: "タロウ"
        case .fullNameKana: "ヤマダ　タロウ"
        default: "ヤマダ"
        }
    }
}
