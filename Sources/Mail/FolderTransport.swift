internal import FoundationEssentials
internal import Glibc

/// Puts each letter into a file of a folder. A letter delivered twice is one file.
public struct FolderTransport: Transport {
    private let folder: String

    public init(folder: String) { self.folder = folder }

    var canBeWritten: Bool {
        mkdir(folder, 0o700)
        return access(folder, W_OK | X_OK) == 0
    }

    public func deliver(_ letter: Letter) async throws(MailFailure) {
        let name = letter.messageID.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" }
        let path = folder + "/" + String(name) + ".eml"
        mkdir(folder, 0o700)
        do {
            try Data(letter.message).write(to: URL(filePath: path), options: .atomic)
        } catch { throw .unreachable }
    }
}
