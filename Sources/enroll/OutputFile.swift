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

    /// As it was given, and where a link leads.
    private let name: String
    private let path: String
    /// A name on the way to its own: two commands at once do not write into each other's.
    private let part: String
    /// Whether it has no name at all until it is whole, so that nothing is left of it however the
    /// command ends. Not every file system can (`O_TMPFILE`).
    private let isNameless: Bool
    private let overwrites: Bool
    private let handle: FileHandle

    init(_ name: String, overwrites: Bool) throws {
        try Self.check(name, overwrites: overwrites)
        self.name = name
        path = URL(filePath: name).resolvingSymlinksInPath().path(percentEncoded: false)
        part = path + ".\(UInt32.random(in: 0 ... .max)).part"
        self.overwrites = overwrites
        let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        let nameless = open(folder, Self.nameless | O_WRONLY | O_CLOEXEC, 0o600)
        isNameless = nameless >= 0
        let file =
            isNameless ? nameless : open(part, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Self.cannotWrite(name) }
        handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    }

    /// `O_TMPFILE`, which is no plain number in the system's header.
    private static let nameless: Int32 = 0o20_000_000 | O_DIRECTORY

    private static func cannotWrite(_ path: String) -> Configuration.Fault {
        Configuration.Fault(description: "cannot write \(path)")
    }

    /// Before any work whose outcome could then not be written. Throws `Exists`, and
    /// `Configuration.Fault` for what is no ordinary file (a folder, a device).
    static func check(_ path: String, overwrites: Bool) throws {
        var found = stat()
        guard stat(path, &found) == 0 else { return }
        guard found.st_mode & S_IFMT == S_IFREG else {
            throw Configuration.Fault(
                description: "\(path) is no ordinary file and is not written: name another")
        }
        if !overwrites { throw Exists(path: path) }
    }

    /// The same of all that a command writes, by the options that name them; two may not be one,
    /// nor one what the command reads.
    static func check(
        _ files: [(option: String, path: String?)], reading source: String? = nil,
        overwrites: Bool
    ) throws {
        var options: [URL: String] = [:]
        if let source {
            let file = URL(filePath: source).resolvingSymlinksInPath().standardizedFileURL
            options[file] = "what is read"
        }
        for case (let option, let path?) in files {
            try check(path, overwrites: overwrites)
            let file = URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL
            if let other = options.updateValue(option, forKey: file) {
                throw Configuration.Fault(
                    description: "\(other) and \(option) are one file: \(path)")
            }
        }
    }

    func write(_ bytes: [UInt8]) throws { try handle.write(contentsOf: Data(bytes)) }

    static func write(_ bytes: [UInt8], to path: String, overwrites: Bool) throws {
        let output = try OutputFile(path, overwrites: overwrites)
        defer { unlink(output.part) }
        try output.write(bytes)
        try output.commit()
    }

    /// Under its name when `work` has written all of it; nothing of it is left when that throws.
    func committed<Value>(_ work: () async throws -> Value) async throws -> Value {
        defer { unlink(part) }
        let value = try await work()
        try commit()
        return value
    }

    /// Gives it its name. Throws `Exists` where somebody took that meanwhile.
    func commit() throws {
        defer { unlink(part) }
        try handle.synchronize()
        if overwrites {
            if isNameless { try appear(as: part) }
            guard rename(part, path) == 0 else { throw Self.cannotWrite(name) }
        } else {
            try appear(as: path)
        }
        try handle.close()
    }

    /// A link is never made over another file.
    private func appear(as path: String) throws {
        let made =
            isNameless
            ? linkat(
                AT_FDCWD, "/proc/self/fd/\(handle.fileDescriptor)", AT_FDCWD, path,
                AT_SYMLINK_FOLLOW)
            : link(part, path)
        guard made != 0 else { return }
        throw errno == EEXIST ? Exists(path: name) : Self.cannotWrite(name)
    }
}
