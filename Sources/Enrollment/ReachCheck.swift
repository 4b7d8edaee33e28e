internal import JapaneseText

/// How a person can be reached.
struct Reach {
    let email: String
    let phone: String
}

extension ApplicationCheck {
    /// An employee number stands in for an address.
    mutating func reach(_ texts: TextAnswers) -> Reach? {
        let email = email(mayBeMissing: !texts[.employeeNumber].isEmpty)
        let phone = phone()
        guard let email, let phone else { return nil }
        return Reach(email: email, phone: phone)
    }

    private mutating func email(mayBeMissing: Bool) -> String? {
        let typed = cleaned(.email)
        if typed.isEmpty {
            if mayBeMissing { return "" }
            problems.add(.emailMissing, .email)
            return nil
        }
        switch EmailAddress.read(typed) {
        case .address(let address):
            askAboutDomain(of: address)
            return address.text
        case .badDots: problems.add(.emailDotsMisplaced, .email)
        case .malformed: problems.add(.emailNotAnAddress, .email)
        }
        return nil
    }

    mutating func phone() -> String? {
        let typed = cleaned(.phone)
        guard !typed.isEmpty else { return "" }
        let digits = Telephone.digits(typed)
        guard Digits.areAll(digits) else {
            problems.add(.phoneNotDigits, .phone)
            return nil
        }
        if let whole = Telephone.withLostZero(digits) {
            problems.add(.phoneZeroSupplied, .phone, [.value: whole])
            return whole
        }
        guard digits.hasPrefix("0"), (10...11).contains(digits.count) else {
            problems.add(.phoneLengthWrong, .phone, [.value: digits])
            return nil
        }
        if digits.count != Telephone.usualCount(digits) {
            problems.add(
                .phoneLengthUnusual, .phone, [.value: digits, .count: String(digits.count)])
        }
        return digits
    }
}

/// メールアドレス. An address that mail can be sent to (RFC 5321, without quoting and without
/// anything beyond ASCII).
public struct EmailAddress: Hashable, Sendable {
    public let text: String

    /// As addresses are compared.
    public var key: String { MatchKey.mail(text) }

    public enum Outcome: Equatable, Sendable {
        case address(EmailAddress)
        /// Dots as some carriers' old addresses have them, which RFC 5321 does not.
        case badDots
        case malformed
    }

    /// Width is narrowed, spaces go, the domain is lower case.
    public static func read(_ typed: String) -> Outcome {
        let narrow = withoutSpaces(Width.narrowed(typed))
        let parts = narrow.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, narrow.utf8.count <= 254 else { return .malformed }
        let (local, domain) = (parts[0], parts[1].lowercased())
        guard !local.isEmpty, local.utf8.count <= 64, local.utf8.allSatisfy(isLocal),
            isDomain(domain)
        else { return .malformed }
        if local.hasPrefix(".") || local.hasSuffix(".") || local.contains("..") { return .badDots }
        return .address(EmailAddress(text: local + "@" + domain))
    }

    /// The mailbox behind an address, for counting letters and never for sending them: in any case,
    /// without what follows a plus sign, and without the dots that Gmail does not see.
    public static func mailbox(of text: String) -> String {
        let parts = text.lowercased().split(separator: "@", maxSplits: 1)
        guard parts.count == 2 else { return text.lowercased() }
        let plain = parts[0].split(separator: "+", omittingEmptySubsequences: false)[0]
        let isGmail = ["gmail.com", "googlemail.com"].contains(parts[1])
        return isGmail ? plain.filter { $0 != "." } + "@gmail.com" : plain + "@" + parts[1]
    }

    private static func withoutSpaces(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return text }
        return text.filter { !$0.isWhitespace }
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-/=?^_`{|}~.".utf8.contains(byte)
        }
    }

    private static func isDomain(_ domain: String) -> Bool {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, domain.utf8.count <= 253 else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x61...0x7A, 0x2D: true
                    default: false
                    }
                }
        }
    }
}
