import Enrollment
import JSON
import Procedures
import Words

extension CredentialFinding {
    /// For people, as `badges verify` says it.
    func sentence(on day: Day) -> String {
        var lines = ["\(day): \(verdict.heading)"] + verdict.remarks
        if let badge {
            lines.append(
                [badge.name, "\(badge.first)..\(badge.last)", badge.address].joined(separator: "\t")
            )
            if !isStatusKnown, verdict == .valid {
                lines.append(
                    "no status list was asked: see --status and \(badge.statusList)")
            }
        }
        return lines.joined(separator: "\n")
    }

    func json(on day: Day) -> JSONValue {
        .object([
            "day": .string(day.description), "valid": .bool(verdict == .valid),
            "said": .string(verdict.heading), "status_asked": .bool(isStatusKnown),
            "credential": badge.map { .string($0.address) } ?? .null,
            "name": badge.map { .string($0.name) } ?? .null,
            "from": badge.map { .string($0.first.description) } ?? .null,
            "last": badge.map { .string($0.last.description) } ?? .null,
            "status_list": badge.map { .string($0.statusList) } ?? .null,
        ])
    }
}
