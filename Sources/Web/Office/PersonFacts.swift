internal import Enrollment
internal import HTML
internal import Procedures
internal import Store
internal import Words

/// 所属 with both times, 連絡先 and 視聴.
struct PersonFactsPart {
    let file: PersonFile

    var html: HTML {
        """
        <section class="sec flow dense" id="body">
          <h2>所属</h2>
          \(affiliations)
        </section>
        <section class="sec flow dense" id="reach">
          <h2>連絡先と視聴</h2>
          <p>いちばん新しい応募（\(file.newest.receipt)、\(file.newest.year.word)）の内容です。</p>
          \(Part.answers(reach + file.viewings.map { $0.answerWithEvidence(in: file.newest.year) }))
        </section>
        """
    }

    private var affiliations: HTML {
        guard !file.affiliations.isEmpty else { return "<p>団体には所属していません。</p>" }
        let rows = file.affiliations.map { one -> [HTML] in
            [
                "\(one.organizationName)", "\(one.isPrimary ? "所属" : "兼任")",
                "\(one.placeName ?? "")", "\(one.unit)",
                "\(one.from.word) から \(one.until.word)\(one.left)",
                "\(one.knownFrom.word)",
                "\(one.knownUntil.map { "\($0.word)に改めた" } ?? "いまも")", "\(one.receipt)",
            ]
        }
        return Table(
            "所属",
            [
                "団体", "所属・兼任", "事業所", "部署・店舗名", "所属の期間", "いつから、こう記録したか", "いつまで",
                "受付番号",
            ], rows
        ).html
    }

    private var reach: [(String, String)] {
        let record = file.newest
        return [
            ("メールアドレス", record.email), ("電話番号", record.texts[.phone]),
            ("郵便番号", PostalCodeWords.word(record.postalCode)), ("住所", record.address),
            ("所属先の名称", record.texts[.workplaceName]),
            ("団体に知らせること", ApplicationField.consentShare.word(isYes: record.allowsSharing)),
            ("名前の表示", ApplicationField.consentPublic.word(isYes: record.allowsPublishing)),
            ("お知らせのメール", ApplicationField.newsOptIn.word(isYes: record.wantsNews)),
            ("次の年度の更新に、入力した内容を使う", record.reuse.word),
        ]
    }
}

extension AffiliationVersion {
    /// Why it ended, as the organization says.
    fileprivate var left: String { leaving.map { "（\($0.reason.word)）" } ?? "" }
}
