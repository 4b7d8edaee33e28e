internal import Crypto
internal import Foundation

extension SecretKey {
    /// Octets of chance that a sealing takes; never the same twice.
    public static let nonceLength = 12

    /// AES-256-GCM. What a browser keeps for us and may neither read nor change. `bound` is not
    /// part of it, but whoever opens it must know it again.
    public func seal(
        _ text: String, nonce: [UInt8], boundTo bound: String, purpose: StaticString
    ) throws -> String {
        let box = try AES.GCM.seal(
            Data(text.utf8), using: sealing(purpose), nonce: AES.GCM.Nonce(data: nonce),
            authenticating: Data(bound.utf8))
        return Base64URL.encode(nonce + Array(box.ciphertext) + Array(box.tag))
    }

    /// Nil for anything that this key did not seal for this purpose and bound to the same.
    public func open(_ sealed: String, boundTo bound: String, purpose: StaticString) -> String? {
        guard let bytes = Base64URL.decode(sealed),
            let box = try? AES.GCM.SealedBox(combined: Data(bytes)),
            let text = try? AES.GCM.open(
                box, using: sealing(purpose), authenticating: Data(bound.utf8))
        else { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    private func sealing(_ purpose: StaticString) -> SymmetricKey {
        SymmetricKey(data: code(for: "seal", purpose: purpose))
    }
}
