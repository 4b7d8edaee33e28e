import Enrollment
import Foundation
import Logging
import Mail
import Procedures

/// The settings `ENROLL_*`, from the environment or from the file that `ENROLL_CONFIG` names. Read
/// once, at the start.
struct Configuration {
    /// A setting that is missing, unknown or cannot be read: stops the start with a sentence.
    struct Fault: Error, CustomStringConvertible { let description: String }

    /// The application's login.
    let database: String
    /// The owner's, for `migrate` and `load` only.
    let databaseOwner: String
    let listen: Endpoint
    /// Where the operator looks: `/metrics` and what a probe asks; nil for nowhere.
    let operatorListen: Endpoint?
    /// Connections in all and of one address; nil for the server's own ceilings.
    let connections: Int?
    let connectionsPerAddress: Int?
    let publicURL: String
    let smtpURL: String
    /// A PEM file of the certificates that the mail server's is trusted by; nil for the system's.
    let smtpAuthorities: String?
    let mailFrom: String
    let keys: String
    /// Of whom a second factor is asked; nil for what the installation's kind says.
    let secondFactor: SecondFactorRule?
    /// Of which plans a second officer is asked; nil for what the installation's kind says.
    let secondOfficer: SecondOfficerRule?
    let trustedProxies: Set<String>
    let limits: Limits
    let home: String
    let logLevel: Logger.Level
    /// How the service calls itself; nil for what the reference data says.
    let issuer: String?
    let phone: String?
    /// The time of the server that runs, where it was started with `--clock`; nil for the
    /// machine's.
    let clock: SharedClock?

    private static let known: Set<String> = [
        "CONFIG", "DATABASE", "DATABASE_OWNER", "LISTEN", "PUBLIC_URL", "SMTP_URL", "SMTP_CA",
        "MAIL_FROM", "KEYS", "SECOND_FACTOR", "SECOND_OFFICER",
        "TRUSTED_PROXY", "LIMITS", "OPERATOR_LISTEN", "CONNECTIONS", "CONNECTIONS_PER_ADDRESS",
        "HOME", "CLOCK",
        "LOG_LEVEL", "ISSUER", "PHONE",
        // Read by the tests, not by the program:
        "TEST_DATABASE", "BINARY",
    ]

