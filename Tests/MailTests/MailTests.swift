import FoundationEssentials
import Testing

@testable import Mail

private func letter(
    to recipient: String = "taro@example.jp", subject: String = "応募を受け付けました（髙橋さん）",
    body: String = "受付番号\n26-AAAA-BBBB-C"
) throws -> Letter {
    try Letter(
        from: "office@example.jp", named: "事務局", to: recipient,
        LetterText(
            subject: subject, body: body, messageID: "abc@example.jp",
            date: "Tue, 24 Nov 2026 09:00:00 +0900"))
}

@Suite struct MailTests {
    @Test(arguments: [
        "a@example.jp\r\nRCPT TO:<b@example.jp>", "a@example.jp\n", "a b@example.jp", "a@b",
        "<a@example.jp>", "a@example.jp,b@example.jp", "たろう@example.jp", "a@example.jp\0",
    ])
    func anAddressThatCouldBeTwoIsRefused(address: String) {
        #expect(throws: Letter.Fault.self) { try letter(to: address) }
    }

    @Test func aSubjectWithALineEndIsRefused() {
        #expect(throws: Letter.Fault.controlByte(part: "subject")) {
            try letter(subject: "a\r\nBcc: b@example.jp")
        }
    }

    @Test func theMessageIsAsciiWithShortLines() throws {
        let text = String(decoding: try letter().message, as: UTF8.self)
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 78 && !$0.contains("\n") })
        let blank = try #require(lines.firstIndex(of: ""))
        let body = Data(base64Encoded: lines[(blank + 1)...].joined())
        #expect(body.map { String(decoding: $0, as: UTF8.self) } == "受付番号\r\n26-AAAA-BBBB-C\r\n")
    }

    @Test func aFolderKeepsOneFileALetter() async throws {
        let folder = "/tmp/mail-test-\(UInt64.random(in: 0 ... .max))"
        let transport = try Transports.transport("folder:\(folder)")
        try await transport.deliver(letter())
        try await transport.deliver(letter())
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(files == ["abc_example_jp.eml"])
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func noServerIsUnreachable() async throws {
        let transport = try Transports.transport("smtp://127.0.0.1:1")
        await #expect(throws: MailFailure.unreachable) { try await transport.deliver(letter()) }
        #expect(
            Transports.trouble(with: "smtp://127.0.0.1:1", from: "a@example.jp") == .unreachable)
    }

    @Test func aFolderThatCannotBeMadeIsNotReached() throws {
        #expect(Transports.trouble(with: "folder:/proc/nope", from: "") == .unreachable)
        let folder = "/tmp/mail-test-\(UInt64.random(in: 0 ... .max))"
        #expect(Transports.trouble(with: "folder:\(folder)", from: "") == nil)
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test(arguments: [
        "smtp://127.0.0.1", "smtp://localhost:2525", "smtp://[::1]:25/", "smtp://me:word@localhost",
    ])
    func lettersMayGoInTheClearOnThisMachine(url: String) { #expect(MailServer.isLocal(url)) }

    @Test(arguments: [
        "smtp://localhost.example", "smtp://localhost.example:25", "smtp://127.0.0.1.example",
        "smtp://localhost@mail.example", "smtp://localhost:25@mail.example", "smtp://[::1].example",
        "smtp://127.0.0.10", "smtp://localhost:2a", "smtp://mail.example/localhost", "smtp://",
    ])
    func lettersToAnotherMachineAreNeverInTheClear(url: String) {
        #expect(!MailServer.isLocal(url))
    }

    @Test(arguments: ["http://x", "bogus", "smtp://", "folder:"])
    func anUnknownSettingIsSaid(setting: String) {
        #expect(throws: Transports.Unknown.self) { try Transports.transport(setting) }
    }
}
