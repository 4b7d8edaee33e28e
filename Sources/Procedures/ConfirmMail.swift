public import Enrollment
public import Secrets
internal import Store
internal import Words

/// What a six-digit code is asked for.
public enum CodePurpose: String, Sendable {
    case apply, status

    /// The page to which the code is to be taken.
    var page: String { self == .apply ? "応募フォーム" : "応募の状況を見る" }
}

extension Office {
    /// 確認番号の送付. Sends a code to an address and gives the token of the page that asked: the
    /// code works only there, for ten minutes, five tries. Throws `Refusal.tooMany`.
    func sendCode(
        _ purpose: CodePurpose, subject: String, to email: String
    ) async throws -> Token {
        let token = Token(random)
        let code = SixDigitCode(random)
        let moment = moment("applicant")
        let address = Base64URL.encode(settings.key.code(for: email, purpose: "limit"))
        try await write { writing in
            let since = moment.now.adding(seconds: -30 * 60)
            let count = try await writing.countAttempt(
                "code", subject: address, at: moment.now, since: since)
            guard count <= settings.codesPerAddress else {
                throw Refusal.tooMany(retryAfterSeconds: 30 * 60)
            }
            try await writing.keep(
                MailCode(
                    tokenDigest: token.digest, purpose: purpose.rawValue, subject: subject,
                    email: email, codeDigest: digest(of: code.text, for: token),
                    expiresAt: moment.now.adding(seconds: 600), triesLeft: 5))
            let words = settings.letters.code(code.text, page: purpose.page)
            let about = Digest.hex(token.digest.prefix(12))
            writing.post(
                [letter("code", words, to: email, about: about)], at: moment.now)
        }
        return token
    }

    /// 確認番号の照合. Does `act` with the code, which says what it was asked for, in the transaction that
    /// uses the code up: both or neither. Throws `Refusal.wrong` with the tries that are left; the try is
    /// counted even then.
    func useCode(
        _ typed: String, of token: Token, for purpose: CodePurpose,
        then act: (_ sent: MailCode, Writing) async throws -> Void
    ) async throws {
        let moment = moment("applicant")
        let code = try await write { writing in
            try await writing.takeTry(
                tokenDigest: token.digest, purpose: purpose.rawValue, at: moment.now)
        }
        guard let code else { throw Refusal.wrong(triesLeft: 0) }
        guard areEqualInConstantTime(digest(of: typed, for: token), code.codeDigest) else {
            throw Refusal.wrong(triesLeft: code.triesLeft)
        }
        try await write { writing in
            try await writing.use(code, at: moment.now)
            try await act(code, writing)
        }
    }

    private func digest(of code: String, for token: Token) -> [UInt8] {
        settings.key.code(for: code + token.text, purpose: "code")
    }
}
