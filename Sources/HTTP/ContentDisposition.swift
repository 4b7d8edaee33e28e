/// `Content-Disposition` of an answer that is to be saved (RFC 6266).
public enum ContentDisposition {
    /// `attachment` with the name in UTF-8 and an ASCII stand-in for old clients. Control and
    /// format characters (also those that turn the reading direction), slashes, backslashes and
    /// quotes become `_`.
    public static func attachment(filename: String) -> HeaderValue {
        var name = String.UnicodeScalarView()
        var ascii = ""
        for scalar in filename.unicodeScalars {
            let safe = isSafe(scalar) ? scalar : "_"
            name.append(safe)
            ascii.append(safe.isASCII && safe != "%" ? Character(safe) : "_")
        }
        let encoded = PercentDecoding.encode(String(name).utf8) { _ in false }
        return HeaderValue(
            stringLiteral: "attachment; filename=\"\(ascii)\"; filename*=UTF-8''\(encoded)")
    }

    private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\"", "\\", "/": return false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }
}
