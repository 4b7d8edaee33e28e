import ArgumentParser
import Enrollment
import Foundation
import JSON
import Procedures
import Secrets
import Store

struct BadgesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "badges",
        abstract:
            "Badges, the keys with which they and 任命状 are signed, and whether something is ours.",
        discussion: "ops/runbooks/keys.md says when a key is exchanged or distrusted.",
        subcommands: [List.self, Sign.self, Keys.self, RotateKey.self, VerifyCode.self])

    struct Keys: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "署名鍵: the keys that there are; which are trusted.",
            subcommands: [List.self, Distrust.self, Trust.self], defaultSubcommand: List.self)
    }

    struct RotateKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a new key that signs from now on; what others signed holds.")

        @Option(help: "What it signs: certificate (QR codes), proof (badges) or token (JWT).")
        var of = SignedThing.certificate
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let thing = of
            let id = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                guard let purpose = BadgeKeyPurpose(rawValue: thing.rawValue) else {
                    return try await office.rotateSigningKey(by: Operator.actor)
                }
                return try await office.rotateBadgeKey(of: purpose, by: Operator.actor)
            }
            say("\(id) signs from now on")
        }
    }
}

/// What keys sign, each its own.
enum SignedThing: String, CaseIterable, ExpressibleByArgument {
    case certificate, proof, token
}

extension BadgesCommand.Keys {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Name, state, since when, and whether its secret half is on this machine.")

        @Flag(help: "One JSON object a line.") var json = false
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let keys = try await CommandLoop.use { desk in
                let office = wiring.office(on: desk.loop)
                return try await office.reading.signingKeys().map {
                    KeyLine($0, isHere: try office.has($0))
                } + office.reading.badgeKeys().map { KeyLine($0, isHere: try office.has($0)) }
            }
            for line in keys {
                say(json ? line.json.text : line.text)
            }
        }
    }

    struct Distrust: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "compromise",
            abstract: "失効: others may have had a key since a moment; nothing that it signed since "
                + "then holds.")

        @Argument(help: "The key's name.") var key: String
        @Option(help: "Since when: 2026-11-01T00:00:00+09:00.", transform: Self.moment)
        var since: Instant
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let (key, since) = (key, since)
            try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).distrustSigningKey(
                    key, since: since, by: Operator.actor)
            }
            say("\(key) is distrusted since \(since)")
            // What cannot be marked is distrusted all the same.
            try SigningKeys(in: Configuration().keys)
                .markCompromised(key, since: since.description)
        }

        @Sendable private static func moment(_ text: String) throws -> Instant {
            guard let moment = Instant(text) else {
                throw ValidationError(
                    "--since is a moment with its offset: 2026-11-01T00:00:00+09:00")
            }
            return moment
        }
    }

    struct Trust: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a 失効 back; the key signs no more all the same.")

        @Argument(help: "The key's name.") var key: String
        @OptionGroup var clock: ClockOption

        func run() async throws {
            let wiring = try await Wiring(clock, needsNames: false)
            let key = key
            try await CommandLoop.use { desk in
                try await wiring.office(on: desk.loop).trustSigningKey(key, by: Operator.actor)
            }
            say("\(key) is trusted")
            try SigningKeys(in: Configuration().keys).unmarkCompromised(key)
        }
    }
}

/// A key as a line of text and as JSON.
private struct KeyLine {
    private let id: String
    private let state: String
    private let since: Instant?
    private let madeAt: Instant
    private let isHere: Bool

    init(_ key: SigningKeyRecord, isHere: Bool) {
        self.init(key.id, key.state, made: key.madeAt, retired: key.retiredAt, isHere: isHere)
    }

    init(_ key: BadgeKeyRecord, isHere: Bool) {
        self.init(key.id, key.state, made: key.madeAt, retired: key.retiredAt, isHere: isHere)
    }

    private init(
        _ id: String, _ keyState: SigningKeyState, made: Instant, retired: Instant?, isHere: Bool
    ) {
        (self.id, madeAt, self.isHere) = (id, made, isHere)
        switch keyState {
        case .active: (state, since) = ("active", nil)
        case .retired: (state, since) = ("retired", retired)
        case .compromised(let moment): (state, since) = ("compromised", moment)
        }
    }

    var text: String {
        [
            id, state, madeAt.description, since?.description ?? "-", isHere ? "here" : "elsewhere",
        ].joined(separator: "\t")
    }

    var json: JSONValue {
        .object([
            "key": .string(id), "state": .string(state), "made_at": .string(madeAt.description),
            "since": since.map { .string($0.description) } ?? .null, "here": .bool(isHere),
        ])
    }
}
