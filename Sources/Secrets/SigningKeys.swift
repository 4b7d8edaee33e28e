/// A secret half that lies in a file of its own.
public protocol KeptKey: Sendable {
    /// What its file's name begins with; no two kinds share one.
    static var filePrefix: String { get }
    /// Its public half's name; empty where it has none.
    var keptID: String { get }
    var keptOctets: [UInt8] { get }
    /// Of the public half.
    var publicOctets: [UInt8] { get }
    init?(octets: [UInt8])
}

extension SigningKey: KeptKey {
    public static let filePrefix = "signing-"
    public var keptID: String { verifying.id }
    public var keptOctets: [UInt8] { octets }
    public var publicOctets: [UInt8] { verifying.octets }
}

extension Ed25519Key: KeptKey {
    public static let filePrefix = "badge-"
    public var keptID: String { verifying.id }
    public var keptOctets: [UInt8] { octets }
    public var publicOctets: [UInt8] { verifying.octets }
}

extension RSAKey: KeptKey {
    public static let filePrefix = "token-"
    public var keptID: String { verifying?.id ?? "" }
    public var keptOctets: [UInt8] { octets }
    public var publicOctets: [UInt8] { verifying?.octets ?? [] }
}

/// 署名鍵の置き場所. Where the secret halves lie, each in a file that bears its name: one key for one
/// purpose.
public struct SigningKeys: Sendable {
    private let folder: String

    public init(in folder: String) { self.folder = folder }

    /// The secret half of that name; nil where this machine has it not, or another under its name.
    /// Throws `KeyFile.Failure` where the folder cannot be read.
    public func kept<Key: KeptKey>(_ id: String, as kind: Key.Type) throws -> Key? {
        guard let octets = try KeyFile.kept(Key.filePrefix + id, in: folder),
            let key = Key(octets: octets), key.keptID == id
        else { return nil }
        return key
    }

    /// Keeps a new one. Throws `KeyFile.Failure`.
    public func keep<Key: KeptKey>(_ key: Key) throws {
        try KeyFile.keep(key.keptOctets, as: Key.filePrefix + key.keptID, in: folder)
    }

    /// The one that signs certificates, by its name.
    public func key(_ id: String) throws -> SigningKey? { try kept(id, as: SigningKey.self) }

    /// Makes one that signs certificates, and keeps it. Throws `KeyFile.Failure`.
    public func make(_ random: RandomSource) throws -> SigningKey {
        let key = SigningKey(random)
        try keep(key)
        return key
    }

    /// The public halves of all that sign certificates, by their names.
    public func all() throws -> [String: VerifyingKey] {
        try names(of: SigningKey.self).reduce(into: [:]) { $0[$1] = try key($1)?.verifying }
    }

    /// The public halves of all that sign badges, by their names.
    public func allOfBadges() throws -> [String: Ed25519PublicKey] {
        try names(of: Ed25519Key.self).reduce(into: [:]) {
            $0[$1] = try kept($1, as: Ed25519Key.self)?.verifying
        }
    }

    /// The public halves of all that sign JWT, by their names.
    public func allOfTokens() throws -> [String: RSAPublicKey] {
        try names(of: RSAKey.self).reduce(into: [:]) {
            $0[$1] = try kept($1, as: RSAKey.self)?.verifying
        }
    }

    /// 失効. Leaves a mark beside the key for whoever checks without a database, with the moment as
    /// it is written. Throws `KeyFile.Failure`.
    public func markCompromised(_ id: String, since moment: String) throws {
        try KeyFile.replace(Array((moment + "\n").utf8), as: id + Self.mark, in: folder)
    }

    /// Takes the mark away. Throws `KeyFile.Failure`.
    public func unmarkCompromised(_ id: String) throws {
        try KeyFile.remove(id + Self.mark, in: folder)
    }

    /// The names of keys with such a mark, whatever it holds. Throws `KeyFile.Failure`.
    public func compromised() throws -> Set<String> {
        Set(
            try KeyFile.names(in: folder).filter { $0.hasSuffix(Self.mark) }
                .map { String($0.dropLast(Self.mark.count)) })
    }

    /// No key's file begins with a key's name alone.
    private static let mark = ".compromised"

    private func names<Key: KeptKey>(of kind: Key.Type) throws -> [String] {
        try KeyFile.names(in: folder).filter { $0.hasPrefix(Key.filePrefix) }
            .map { String($0.dropFirst(Key.filePrefix.count)) }
    }
}
