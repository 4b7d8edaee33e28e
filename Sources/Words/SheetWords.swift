public import Enrollment

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
        case .appointments, .applications, .files, .badges: "件"
        case .organizations: "団体"
        case .rows: "行"
        case .days: "日"
        case .sheets: "枚"
        case .copies: "部"
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

    /// A column of a sheet with a layout, under this year's heading.
    public init(sheet: String, heading: String, _ meaning: ColumnMeaning) {
        self.sheet = sheet
        self.heading = heading
        physicalName = meaning.name
        type = meaning.type.word
        unit = meaning.unit?.word ?? ""
        definition = meaning.definition
        values = meaning.values
        method = meaning.method
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

extension ColumnMeaning {
    /// 算出方法.
    fileprivate var method: String {
        if unit != nil { return "集計基準日までの事実（任命、終了、所属、応募）を数える" }
        return type == .date
            ? "記録された日をそのまま出力する" : "記録をそのまま、またはコード表で言い換えて出力する"
    }
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
