import Foundation
import HTTPServer
import Postgres

/// What the server counts, as Prometheus reads it (text format 0.0.4).
enum Metrics {
    static func text(_ counts: ServerCounts, _ waits: DatabaseWaits) -> String {
        var page = MetricPage()
        page.tell(
            "enroll_build_info", "gauge", "Which version runs.",
            [("{version=\"\(Version.current)\"}", "1")])
        page.tell(
            "enroll_http_responses_total", "counter", "Answers by class of status.",
            counts.answers.enumerated().map { ("{class=\"\($0 + 1)xx\"}", "\($1)") })
        page.tell(
            "enroll_http_requests_in_flight", "gauge", "Requests being answered.",
            [("", "\(counts.inFlight)")])
        page.tell(
            "enroll_http_requests_late_total", "counter",
            "Requests answered 503 because their deadline passed.", [("", "\(counts.late)")])
        page.tell(
            "enroll_http_requests_shed_total", "counter",
            "Requests answered 503 at once because too many were being answered.",
            [("", "\(counts.shed)")])
        page.tell(
            "enroll_http_connections", "gauge", "Connections now open.",
            [("", "\(counts.connections)")])
        page.tell(
            "enroll_http_connections_refused_total", "counter",
            "Connections refused because their address had enough.",
            [("", "\(counts.refusedConnections)")])
        page.tell(
            "enroll_loop_longest_turn_seconds", "gauge",
            "Longest turn of a worker's loop since the last look.",
            [("", "\(counts.longestTurn / .seconds(1))")])
        func each<Value>(_ value: (PoolWaits) -> Value) -> [(String, String)] {
            [("writing", waits.writing), ("reading", waits.reading)].map { name, pool in
                ("{pool=\"\(name)\"}", "\(value(pool))")
            }
        }
        page.tell(
            "enroll_database_waits_total", "counter",
            "Calls that waited for a connection to the database.", each(\.count))
        page.tell(
            "enroll_database_wait_seconds_total", "counter", "How long they waited, together.",
            each { $0.duration / .seconds(1) })
        page.tell(
            "enroll_database_refused_total", "counter",
            "Calls given up because no connection became free in time.", each(\.refusedCount))
        page.tell(
            "process_resident_memory_bytes", "gauge", "Resident memory.", [("", "\(residentBytes)")]
        )
        page.tell("process_open_fds", "gauge", "Open file descriptors.", [("", "\(openFiles)")])
        return page.text
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
