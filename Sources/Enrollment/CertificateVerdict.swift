/// 任命状のQRコードの判定. Whether a signed code holds on a day, and why it does not: one answer, and one
/// reason.
public enum CertificateVerdict: Equatable, Sendable {
    case valid
    case invalid(Fault)

    public enum Fault: Equatable, Sendable {
        /// 改ざん: no key of ours signed it, or it is not what we gave out.
        case altered
        /// It has not the shape of a code of ours: it was cut off, or never was one.
        case malformed
        /// 鍵失効: its key is known to have been in other hands by then.
        case keyCompromised
        /// No register was asked, and none of the keys at hand is the one that it names.
        case unknownKey
        /// It has not the shape of a badge of ours.
        case unreadable
        /// The status list that was shown is not the one that it names.
        case otherList
        /// 任命 had begun, but this copy of the badge was issued later.
        case notIssued
        case notBegun
        /// 満了.
        case expired
        /// 取消, 区分変更, 統合, or an end before its time.
        case ended(EndReason)
    }

    /// What a signed code says, that the register has given out just so, and what the register says
    /// of its appointment. `day` is in Japan.
    public init(_ issued: IssuedCertificate, on day: Day) {
        guard issued.key.vouches(forWhatWasIssuedAt: issued.issuedAt) else {
            self = .invalid(.keyCompromised)
            return
        }
        switch issued.term.state(on: day) {
        case .active: self = .valid
        case .scheduled: self = .invalid(.notBegun)
        case .expired: self = .invalid(.expired)
        case .resigned: self = .invalid(.ended(.resigned))
        case .revoked: self = .invalid(.ended(.revoked))
        case .superseded: self = .invalid(.ended(.superseded))
        case .deceased: self = .invalid(.ended(.deceased))
        case .cancelled: self = .invalid(.ended(.cancelled))
        case .merged: self = .invalid(.ended(.merged))
        }
    }
}

/// A code as the register knows it.
public struct IssuedCertificate: Sendable {
    public let issuedAt: Instant
    public let key: SigningKeyState
    /// Of its appointment, as it is known now.
    public let term: Term

    public init(issuedAt: Instant, key: SigningKeyState, term: Term) {
        self.issuedAt = issuedAt
        self.key = key
        self.term = term
    }
}

/// 署名鍵の状態.
public enum SigningKeyState: Equatable, Sendable {
    /// Signs.
    case active
    /// Signs no more; what it signed holds.
    case retired
    /// 失効: from this moment on others may have had it.
    case compromised(since: Instant)

    /// Whether it is published.
    public var isTrusted: Bool {
        if case .compromised = self { false } else { true }
    }

    /// What the register gave out before the key was in other hands still holds.
    public func vouches(forWhatWasIssuedAt moment: Instant) -> Bool {
        guard case .compromised(let since) = self else { return true }
        return moment < since
    }
}
