import Foundation

/// A file that appears under its name only when it is whole, and in the place of another only when
/// that is asked for.
struct OutputFile {
    /// There is a file of that name already.
    struct Exists: CommandFault {
        let path: String

        var description: String {
            "\(path) is there already, and nothing was written: choose another name, "
                + "or say --overwrite"
        }
    }

    private let path: String
    /// Where it is written: two commands at once do not write into each other's.
    private let part: String
    private let overwrites: Bool
    private let handle: FileHandle

    init(_ path: String, overwrites: Bool) throws {
        self.path = path
        part = path + ".\(UInt32.random(in: 0 ... .max)).part"
        self.overwrites = overwrites
        try Self.check(path, overwrites: overwrites)
        let created = FileManager.default.createFile(
            atPath: part, contents: nil, attributes: [.posixPermissions: 0o600])
        guard created, let handle = FileHandle(forWritingAtPath: part) else {
            throw Configuration.Fault(description: "cannot write \(path)")
        }
        self.handle = handle
    }

    /// Before any work whose outcome could then not be written. Throws `Exists`.
    static func check(_ path: String, overwrites: Bool) throws {
        if !overwrites, access(path, F_OK) == 0 { throw Exists(path: path) }
    }

    func write(_ bytes: [UInt8]) throws { try handle.write(contentsOf: Data(bytes)) }

    static func write(_ bytes: [UInt8], to path: String, overwrites: Bool) throws {
        let output = try OutputFile(path, overwrites: overwrites)
        try output.write(bytes)
        try output.commit()
    }

    func commit() throws {
        try handle.synchronize()
        try handle.close()
        if !overwrites { return try appear() }
        guard rename(part, path) == 0 else {
            throw Configuration.Fault(description: "cannot write \(path)")
        }
    }

    /// Under its name when `work` has written all of it; nothing of it is left when that throws.
    func committed<Value>(_ work: () async throws -> Value) async throws -> Value {
        let value: Value
        do { value = try await work() } catch {
            unlink(part)
            throw error
        }
        try commit()
        return value
    }

    /// Under a name that nobody took meanwhile: a link is never made over another file.
    private func appear() throws {
        guard link(part, path) == 0 else {
            let isTaken = errno == EEXIST
            unlink(part)
            if isTaken { throw Exists(path: path) }
            throw Configuration.Fault(description: "cannot write \(path)")
        }
        unlink(part)
    }
}
