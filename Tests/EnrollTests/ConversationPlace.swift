import Foundation
import TestSupport

/// Where conversations are held: a folder and a database of their own, one after the other.
struct ConversationPlace {
    struct Unfit: Error, CustomStringConvertible { let description: String }

    private static let database = "enroll_conversation"
    private static let model = "enroll_conversation_model"

    let folder: URL
    private let environment: [String: String]

    /// A demo, made once, from which each conversation begins, and its keys.
    private static let demo = Result {
        let place = try ConversationPlace(on: model)
        let clock = "--clock 2026-06-01T10:00+09:00"
        try place.demand("dropdb --if-exists --force $MODEL && createdb -T template0 $MODEL")
        try place.demand("enroll migrate --kind demo \(clock)")
        try place.demand("enroll load \(clock) && enroll demo \(clock)")
        return place.folder
    }

    static func make(beginningEmpty isEmpty: Bool) throws -> ConversationPlace {
        let place = try ConversationPlace(on: database)
        let from = isEmpty ? "template0" : "$MODEL"
        if !isEmpty { try place.demand("cp -r '\(demo.get().path())/keys' .") }
        try place.demand("dropdb --if-exists --force $NAME")
        try place.demand("createdb -T \(from) --strategy file_copy $NAME")
        return place
    }

    private init(on name: String) throws {
        guard let cluster = ProcessInfo.processInfo.environment["ENROLL_TEST_DATABASE"],
            let host = cluster.firstMatch(of: /host=(\S+)/)?.output.1,
            let owner = cluster.firstMatch(of: /user=(\S+)/)?.output.1
        else { throw Unfit(description: "run through ops/test, which starts a database") }
        folder = FileManager.default.temporaryDirectory.appending(path: "enroll-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let root = Golden.root.path(percentEncoded: false)
        environment = [
            "PATH": "\(root)/.build/debug:/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC",
            "PGHOST": String(host), "PGUSER": String(owner), "NAME": name, "MODEL": Self.model,
            "ENROLL_DATABASE": "host=\(host) dbname=\(name) user=enroll_app",
            "ENROLL_DATABASE_OWNER": "host=\(host) dbname=\(name) user=\(owner)",
            "ENROLL_HOME": root, "ENROLL_KEYS": "\(folder.path())/keys",
            "ENROLL_SMTP_URL": "folder:\(folder.path())/mail", "ROSTERS": "\(root)/Tests/Rosters",
            "BADGES": "\(root)/Tests/OpenBadges/vectors",
        ]
    }

    func leave() { try? FileManager.default.removeItem(at: folder) }

    /// What a shell says to a line, and its status.
    func run(_ line: String) throws -> (output: String, status: Int32) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "exec 2>&1; \(line)"]
        process.environment = environment
        process.currentDirectoryURL = folder
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: said, as: UTF8.self), process.terminationStatus)
    }

    private func demand(_ line: String) throws {
        let (output, status) = try run(line)
        if status != 0 { throw Unfit(description: "\(line): \(output)") }
    }
}
