internal import Secrets
internal import Spreadsheet

/// What the parts of a workbook hold, summed up: the SHA-256 of lines `sha256␠␠name␊`, one for each
/// part but the first sheet, in their order, each of the part as it is unpacked. So it tells
/// whether two workbooks say the same, whenever and by whomever they were written: that is what the
/// first sheet (00) says. Confined to the loop of its export.
final class DataDigest {
    private static let metadata = "xl/worksheets/sheet1.xml"

    private var part: (name: String, digest: RunningDigest)?
    private var lines: [String] = []

    func hear(_ octets: PartOctets) {
        switch octets {
        case .begin(let name): part = name == Self.metadata ? nil : (name, RunningDigest())
        case .octets(let octets): part?.digest.update(octets)
        case .end:
            if let part { lines.append("\(part.digest.hex())  \(part.name)\n") }
            part = nil
        }
    }

    func hex() -> String { Digest.sha256Hex(lines.joined()) }
}
