import Foundation
import HTTPServer
import Postgres

/// What the server counts, as Prometheus reads it (text format 0.0.4).
enum Metrics {
    static func text(_ counts: ServerCounts, _ waits: DatabaseWaits) -> String {
        var lines: [String] = []
        func tell(_ name: String, _ kind: String, _ help: String, _ values: [(String, String)]) {
            lines.append("# HELP \(name) \(help)")
            lines.append("# TYPE \(name) \(kind)")
            lines += values.map { "\(name)\($0) \($1)" }
        }
        tell(
            "enroll_http_responses_total", "counter", "Answers by class of status.",
            counts.answers.enumerated().map { ("{class=\"\($0 + 1)xx\"}", "\($1)") })
        tell(
            "enroll_http_requests_in_flight", "gauge", "Requests being answered.",
            [("", "\(counts.inFlight)")])
        tell(
            "enroll_http_requests_late_total", "counter",
            "Requests answered 503 because their deadline passed.", [("", "\(counts.late)")])
        tell(
            "enroll_http_requests_shed_total", "counter",
            "Requests answered 503 at once because too many were being answered.",
            [("", "\(counts.shed)")])
        tell(
            "enroll_http_connections", "gauge", "Connections now open.",
            [("", "\(counts.connections)")])
        tell(
            "enroll_http_connections_refused_total", "counter",
            "Connections refused because their address had enough.",
            [("", "\(counts.refusedConnections)")])
        tell(
            "enroll_loop_longest_turn_seconds", "gauge",
            "Longest turn of a worker's loop since the last look.",
            [("", "\(counts.longestTurn / .seconds(1))")])
        func each<Value>(_ value: (PoolWaits) -> Value) -> [(String, String)] {
            [("writing", waits.writing), ("reading", waits.reading)].map { name, pool in
                ("{pool=\"\(name)\"}", "\(value(pool))")
            }
        }
        tell(
            "enroll_database_waits_total", "counter",
            "Calls that waited for a connection to the database.", each(\.count))
        tell(
            "enroll_database_wait_seconds_total", "counter", "How long they waited, together.",
            each { $0.duration / .seconds(1) })
        tell(
            "enroll_database_refused_total", "counter",
            "Calls given up because no connection became free in time.", each(\.refusedCount))
        tell(
            "process_resident_memory_bytes", "gauge", "Resident memory.", [("", "\(residentBytes)")]
        )
        tell("process_open_fds", "gauge", "Open file descriptors.", [("", "\(openFiles)")])
        return lines.joined(separator: "\n") + "\n"
    }

    private static var residentBytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let fields = text.split(separator: " ")
        return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(getpagesize())
    }

    private static var openFiles: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
    }
}
