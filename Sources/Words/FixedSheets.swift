public import Enrollment

/// Sheets of the workbook whose columns are ours and not a layout's.
public enum FixedSheet: CaseIterable, Sendable {
    /// Texts but for the days.
    public struct Column: Sendable {
        public let heading: String
        public let physicalName: String
        public let definition: String

        public var type: ColumnType { physicalName.hasPrefix("effective_") ? .date : .text }

        fileprivate init(_ heading: String, _ physicalName: String, _ definition: String) {
            self.heading = heading
            self.physicalName = physicalName
            self.definition = definition
        }
    }

    case metadata, codes, definitions

    public var word: String {
        switch self {
        case .metadata: "00_メタデータ"
        case .codes: "90_コード表"
        case .definitions: "91_項目定義"
        }
    }

    public var columns: [Column] {
        texts.map { Column($0.heading, $0.physicalName, $0.definition) }
    }

    /// Heading, 物理名 and 定義 of each column.
    private var texts: [(heading: String, physicalName: String, definition: String)] {
        switch self {
        case .metadata: [("項目", "item", "このファイルについての項目"), ("値", "value", "項目の値")]
        case .codes:
            [
                ("コード種別", "code_type", "コードの種類"), ("コード", "code", "シートに現れるコード"),
                ("名称", "code_name", "コードの名称"), ("説明", "description", "コードの説明"),
                ("有効開始日", "effective_from", "コードが使われ始める日"),
                ("有効終了日", "effective_until", "コードが使われる最後の日。空欄は定めなし"),
            ]
        case .definitions:
            [
                ("シート名", "sheet", "項目があるシート"), ("項目名", "heading", "項目の見出し"),
                ("物理名（英数字）", "physical_name", "英数字による項目の名"), ("型", "type", "文字列、数値、日付の別"),
                ("単位", "unit", "数値の単位"), ("定義", "definition", "項目の意味"),
                ("算出方法", "method", "値の求め方"), ("取りうる値", "values", "値が決まっているときの一覧"),
                ("特殊記号", "symbols", "空欄などの意味"), ("変更履歴", "history", "項目の変更の記録"),
            ]
        }
    }

    /// What sheet 91 says of the columns.
    public var definitions: [ColumnDefinition] {
        columns.map {
            ColumnDefinition(
                sheet: word, heading: $0.heading, physicalName: $0.physicalName,
                type: $0.type, definition: $0.definition)
        }
    }
}
