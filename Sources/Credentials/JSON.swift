/// JSON with its members in the order given, so that the same value is the same bytes.
indirect enum JSON {
    case text(String)
    case flag(Bool)
    case object([(String, JSON)])

    var bytes: [UInt8] { Array(string.utf8) }

    private var string: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .flag(let flag): flag ? "true" : "false"
        case .object(let members):
            "{" + members.map { "\(Self.quoted($0)):\($1.string)" }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
