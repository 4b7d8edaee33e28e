internal import Enrollment
internal import Words

/// コード種別 of sheet 90: codes that stand in the workbook, with their names.
struct CodeList: Sendable {
    /// コード種別.
    let word: String
    /// Physical names of the columns in which these codes or their names stand.
    let columns: [String]
    let codes: @Sendable (SheetContext) -> [(code: String, name: String)]

    init(
        _ word: String, in columns: [ColumnMeaning] = [],
        _ codes: @escaping @Sendable (SheetContext) -> [(code: String, name: String)]
    ) {
        self.word = word
        self.columns = columns.map(\.name)
        self.codes = codes
    }

    /// Of more than one sheet.
    static let shared: [CodeList] = [
        CodeList("応募区分", in: [.kindCode, .kind]) { _ in
            Kind.allCases.map { ($0.code, $0.word) }
        },
        CodeList("募集対象区分", in: [.categoryCode, .category]) { _ in
            EligibilityCategory.allCases.map { ($0.code, $0.word) }
        },
        CodeList("任命の状態", in: [.appointmentStateCode, .appointmentState]) { _ in
            AppointmentState.onRoster.map { ($0.rawValue, $0.word) }
        },
        CodeList("応募経路", in: [.route]) { _ in
            ApplicationRoute.allCases.map { ($0.rawValue, $0.word) }
        },
        CodeList("新規継続区分", in: [.appointmentHistory]) { _ in
            AppointmentHistory.allCases.map { ($0.rawValue, $0.word) }
        },
        CodeList("視聴の根拠", in: [.viewingEvidence]) { _ in
            EvidenceGrade.allCases.map { ($0.rawValue, $0.word) }
        },
        CodeList("団体グループ", in: [.organizationGroup]) { context in
            context.numbers.groupNames + [individuals]
        },
        CodeList("団体", in: [.organizationCode, .organizationName]) { context in
            context.numbers.organizationNames(in: context.basis.year) + [individuals]
        },
        CodeList("都道府県", in: [.prefectureCode, .prefecture]) { context in
            context.numbers.prefectureNames + [TallyWords.unknownPlace]
        },
    ]

    private static let individuals = (code: individualsCode, name: TallyWords.individuals)
}
