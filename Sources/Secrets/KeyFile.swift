internal import Glibc

/// Keys of an installation as files: a folder of mode 0700, files of mode 0600.
public enum KeyFile {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Reads a key of 32 bytes, or makes it when the file is not there. Two programs that start at
    /// once end with the same key, because the file appears whole or not at all.
    public static func load(_ name: String, in folder: String) throws -> SecretKey {
        try makeFolder(folder)
        let path = folder + "/" + name
        if let bytes = read(path) { return try key(bytes, path) }
        try write(RandomSource.system.bytes(32), to: path)
        guard let bytes = read(path) else { throw failure("cannot read", path) }
        return try key(bytes, path)
    }

    /// What is kept under a name; nil for nothing. Throws `Failure`.
    static func kept(_ name: String, in folder: String) throws -> [UInt8]? {
        let path = folder + "/" + name
        guard let bytes = read(path) else {
            guard errno == ENOENT else { throw failure("cannot read", path) }
            return nil
        }
        return bytes
    }

    /// Keeps octets under a name that nothing has yet. Throws `Failure`.
    static func keep(_ bytes: [UInt8], as name: String, in folder: String) throws {
        try makeFolder(folder)
        try write(bytes, to: folder + "/" + name)
    }

    /// Keeps octets under a name, in place of what was there. Throws `Failure`.
    static func replace(_ bytes: [UInt8], as name: String, in folder: String) throws {
        try remove(name, in: folder)
        try keep(bytes, as: name, in: folder)
    }

    /// Nothing is no failure. Throws `Failure`.
    static func remove(_ name: String, in folder: String) throws {
        let path = folder + "/" + name
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("cannot remove", path) }
    }

    /// What files there are. Throws `Failure`.
    static func names(in folder: String) throws -> [String] {
        guard let list = opendir(folder) else {
            guard errno == ENOENT else { throw failure("cannot read", folder) }
            return []
        }
        defer { closedir(list) }
        var names: [String] = []
        while let entry = readdir(list) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.sorted()
    }

    private static func key(_ bytes: [UInt8], _ path: String) throws -> SecretKey {
        guard bytes.count == 32 else { throw Failure(description: "\(path) holds no key") }
        return SecretKey(bytes)
    }

    private static func makeFolder(_ folder: String) throws {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw failure("cannot make", folder)
        }
    }

    private static func read(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        // Longer than any key: of RSA they have some 1,200 octets.
        var bytes = [UInt8](repeating: 0, count: 8_192)
        let count = Glibc.read(file, &bytes, bytes.count)
        return count < 0 ? nil : Array(bytes.prefix(count))
    }

    /// Writes beside and links into place; a file that is there already stays.
    private static func write(_ bytes: [UInt8], to path: String) throws {
        let fresh = path + ".\(getpid())"
        let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("cannot write", fresh) }
        defer { unlink(fresh) }
        let written = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        fsync(file)
        close(file)
        guard written == bytes.count, link(fresh, path) == 0 || errno == EEXIST else {
            throw failure("cannot write", path)
        }
    }

    private static func failure(_ what: String, _ path: String) -> Failure {
        Failure(description: "\(what) \(path): \(String(cString: strerror(errno)))")
    }
}