    var isSecure: Bool { publicURL.hasPrefix("https://") }
    /// Whether everybody can reach it by its name: what is signed names it for years.
    var isPublic: Bool {
        guard isSecure, let host = URL(string: publicURL)?.host()?.lowercased() else {
            return false
        }
        let last = host.split(separator: ".").dropFirst().last.map(String.init) ?? ""
        let isAddress = last.isEmpty || Int(last) != nil || host.contains(":")
        return !isAddress && !["local", "localhost", "internal", "lan", "arpa"].contains(last)
    }

    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let settings = try Self.settings(environment)
        func get(_ name: String, _ fallback: String? = nil) throws -> String {
            if let value = settings[name], !value.isEmpty { return value }
            guard let fallback else { throw Fault(description: "ENROLL_\(name) is not set") }
            return fallback
        }
        database = try get("DATABASE")
        databaseOwner = try get("DATABASE_OWNER", database)
        listen = try Endpoint("LISTEN", try get("LISTEN", "127.0.0.1:8080"))
        operatorListen = try settings["OPERATOR_LISTEN"].map {
            try Endpoint("OPERATOR_LISTEN", $0)
        }
        connections = try Self.count("CONNECTIONS", settings)
        connectionsPerAddress = try Self.count("CONNECTIONS_PER_ADDRESS", settings)
        publicURL = try Self.publicURL(try get("PUBLIC_URL", "http://\(listen)"))
        smtpURL = try Self.smtpURL(try get("SMTP_URL", "folder:mail"))
        smtpAuthorities = try Self.readable("SMTP_CA", settings)
        mailFrom = try Self.mailFrom(try get("MAIL_FROM", Self.nobodysAddress))
        keys = try get("KEYS", "keys")
        secondFactor = try Self.secondFactor(try get("SECOND_FACTOR", ""))
        secondOfficer = try Self.secondOfficer(try get("SECOND_OFFICER", ""))
        trustedProxies = try Self.addresses(try get("TRUSTED_PROXY", ""))
        limits = try Self.limits(try get("LIMITS", ""))
        home = try get("HOME", FileManager.default.currentDirectoryPath)
        logLevel = try Self.logLevel(try get("LOG_LEVEL", "info"))
        issuer = settings["ISSUER"].flatMap { $0.isEmpty ? nil : $0 }
        phone = settings["PHONE"].flatMap { $0.isEmpty ? nil : $0 }
        clock = try settings["CLOCK"].map { try SharedClock($0) }
    }

    private static func settings(_ environment: [String: String]) throws -> [String: String] {
        var settings: [String: String] = [:]
        if let path = environment["ENROLL_CONFIG"] {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw Fault(description: "ENROLL_CONFIG names a file that cannot be read: \(path)")
            }
            settings = try Self.lines(of: text, in: path)
        }
        for (name, value) in environment where name.hasPrefix("ENROLL_") {
            settings[String(name.dropFirst(7))] = value
        }
        if let unknown = settings.keys.first(where: { !known.contains($0) }) {
            throw Fault(description: "unknown setting ENROLL_\(unknown)")
        }
        return settings
    }

    /// The settings that a file names. A line that is none is told by its number: it may hold a
    /// password.
    private static func lines(of text: String, in path: String) throws -> [String: String] {
        var settings: [String: String] = [:]
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].hasPrefix("ENROLL_") else {
                throw Fault(
                    description: "line \(index + 1) of \(path) is no setting: each is one line and "
                        + "its name begins with ENROLL_, such as ENROLL_LISTEN=127.0.0.1:8080")
            }
            settings[String(parts[0].dropFirst(7))] = String(parts[1])
        }
        return settings
    }

    private static func smtpURL(_ text: String) throws -> String {
        do { _ = try Transports.transport(text) } catch {
            throw Fault(description: "ENROLL_SMTP_URL is none of what it can be: \(error)")
        }
        return text
    }

    /// Where letters come from while nobody has said it; nobody can answer it.
    static let nobodysAddress = "no-reply@enroll.example"

    private static func mailFrom(_ text: String) throws -> String {
        guard Letter.isAddress(text) else {
            throw Fault(
                description:
                    "ENROLL_MAIL_FROM is no mail address such as no-reply@example.jp: \(text)"
            )
        }
        return text
    }

    private static func logLevel(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text) else {
            let all = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw Fault(description: "ENROLL_LOG_LEVEL is one of \(all): \(text)")
        }
        return level
    }

    /// A file that must be there, because it is read later, by others.
    private static func readable(_ name: String, _ settings: [String: String]) throws -> String? {
        guard let path = settings[name], !path.isEmpty else { return nil }
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw Fault(description: "ENROLL_\(name) names a file that cannot be read: \(path)")
        }
        return path
    }

    private static func secondFactor(_ text: String) throws -> SecondFactorRule? {
        guard !text.isEmpty else { return nil }
        guard let rule = SecondFactorRule(rawValue: text) else {
            let all = SecondFactorRule.allCases.map(\.rawValue).joined(separator: ", ")
            throw Fault(description: "ENROLL_SECOND_FACTOR is one of \(all): \(text)")
        }
        return rule
    }

    private static func secondOfficer(_ text: String) throws -> SecondOfficerRule? {
        if text.isEmpty { return nil }
        if text == "off" { return .off }
        guard let count = Int(text), count >= 0 else {
            throw Fault(
                description: "ENROLL_SECOND_OFFICER is off, or the number of people above which "
                    + "two officers appoint: \(text)")
        }
        return .above(count)
    }

    private static func count(_ name: String, _ settings: [String: String]) throws -> Int? {
        guard let text = settings[name], !text.isEmpty else { return nil }
        guard let count = Int(text), count > 0 else {
            throw Fault(description: "ENROLL_\(name) is no count: \(text)")
        }
        return count
    }

    /// Addresses and not names: what a name stands for can change while we believe it.
    private static func addresses(_ text: String) throws -> Set<String> {
        let addresses = text.split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        for address in addresses {
            var (four, six) = (in_addr(), in6_addr())
            guard
                inet_pton(AF_INET, address, &four) == 1 || inet_pton(AF_INET6, address, &six) == 1
            else { throw Fault(description: "ENROLL_TRUSTED_PROXY is no address: \(address)") }
        }
        return Set(addresses)
    }

    /// `NAME=COUNT/SECONDS`, separated by spaces.
    private static func limits(_ text: String) throws -> Limits {
        var limits = Limits()
        for part in text.split(separator: " ") {
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            let numbers = pair.last?.split(separator: "/").map { Int($0) } ?? []
            guard pair.count == 2, numbers.count == 2, let count = numbers[0],
                let seconds = numbers[1], count > 0, (1...86_400).contains(seconds),
                let name = LimitName.settable.first(where: { $0.rawValue == pair[0] })
            else {
                let all = LimitName.settable.map(\.rawValue).joined(separator: ", ")
                throw Fault(
                    description:
                        "ENROLL_LIMITS is NAME=COUNT/SECONDS, separated by spaces, with at "
                        + "most 86400 seconds; NAME is one of \(all): \(part)")
            }
            limits[name] = Limit(count, within: seconds)
        }
        return limits
    }

    /// https, or http on this machine only.
    private static func publicURL(_ text: String) throws -> String {
        let url = text.hasSuffix("/") ? String(text.dropLast()) : text
        let host = URL(string: url)?.host() ?? ""
        let isLocal = ["127.0.0.1", "localhost", "::1"].contains(host)
        guard url.hasPrefix("https://") || (url.hasPrefix("http://") && isLocal) else {
            throw Fault(
                description: "ENROLL_PUBLIC_URL must be https, or http on this machine: \(url)")
        }
        return url
    }
}
