internal import Enrollment
internal import Postgres
internal import Words

/// A column of a sheet, told once: what it means, what is asked of the tables for it, and how its
/// cell comes of a line. Where a column stands is this year's layout's business.
struct SheetColumn<Line>: Sendable {
    /// Where a cell's own value is found.
    struct Place {
        /// In the answer of the tables; of use only to a column that asks for something.
        var inAnswer = 0
        /// Which one of a column that repeats.
        var number = 0
    }

    let meaning: ColumnMeaning
    /// What the sheet's question asks for; nil for what its line knows anyway.
    let source: SQL?
    /// The codes that stand in it, for sheet 90, unless `CodeList.shared` lists them.
    let codes: CodeList?
    let cell: @Sendable (Line, Place) throws -> CellValue

    private init(
        _ meaning: ColumnMeaning, source: SQL?, codes: CodeList?,
        cell: @escaping @Sendable (Line, Place) throws -> CellValue
    ) {
        self.meaning = meaning
        self.source = source
        self.codes = codes
        self.cell = cell
    }

    /// What the line knows.
    init(
        _ meaning: ColumnMeaning, codes: CodeList? = nil,
        _ cell: @escaping @Sendable (Line) -> CellValue
    ) { self.init(meaning, source: nil, codes: codes) { line, _ in cell(line) } }

    /// What the line knows of each number.
    static func numbered(
        _ meaning: ColumnMeaning, _ cell: @escaping @Sendable (Line, Int) -> CellValue
    ) -> SheetColumn {
        SheetColumn(meaning, source: nil, codes: nil) { line, place in cell(line, place.number) }
    }
}

/// A line that is a row of an answer.
protocol AnsweredLine { var row: Row { get } }

/// A row of an answer and nothing besides.
struct PlainLine: AnsweredLine { let row: Row }

extension SheetColumn where Line: AnsweredLine {
    /// What the tables say, as a cell. `parse` gives nil for what cannot be: that throws
    /// `CorruptRow`. Where the tables say nothing the cell holds `otherwise`.
    init(
        _ meaning: ColumnMeaning, from source: SQL, codes: CodeList? = nil,
        otherwise: CellValue = .blank, _ parse: @escaping @Sendable (String) -> CellValue?
    ) {
        self.init(meaning, source: source, codes: codes) { line, place in
            guard let text = line.row.optionalString(at: place.inAnswer), !text.isEmpty else {
                return otherwise
            }
            guard let cell = parse(text) else { throw CorruptRow(column: meaning.name) }
            return cell
        }
    }

    /// The same, written as its type is.
    init(_ meaning: ColumnMeaning, from source: SQL, otherwise: CellValue = .blank) {
        self.init(meaning, from: source, otherwise: otherwise) { meaning.type.cell($0) }
    }

    /// A code of the tables by one of its words.
    init<Code: RawRepresentable<String>>(
        _ meaning: ColumnMeaning, from source: SQL, codes: CodeList? = nil,
        as word: @escaping @Sendable (Code) -> String
    ) {
        self.init(meaning, from: source, codes: codes) { text in
            Code(rawValue: text).map { .text(word($0)) }
        }
    }
}

extension ColumnType {
    fileprivate func cell(_ text: String) -> CellValue? {
        switch self {
        case .text: .text(text)
        case .number: Int(text).map { .number($0) }
        case .date: Day(text).map { .day($0) }
        }
    }
}
