import Foundation

/// A request that must be refused, or must be taken in one way only; of our own making, from the
/// sections of RFC 9110 and 9112 that the files in `cases` name.
public struct HostileRequest: Sendable, CustomStringConvertible {
    /// What a body says that must never be answered as a request.
    public static let hidden = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n"

    public let file: String
    public let line: Int
    /// Of the first answer.
    public let status: Int
    public let bytes: [UInt8]
    public let why: String

    public var description: String { "\(file):\(line) \(status) \(why)" }

    /// What a client sends that hides a request behind this one.
    public var withHidden: [UInt8] {
        status == 200 ? bytes : bytes + Array(Self.hidden.utf8)
    }

    /// Those that the parser alone decides.
    public static let forParser = load { $0 != "server.tsv" }
    public static let all = load { _ in true }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "cases")

    private static func load(_ isWanted: (String) -> Bool) -> [HostileRequest] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.filter { $0.hasSuffix(".tsv") && isWanted($0) }.sorted().flatMap(read)
    }

    private static func read(_ name: String) -> [HostileRequest] {
        let text = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .compactMap { index, line in
                let cells = line.split(separator: "\t")
                guard cells.count == 3, let status = Int(cells[0]) else { return nil }
                return HostileRequest(
                    file: name, line: index + 1, status: status, bytes: octets(of: cells[1]),
                    why: String(cells[2]))
            }
    }

    /// `{post}`, `{hidden}`, `{text*N}`, and the escapes \r \n \t \\ \xHH.
    static func octets(of text: Substring) -> [UInt8] {
        var octets: [UInt8] = []
        var rest = text
        while let open = rest.firstIndex(of: "{") {
            octets += unescaped(rest[..<open])
            guard let close = rest[open...].firstIndex(of: "}") else { break }
            octets += macro(rest[rest.index(after: open)..<close])
            rest = rest[rest.index(after: close)...]
        }
        return octets + unescaped(rest)
    }

    private static func macro(_ text: Substring) -> [UInt8] {
        switch text {
        case "hidden": return Array(hidden.utf8)
        case "post":
            return Array(
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
        default:
            guard let star = text.lastIndex(of: "*"),
                let count = Int(text[text.index(after: star)...])
            else { return [] }
            return Array(repeatElement(unescaped(text[..<star]), count: count).joined())
        }
    }

    private static func unescaped(_ text: Substring) -> [UInt8] {
        var octets: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let kind = rest.popFirst() else {
                octets.append(byte)
                continue
            }
            switch kind {
            case UInt8(ascii: "r"): octets.append(0x0D)
            case UInt8(ascii: "n"): octets.append(0x0A)
            case UInt8(ascii: "t"): octets.append(0x09)
            case UInt8(ascii: "x"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                octets.append(UInt8(digits, radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            default: octets.append(kind)
            }
        }
        return octets
    }
}
