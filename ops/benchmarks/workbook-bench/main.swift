// Writes a workbook of invented rows with the program's own writer: `workbook-bench ROWS FILE`; reads one with its own
// reader and says how many rows and cells hold something: `workbook-bench read FILE`.
import Foundation
import Spreadsheet

if CommandLine.arguments[1] == "read" {
    guard let data = FileManager.default.contents(atPath: CommandLine.arguments[2]) else { exit(2) }
    let limits = BookLimits(rows: 1 << 20, cells: 1 << 25, text: 1 << 30, inflated: 1 << 30)
    let book = try Book([UInt8](data), limits: limits)
    let records = try book.table(of: book.sheets[0]).records
    let filled = records.reduce(0) { $0 + $1.cells.count { !$0.isEmpty } }
    print(records.count, filled)
    exit(0)
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

guard FileManager.default.createFile(atPath: path, contents: nil),
    let file = FileHandle(forWritingAtPath: path)
else { exit(2) }
/// In a function: what is global is checked for exclusive access at each use.
func write() throws {
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
        if number % 1_000 == 0 { try file.write(contentsOf: Data(writer.drain())) }
    }
    writer.endSheet()
    try writer.finish()
    try file.write(contentsOf: Data(writer.drain()))
}

try write()
