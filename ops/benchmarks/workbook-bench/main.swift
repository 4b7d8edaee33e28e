// Writes a workbook of invented rows with the program's own writer: `workbook-bench ROWS FILE`; reads one with its own
// reader and says how many rows and cells hold something: `workbook-bench read FILE`; the same of CSV: `csv FILE`.
// Without Foundation, which would hold more memory than what is measured.
import Glibc
import Spreadsheet

func octets(of path: String) -> [UInt8] {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { exit(2) }
    defer { close(file) }
    let size = Int(lseek(file, 0, SEEK_END))
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        while count < size {
            let taken = pread(file, buffer.baseAddress! + count, size - count, off_t(count))
            guard taken > 0 else { exit(2) }
            count += taken
        }
    }
}

/// In functions: what is global is checked for exclusive access at each use.
func readBook(_ path: String) throws {
    let limits = BookLimits(rows: 1 << 20, cells: 1 << 25, text: 1 << 30, inflated: 1 << 30)
    let book = try Book(octets(of: path), limits: limits)
    var (rows, filled) = (0, 0)
    _ = try book.read(book.sheets[0]) { row in
        rows += 1
        for cell in 0..<row.count where !row.isEmpty(cell) { filled += 1 }
    }
    print(rows, filled)
}

func readCSV(_ path: String) throws {
    let limits = CSVLimits(rows: 1 << 20, bytes: 1 << 30)
    var (rows, filled) = (0, 0)
    _ = try CSVFile.read(octets(of: path), limits: limits) { row in
        rows += 1
        for cell in 0..<row.count where !row.isEmpty(cell) { filled += 1 }
    }
    print(rows, filled)
}

switch CommandLine.arguments[1] {
case "read":
    try readBook(CommandLine.arguments[2])
    exit(0)
case "csv":
    try readCSV(CommandLine.arguments[2])
    exit(0)
default: break
}

let rows = Int(CommandLine.arguments[1]) ?? 0
let path = CommandLine.arguments[2]
let columns = [
    "任命番号", "連番", "氏", "名", "氏（カナ）", "メールアドレス", "電話番号", "都道府県コード", "都道府県",
    "全国地方公共団体コード", "市区町村", "年度", "任命日", "状態", "活動内容",
].enumerated().map { index, heading in
    ColumnFormat(
        heading: heading, content: [1, 11].contains(index) ? .number : index == 12 ? .day : .text)
}

let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
guard file >= 0 else { exit(2) }

func put(_ octets: [UInt8]) {
    var rest = octets[...]
    while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        guard written > 0 else { exit(2) }
        rest = rest.dropFirst(written)
    }
}

func makeBook() throws {
    var writer = WorkbookWriter()
    try writer.beginSheet("01_任命者名簿", columns)
    for number in 0..<rows {
        let digits = String(number)
        let padded = "R08-P-" + String(repeating: "0", count: 7 - digits.count) + digits
        try writer.beginRow()
        writer.text(padded)
        writer.number(number)
        writer.text("髙橋")
        writer.text("渉" + digits)
        writer.text("タカハシ")
        writer.text("person" + digits + "@example.jp")
        writer.text("0312345678")
        writer.text("13")
        writer.text("東京都")
        writer.text("131016")
        writer.text("千代田区")
        writer.number(2026)
        writer.day(serial: 46_000 + number % 365)
        writer.text("任命中")
        writer.text("窓口で、利用を支援している。")
        try writer.endRow()
        if number % 1_000 == 0 { put(writer.drain()) }
    }
    writer.endSheet()
    try writer.finish()
    put(writer.drain())
}

try makeBook()
