internal import Enrollment
public import Network
internal import Secrets
internal import Store
internal import Words

extension Office {
    /// 受付番号が分からないとき. Sends a letter to an address that says what was applied for with it, or
    /// that nothing was: whoever asks learns nothing, and the same is done for every address. Where
    /// an address was written to often enough, or is none, nothing is sent and nothing is said.
    /// Throws `Refusal.tooMany` by the client alone.
    public func tellReceipts(to typed: String, from client: Client) async throws {
        try await refuseCodesBeyondAll(for: client)
        try await write { writing in
            try await count(.codeClient, of: .client(client), in: writing)
            guard case .address(let address) = EmailAddress.read(typed) else { return }
            let mailbox = LimitSubject(
                text: "receipts\0" + EmailAddress.mailbox(of: address.text))
            let isLeft = try await isLeft(
                .codeAddress, of: mailbox, sharedWith: client, in: writing)
            let found = try await writing.reading.applications(withMail: address.text)
            guard isLeft else { return }
            let words = settings.letters.receipts(
                found.map { ($0.receipt, $0.kind, $0.receivedOn, $0.status(on: today)) })
            let about = Digest.hex(Token(random).digest.prefix(12))
            writing.post([letter(.receipts, words, to: address.text, about: about)], at: now)
        }
    }
}
