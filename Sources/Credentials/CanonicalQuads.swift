internal import JSON
internal import Secrets

/// Why a document is none of ours: what it says could not be signed wholly, or in one way only.
enum LinkedDataFault: Error, Equatable {
    case unknownClass, unknownTerm
    /// A number, null, an empty list, or what its term does not allow.
    case unfitValue
    /// No absolute address of ASCII.
    case unfitAddress
    /// Two things without a name of which the same is said.
    case alike
}

/// The statements of a document as canonical N-Quads (W3C RDF Dataset Canonicalization 1.0),
/// without a JSON-LD processor: the terms are a table (`LinkedTerms`), and what has no name is told
/// apart by what is said of it (section 4.6), which is enough for all that we write.
struct CanonicalQuads {
    /// Who or what a statement is about, or says.
    private enum Node {
        case named([UInt8])
        case blank(Int)
    }

    private struct Quad {
        let subject: Node
        let predicate: [UInt8]
        let object: Node
    }

    private var quads: [Quad] = []
    private var blanks = 0

    /// Lines that end in ` .\n`, sorted by their octets. `@context` and `proof` are left out.
    static func octets(of document: JSONValue) throws(LinkedDataFault) -> [UInt8] {
        var writer = CanonicalQuads()
        guard case .object(let members) = document else { throw .unfitValue }
        _ = try writer.node(
            members.filter { $0.name != "@context" && $0.name != "proof" }, under: "")
        return try writer.lines()
    }

    // MARK: statements

    private mutating func node(
        _ members: [JSONMember], under name: String
    ) throws(LinkedDataFault) -> Node {
        let subject: Node
        if let id = members.first(where: { $0.name == "id" }) {
            guard case .string(let address) = id.value else { throw .unfitValue }
            subject = .named(try Self.address(address))
        } else {
            subject = .blank(blanks)
            blanks += 1
        }
        guard let kind = try kind(of: members, subject) ?? LinkedTerms.unnamed[name],
            let terms = LinkedTerms.terms[kind]
        else { throw .unknownClass }
        for member in members where member.name != "id" && member.name != "type" {
            guard let term = terms[member.name] else { throw .unknownTerm }
            for value in try Self.values(member.value) {
                let object = try object(value, member.name, term)
                quads.append(Quad(subject: subject, predicate: term.predicate, object: object))
            }
        }
        return subject
    }

    /// States the classes of a node; what its members mean is of the last.
    private mutating func kind(
        of members: [JSONMember], _ subject: Node
    ) throws(LinkedDataFault) -> String? {
        guard let type = members.first(where: { $0.name == "type" }) else { return nil }
        var last: String?
        for value in try Self.values(type.value) {
            guard case .string(let kind) = value, let address = LinkedTerms.classes[kind] else {
                throw .unknownClass
            }
            quads.append(
                Quad(
                    subject: subject, predicate: LinkedTerms.typePredicate,
                    object: .named(address)))
            last = kind
        }
        return last
    }

    private static func values(_ value: JSONValue) throws(LinkedDataFault) -> [JSONValue] {
        guard case .array(let values) = value else { return [value] }
        guard !values.isEmpty else { throw .unfitValue }
        return values
    }

    private mutating func object(
        _ value: JSONValue, _ name: String, _ term: LinkedTerm
    ) throws(LinkedDataFault) -> Node {
        switch (value, term.form) {
        case (.object(let members), .address), (.object(let members), .node):
            return try node(members, under: name)
        case (.string(let text), .address): return .named(try Self.address(text))
        case (.string(let text), .word(let vocabulary)):
            return .named(try Self.address(vocabulary + text))
        case (.string(let text), .text): return .named(Self.literal(text))
        case (.string(let text), .typed(let type)):
            return .named(Self.literal(text) + "^^<\(type)>".utf8)
        case (.bool(let flag), .typed(let type)) where type.hasSuffix("#boolean"):
            return .named(Array("\"\(flag)\"^^<\(type)>".utf8))
        default: throw .unfitValue
        }
    }

    // MARK: what a line is made of

    /// Absolute, of ASCII and without what N-Quads forbid; of a scheme that no context can take for
    /// a prefix.
    private static func address(_ text: String) throws(LinkedDataFault) -> [UInt8] {
        let octets = Array(text.utf8)
        let schemes = ["https://", "http://", "did:", "urn:"]
        guard schemes.contains(where: { octets.starts(with: $0.utf8) }),
            octets.allSatisfy({ (0x21...0x7E).contains($0) && !"<>\"{}|^`\\".utf8.contains($0) })
        else { throw .unfitAddress }
        return [UInt8(ascii: "<")] + octets + [UInt8(ascii: ">")]
    }

    /// With the escapes of section 4.9.2 and no other.
    private static func literal(_ text: String) -> [UInt8] {
        var octets: [UInt8] = [UInt8(ascii: "\"")]
        octets.reserveCapacity(text.utf8.count + 2)
        for octet in text.utf8 {
            switch octet {
            case 0x22: octets += "\\\"".utf8
            case 0x5C: octets += "\\\\".utf8
            case 0x0A: octets += "\\n".utf8
            case 0x0D: octets += "\\r".utf8
            case 0x09: octets += "\\t".utf8
            case 0x08: octets += "\\b".utf8
            case 0x0C: octets += "\\f".utf8
            case 0..<0x20, 0x7F:
                let digits = String(octet, radix: 16, uppercase: true)
                octets += ("\\u00" + (digits.utf8.count < 2 ? "0" : "") + digits).utf8
            default: octets.append(octet)
            }
        }
        octets.append(UInt8(ascii: "\""))
        return octets
    }

    // MARK: canonical names

    private func lines() throws(LinkedDataFault) -> [UInt8] {
        let names = try names()
        return Self.joined(quads.map { line($0) { Array("_:c14n\(names[$0])".utf8) } })
    }

    /// The number of each blank node: its place by the digest of what is said of it.
    private func names() throws(LinkedDataFault) -> [Int] {
        guard blanks > 1 else { return [0] }
        let digests = (0..<blanks).map { node in
            let said = quads.filter { Self.is($0.subject, node) || Self.is($0.object, node) }
            return Digest.hex(
                Digest.sha256(
                    Self.joined(said.map { line($0) { Array(($0 == node ? "_:a" : "_:z").utf8) } }))
            )
        }
        guard Set(digests).count == blanks else { throw .alike }
        return digests.map { one in digests.count { $0 < one } }
    }

    private static func `is`(_ node: Node, _ number: Int) -> Bool {
        if case .blank(number) = node { true } else { false }
    }

    private func line(_ quad: Quad, _ name: (Int) -> [UInt8]) -> [UInt8] {
        func text(_ node: Node) -> [UInt8] {
            switch node {
            case .named(let octets): octets
            case .blank(let number): name(number)
            }
        }
        var line = text(quad.subject)
        line.append(0x20)
        line += quad.predicate
        line.append(0x20)
        line += text(quad.object)
        line += " .\n".utf8
        return line
    }

    /// Sorted by octets, each line once.
    private static func joined(_ lines: [[UInt8]]) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(8_192)
        var last: [UInt8] = []
        for line in lines.sorted(by: { $0.lexicographicallyPrecedes($1) }) where line != last {
            octets += line
            last = line
        }
        return octets
    }
}
