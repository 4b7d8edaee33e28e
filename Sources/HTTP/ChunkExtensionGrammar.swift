/// `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )` (RFC 9112 7.1.1), octet by
/// octet. Bare CR and LF are refused here too: readers that skip extensions carelessly are what
/// CVE-2025-22871 and CVE-2025-55315 live on.
struct ChunkExtensionGrammar: Sendable {
    private enum State {
        case start, beforeName, name, afterName, beforeValue, token, quoted, escaped, afterValue
    }

    private var state = State.start

    /// Whether the line may end here.
    var isComplete: Bool {
        switch state {
        case .name, .token, .afterValue: true
        case .start, .beforeName, .afterName, .beforeValue, .quoted, .escaped: false
        }
    }

    /// Takes one octet; false where it does not fit.
    mutating func take(_ byte: UInt8) -> Bool {
        guard let next = next(byte) else { return false }
        state = next
        return true
    }

    private func next(_ byte: UInt8) -> State? {
        let isToken = ByteClass.isToken(byte)
        let isBlank = ByteClass.isBlank(byte)
        switch state {
        case .start:
            return byte == UInt8(ascii: ";") ? .beforeName : isBlank ? .start : nil
        case .beforeName: return isToken ? .name : isBlank ? .beforeName : nil
        case .name: return isToken ? .name : separator(byte, isBlank ? .afterName : nil)
        case .afterName: return separator(byte, isBlank ? .afterName : nil)
        case .beforeValue:
            if byte == UInt8(ascii: "\"") { return .quoted }
            return isToken ? .token : isBlank ? .beforeValue : nil
        case .token: return isToken ? .token : ending(byte, isBlank)
        case .quoted: return inQuotes(byte)
        case .escaped: return ByteClass.isFieldContent(byte) ? .quoted : nil
        case .afterValue: return ending(byte, isBlank)
        }
    }

    private func inQuotes(_ byte: UInt8) -> State? {
        switch byte {
        case UInt8(ascii: "\""): .afterValue
        case UInt8(ascii: "\\"): .escaped
        default: ByteClass.isFieldContent(byte) ? .quoted : nil
        }
    }

    private func separator(_ byte: UInt8, _ otherwise: State?) -> State? {
        switch byte {
        case UInt8(ascii: "="): .beforeValue
        case UInt8(ascii: ";"): .beforeName
        default: otherwise
        }
    }

    private func ending(_ byte: UInt8, _ isBlank: Bool) -> State? {
        byte == UInt8(ascii: ";") ? .beforeName : isBlank ? .start : nil
    }
}
