import Foundation

/// Who runs a command, as the journal names them.
enum Operator {
    /// The name of the login, also behind `sudo`; the user's number where the machine has no name.
    static let name: String = {
        let id = login() ?? getuid()
        return actor(of: getpwuid(id).map { String(cString: $0.pointee.pw_name) } ?? "uid \(id)")
    }()

    /// A login of a name that the journal has for others is told apart.
    static func actor(of login: String) -> String {
        let others = ["applicant", "demo", "office", "system", "worker"]
        return others.contains(login) || login.contains(":") ? "operator:" + login : login
    }

    /// Who logged in, as the kernel keeps it through `su` and `sudo`; nil where nobody did.
    private static func login() -> uid_t? {
        let text = try? String(contentsOfFile: "/proc/self/loginuid", encoding: .utf8)
        guard let id = text.flatMap({ uid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }),
            id != .max
        else { return nil }
        return id
    }
}
