import Foundation
import TestSupport
import Testing

/// The commands as their operator meets them: `Tests/Conversations`, against the built program.
@Suite(.serialized) struct ConversationTests {
    private static let folder = Golden.root.appending(path: "Tests/Conversations")

    static let files: [String] =
        (try? FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()) ?? []

    @Test(arguments: files)
    func goesAsItStands(file: String) async throws {
        let url = Self.folder.appending(path: file)
        try await needRoles()
        let difference = try await onOwnThread {
            let conversation = Conversation(try String(contentsOf: url, encoding: .utf8))
            let place = try ConversationPlace.make(beginningEmpty: conversation.beginsEmpty)
            defer { place.leave() }
            return try Golden.difference(of: conversation.held(in: place), fromFile: url)
        }
        #expect(difference == nil, "\(file) \(difference ?? "")")
    }

    @Test func conversationsAreThere() { #expect(Self.files.count >= 15) }
}
