import ArgumentParser
import Enrollment
import Foundation
import JSON
import Procedures
import Secrets
import Words

extension BadgesCommand {
    /// For a desk without a network and for whoever has no database: signature and days alone.
    struct VerifyCode: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Whether one of our keys signed a 任命状's code or a badge, without a database.",
            discussion: """
                A badge is a file with a credential of Open Badges 3.0: JSON, JWT, or a picture \
                (PNG, SVG) that carries one; whether it is revoked, its status list says, which \
                --status takes.
                The code is the text of the QR code, or a file with it: the whole address, or what \
                stands behind c=. Whether the appointment ended early or was cancelled, only the \
                service's own page knows. Exits with 0 for a code that holds, and with 1 else.
                """)

        @Argument(help: "The code, its address, or a file with one of them or with a credential.")
        var code: String
        @Option(help: "A file of /.well-known/jwks.json; else the keys in ENROLL_KEYS.")
        var keys: String?
        @Option(help: "On which day; else today.", transform: Self.day) var on: Day?
        @Option(help: "A file of the status list that a credential names.") var status: String?
        @Flag(help: "One JSON object.") var json = false

        func run() async throws {
            let (day, text) = (on ?? Clock.system.now().day, try text())
            if Self.isCredential(text) { return try verify(credential: text, on: day) }
            let finding = Office.finding(
                ofCertificateCode: Self.code(in: text), on: day, signedByOneOf: try trusted(),
                compromised: try compromised())
            say(json ? finding.json(on: day).text : finding.sentence(on: day))
            guard finding.verdict == .valid else { throw ExitCode(1) }
        }

        /// JSON, or the three parts of a JWT, of which the first begins with a brace, too.
        private static func isCredential(_ text: String) -> Bool {
            text.first { !$0.isWhitespace } == "{"
                || (text.hasPrefix("eyJ") && text.count { $0 == "." } == 2)
        }

        private func verify(credential text: String, on day: Day) throws {
            let finding = Office.finding(
                ofCredential: text.trimmingCharacters(in: .whitespacesAndNewlines), on: day,
                statusList: try status.map(Self.read), trusting: try trustedOfBadges())
            say(json ? finding.json(on: day).text : finding.sentence(on: day))
            guard finding.verdict == .valid else { throw ExitCode(1) }
        }

        private func trustedOfBadges() throws -> TrustedBadgeKeys {
            guard let keys else {
                let folder = SigningKeys(in: try Configuration().keys)
                return TrustedBadgeKeys(
                    proofs: try folder.allOfBadges(), tokens: try folder.allOfTokens(),
                    compromised: try folder.compromised())
            }
            guard let read = TrustedBadgeKeys(try Self.read(keys)) else {
                throw ValidationError("\(keys) is no set of keys (RFC 7517)")
            }
            return read
        }

        private static func read(_ file: String) throws -> JSONValue {
            guard let value = try? JSONValue(reading: Data(contentsOf: URL(filePath: file))) else {
                throw ValidationError("\(file) cannot be read as JSON")
            }
            return value
        }

        /// A name that was mistyped is no code that somebody changed.
        private func text() throws -> String {
            guard FileManager.default.fileExists(atPath: code) else {
                let isCode =
                    Self.isCredential(code) || code.contains("?c=")
                    || !code.contains { "/.".contains($0) }
                guard isCode else {
                    throw ValidationError("there is no file \(code), and it is no code")
                }
                return code
            }
            // No code and no badge comes near this; what has no end is read no further.
            let most = Office.largestBadgeFile
            guard let file = FileHandle(forReadingAtPath: code),
                let bytes = try? file.read(upToCount: most + 1), (1...most).contains(bytes.count)
            else { throw ValidationError("\(code) cannot be read, is empty or too large") }
            if Self.isPicture(bytes) { return try credential(in: Array(bytes)) }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw ValidationError("\(code) cannot be read as text, and is no picture")
            }
            return text
        }

        private static func isPicture(_ bytes: Data) -> Bool {
            let first = bytes.first {
                !" \t\r\n".utf8.contains($0) && !"\u{FEFF}".utf8.contains($0)
            }
            return first == 0x89 || first == UInt8(ascii: "<")
        }

        /// What a picture carries that somebody signed.
        private func credential(in bytes: [UInt8]) throws -> String {
            do {
                if let text = try Office.credential(inBadgeFile: bytes) { return text }
            } catch { throw ValidationError("\(code): \(error.sentence)") }
            throw ValidationError(
                "\(code) carries a badge of Open Badges 2.0 alone, which nobody signed: only the "
                    + "service's own page knows whether it is one of ours")
        }

        /// Published keys have none: those of 失効 are not among them.
        private func compromised() throws -> Set<String> {
            keys == nil ? try SigningKeys(in: Configuration().keys).compromised() : []
        }

        /// Out of an address, or as it is.
        private static func code(in text: String) -> String {
            let plain = text.trimmingCharacters(in: .whitespacesAndNewlines)
            guard let query = URLComponents(string: plain)?.queryItems else { return plain }
            return query.first { $0.name == "c" }?.value ?? plain
        }

        private func trusted() throws -> [String: VerifyingKey] {
            guard let keys else { return try SigningKeys(in: Configuration().keys).all() }
            guard let read = Office.verifyingKeys(in: try Self.read(keys)) else {
                throw ValidationError("\(keys) is no set of keys (RFC 7517)")
            }
            return read
        }

        @Sendable private static func day(_ text: String) throws -> Day {
            guard let day = Day(text) else { throw ValidationError("--on is a day: 2026-11-01") }
            return day
        }
    }
}

extension CertificateVerdict {
    /// What cannot be said without the register.
    var remarks: [String] {
        self == .invalid(.keyCompromised)
            ? ["others may have had its key: only the service knows what it had signed before"] : []
    }
}

extension CertificateFinding {
    fileprivate func sentence(on day: Day) -> String {
        var lines = ["\(day): \(verdict.heading)"] + verdict.remarks
        if let paper {
            lines.append(
                [
                    paper.number, paper.kind.word, paper.year.word, "\(paper.first)..\(paper.last)",
                    paper.name,
                ].filter { !$0.isEmpty }.joined(separator: "\t"))
            lines.append("the register was not asked: an early end or 取消 is not seen here")
        }
        return lines.joined(separator: "\n")
    }

    fileprivate func json(on day: Day) -> JSONValue {
        .object([
            "day": .string(day.description), "valid": .bool(verdict == .valid),
            "said": .string(verdict.heading), "register_asked": .bool(false),
            "number": paper.map { .string($0.number) } ?? .null,
            "kind": paper.map { .string(Badge.code($0.kind)) } ?? .null,
            "fiscal_year": paper.map { .integer($0.year.startYear) } ?? .null,
            "from": paper.map { .string($0.first.description) } ?? .null,
            "last": paper.map { .string($0.last.description) } ?? .null,
            "name": paper.flatMap { $0.name.isEmpty ? nil : .string($0.name) } ?? .null,
        ])
    }
}
