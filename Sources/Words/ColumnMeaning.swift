public import Enrollment

/// What a column of the ministry's workbook means, wherever it stands: what sheet 91 says of it.
public struct ColumnMeaning: Sendable {
    /// 物理名 (rule L3-08): letters, digits and low lines. `{n}` stands for the number of a column
    /// that repeats.
    public let name: String
    public let type: ColumnType
    /// Nil for what is not counted.
    public let unit: ColumnUnit?
    /// 定義.
    public let definition: String
    /// 取りうる値, empty where they are not listed.
    public let values: String

    private init(
        _ name: String, _ type: ColumnType, _ unit: ColumnUnit?, _ definition: String,
        _ values: [String]
    ) {
        self.name = name
        self.type = type
        self.unit = unit
        self.definition = definition
        self.values = values.joined(separator: "、")
    }

    /// Codes, too, so that their leading zeros stay.
    public static func text(
        _ name: String, _ definition: String, values: [String] = []
    ) -> ColumnMeaning { ColumnMeaning(name, .text, nil, definition, values) }

    public static func day(_ name: String, _ definition: String) -> ColumnMeaning {
        ColumnMeaning(name, .date, nil, definition, [])
    }

    public static func count(
        _ name: String, of unit: ColumnUnit, _ definition: String
    ) -> ColumnMeaning { ColumnMeaning(name, .number, unit, definition, []) }

    /// A number that counts nothing: a year.
    public static func number(_ name: String, _ definition: String) -> ColumnMeaning {
        ColumnMeaning(name, .number, nil, definition, [])
    }

    /// Whether it stands for a column of each number.
    public var repeats: Bool { name.contains("{n}") }

    /// What it means of one number.
    public func numbered(_ number: Int) -> ColumnMeaning {
        let number = String(number)
        return ColumnMeaning(
            name.replacing("{n}", with: number), type, unit,
            definition.replacing("{n}", with: number), values.isEmpty ? [] : [values])
    }
}
