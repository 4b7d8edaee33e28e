/// 郵便番号. Every code in use, with the municipality or 行政区 that it belongs to.
///
/// Kept as the reference data has it, some 300 octets for each of the 951 first three digits, and
/// read only there where a code is asked for: 0.3 MB and no work when it is loaded.
public struct PostalCodes: Sendable {
    /// What stands behind the first three digits: `01102:0000/0010-0040;01303:8089`.
    private let areas: [Int: [UInt8]]

    /// Pairs of three digits and the places behind them.
    public init(areas: [(area: String, places: String)]) {
        self.areas = Dictionary(
            areas.map { (Int($0.area) ?? -1, Array($0.places.utf8)) }, uniquingKeysWith: { $1 })
    }

    /// No list is loaded: nothing can be said of any code.
    public static let none = PostalCodes(areas: [])

    public var isEmpty: Bool { areas.isEmpty }

    /// The municipalities or wards (five digits of JIS X 0402) of a code of seven digits; empty for
    /// a code that is not in use. A few codes have several.
    func places(of code: String) -> [Int] {
        guard code.utf8.count == 7, let number = Digits.number(Array(code.utf8)),
            let area = areas[number / 10_000]
        else { return [] }
        var places: [Int] = []
        Self.eachRun(in: area) { place, first, last in
            if first <= number % 10_000, number % 10_000 <= last { places.append(place) }
        }
        return places
    }

    /// All codes of each municipality or ward, lowest first.
    func byPlace() -> [Int: [Int]] {
        var codes: [Int: [Int]] = [:]
        for area in areas.keys.sorted() {
            Self.eachRun(in: areas[area] ?? []) { place, first, last in
                for code in stride(from: first, through: last, by: 1) {
                    codes[place, default: []].append(area * 10_000 + code)
                }
            }
        }
        return codes
    }

    private static func eachRun(
        in places: [UInt8], _ body: (_ place: Int, _ first: Int, _ last: Int) -> Void
    ) {
        var (place, first, number): (Int, Int?, Int) = (0, nil, 0)
        for byte in places + [UInt8(ascii: ";")] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number * 10 + Int(byte & 0xF)
            case UInt8(ascii: ":"): (place, number) = (number, 0)
            case UInt8(ascii: "-"): (first, number) = (number, 0)
            default:
                body(place, first ?? number, number)
                (first, number) = (nil, 0)
            }
        }
    }
}
