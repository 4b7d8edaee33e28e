import Foundation
import Testing
import TestSupport

extension Golden {
    /// Holds a text to the one that is kept under a name.
    static func expect(_ text: String, as name: String) throws {
        let difference = try Golden.difference(of: text, from: name)
        #expect(difference == nil, "\(name) \(difference ?? "")")
    }
}

/// A sheet's XML as lines that can be read and compared: its head, each row with a cell after each
/// tab, its foot. The XML comes out of them again octet for octet.
struct SheetLines {
    /// How a cell begins and ends, by the mark that stands for it.
    private static let shapes: [(mark: Character, start: String, end: String)] = [
        ("^", #"" t="inlineStr" s="1"><is><t>"#, "</t></is></c>"),
        ("\"", #"" t="inlineStr" s="2"><is><t>"#, "</t></is></c>"),
        ("_", #"" t="inlineStr" s="2"><is><t xml:space="preserve">"#, "</t></is></c>"),
        ("#", #""><v>"#, "</v></c>"),
        ("@", #"" s="3"><v>"#, "</v></c>"),
    ]

    let text: String

    init(_ xml: String) throws {
        let head = try #require(xml.range(of: "<sheetData>")).upperBound
        let foot = try #require(xml.range(of: "</sheetData>")).lowerBound
        let rows = xml[head..<foot].components(separatedBy: "</row>").dropLast()
        text =
            ([String(xml[..<head])] + rows.map(Self.line) + [String(xml[foot...])])
            .map { $0 + "\n" }.joined()
    }

    private static func line(_ row: String) -> String {
        var cells: [String] = []
        for cell in row.components(separatedBy: "<c r=\"").dropFirst() {
            let name = cell.prefix { $0 != "\"" }
            let place = column(name.prefix { !$0.isNumber })
            while cells.count < place { cells.append("") }
            let rest = cell.dropFirst(name.count)
            let shape = shapes.first { rest.hasPrefix($0.start) }
            cells.append(
                shape.map { shape in
                    String(shape.mark) + rest.dropFirst(shape.start.count).dropLast(shape.end.count)
                } ?? "?\(rest)")
        }
        return cells.joined(separator: "\t")
    }

    /// The XML that the lines stand for.
    var xml: String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        // The head of a part is two lines of its own.
        let head = lines.prefix(2).joined(separator: "\n")
        let rows = lines.dropFirst(2).dropLast().enumerated().map { index, line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            return "<row r=\"\(index + 1)\">"
                + cells.enumerated().map { Self.cell($1, $0, row: index + 1) }.joined() + "</row>"
        }
        return head + rows.joined() + (lines.last ?? "")
    }

    private static func cell(_ text: Substring, _ place: Int, row: Int) -> String {
        guard let shape = shapes.first(where: { $0.mark == text.first }) else { return "" }
        return "<c r=\"\(letters(place))\(row)\(shape.start)\(text.dropFirst())\(shape.end)"
    }

    private static func column(_ letters: some StringProtocol) -> Int {
        letters.utf8.reduce(0) { 26 * $0 + Int($1) - 64 } - 1
    }

    private static func letters(_ column: Int) -> String {
        let last = String(UnicodeScalar(UInt8(65 + column % 26)))
        return column < 26 ? last : letters(column / 26 - 1) + last
    }
}
