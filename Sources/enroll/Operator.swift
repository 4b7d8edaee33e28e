import Enrollment
import Foundation

/// Who runs a command, as the journal names them.
enum Operator {
    /// The name of the login, also behind `sudo`; the user's number where the machine has no name.
    static let actor: Actor = {
        let id = login() ?? getuid()
        return .operator(getpwuid(id).map { String(cString: $0.pointee.pw_name) } ?? "uid \(id)")
    }()

    /// Who logged in, as the kernel keeps it through `su` and `sudo`; nil where nobody did.
    private static func login() -> uid_t? {
        let text = try? String(contentsOfFile: "/proc/self/loginuid", encoding: .utf8)
        guard let id = text.flatMap({ uid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }),
            id != .max
        else { return nil }
        return id
    }
}
