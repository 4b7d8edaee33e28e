public import Enrollment

extension SheetName {
    /// The name of the sheet in the workbook: 01_任命者名簿.
    public var word: String {
        let name =
            switch self {
            case .roster: "任命者名簿"
            case .totals: "全体集計"
            case .organizationTotals: "団体別集計"
            case .groupTotals: "団体グループ別集計"
            case .prefectureTotals: "都道府県別集計"
            case .months: "月次推移"
            }
        return "\(number)_\(name)"
    }
}

extension ColumnType {
    public var word: String {
        switch self {
        case .text: "文字列"
        case .number: "数値"
        case .date: "日付"
        }
    }
}

extension ColumnUnit {
    public var word: String {
        switch self {
        case .persons: "人"
        case .appointments, .applications: "件"
        case .organizations: "団体"
        }
    }
}

/// One line of sheet 91_項目定義.
public struct ColumnDefinition: Equatable, Sendable {
    public let sheet: String
    public let heading: String
    public let physicalName: String
    public let type: String
    /// Empty for what is not counted.
    public let unit: String
    public let definition: String
    /// 算出方法.
    public let method: String
    /// 取りうる値, empty where they are not listed.
    public let values: String

    public init<Column: SheetColumn>(_ entry: MinistrySheet<Column>.Entry) {
        let column = entry.column
        sheet = Column.sheet.word
        heading = entry.heading
        physicalName = entry.physicalName
        type = column.type.word
        unit = column.unit?.word ?? ""
        definition =
            entry.number.map {
                column.definition.replacing("{n}", with: String($0))
            } ?? column.definition
        values = column.values
        method =
            column.unit != nil
            ? "集計基準日までの事実（任命、終了、所属、応募）を数える"
            : column.type == .date ? "記録された日をそのまま出力する" : "記録をそのまま、またはコード表で言い換えて出力する"
    }

    /// A column of a sheet without a layout.
    init(
        sheet: String, heading: String, physicalName: String, type: ColumnType, definition: String
    ) {
        self.sheet = sheet
        self.heading = heading
        self.physicalName = physicalName
        self.definition = definition
        (self.type, unit, values) = (type.word, "", "")
        method = "そのまま出力する"
    }
}

extension MinistrySheet {
    /// What sheet 91 says of the columns of this sheet, in their order.
    public var definitions: [ColumnDefinition] {
        entries.map(ColumnDefinition.init)
    }
}

extension SheetColumn {
    /// 定義, the same wherever the physical name stands.
    public var definition: String { ColumnDefinitions.texts[rawValue] ?? "" }

    /// 取りうる値.
    public var values: String { ColumnDefinitions.values(of: rawValue) }
}

extension LayoutFault {
    /// For whoever starts the server with a wrong layout.
    public func sentence(in file: String) -> String {
        switch self {
        case .malformed(let line):
            "\(file) \(line)行目：「見出し = 物理名」の形で書いてください。"
        case .unknownColumn(let line, let name):
            "\(file) \(line)行目：「\(name)」という物理名はありません。"
        case .headingTwice(let line, let heading):
            "\(file) \(line)行目：見出し「\(heading)」が2回あります。"
        case .columnTwice(let line, let name):
            "\(file) \(line)行目：物理名「\(name)」が2回あります。"
        case .empty: "\(file)：列が1つもありません。"
        }
    }
}
