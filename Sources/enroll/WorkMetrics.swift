import Enrollment
import Store

extension Metrics {
    /// What waits behind the pages. Nil when the database could not be asked.
    static func text(_ work: WorkCounts?, at now: Instant) -> String {
        var page = MetricPage()
        page.tell(
            "enroll_work_known", "gauge", "Whether the database could be asked about work.",
            [("", work == nil ? "0" : "1")])
        guard let work else { return page.text }
        let lanes = work.lanes.map { ("{lane=\"\($0.lane.rawValue)\"}", $0) }
        page.tell(
            "enroll_mail_waiting", "gauge", "Letters that wait.",
            lanes.map { ($0, "\($1.count)") })
        page.tell(
            "enroll_mail_oldest_seconds", "gauge", "Age of the oldest letter that waits.",
            lanes.map { ($0, "\($1.oldest?.seconds(until: now) ?? 0)") })
        page.tell(
            "enroll_mail_held", "gauge", "Whether the mail server takes nothing of ours.",
            [("", work.isMailHeld ? "1" : "0")])
        page.tell(
            "enroll_mail_ended", "gauge", "Letters that ended without having arrived.",
            [("", "\(work.endedLetters)")])
        page.tell(
            "enroll_mail_outcomes_total", "counter",
            "Tries to send a letter, by what became of them.",
            MailOutcome.allCases.map {
                ("{outcome=\"\($0.rawValue)\"}", "\(work.outcomes[$0] ?? 0)")
            })
        page.tell(
            "enroll_jobs", "gauge", "Jobs by act and state.",
            work.jobs.map {
                ("{act=\"\($0.act.rawValue)\",state=\"\($0.state.rawValue)\"}", "\($0.count)")
            })
        page.tell(
            "enroll_jobs_oldest_seconds", "gauge", "Age of the oldest job that waits.",
            work.jobs.filter { $0.state == .waiting }.map {
                ("{act=\"\($0.act.rawValue)\"}", "\($0.oldest.seconds(until: now))")
            })
        return page.text
    }
}

/// Metrics one under the other, as Prometheus reads them (text format 0.0.4).
struct MetricPage {
    private var lines: [String] = []

    var text: String { lines.joined(separator: "\n") + "\n" }

    mutating func tell(
        _ name: String, _ kind: String, _ help: String, _ values: [(String, String)]
    ) {
        // A name without a value is an error to some readers.
        guard !values.isEmpty else { return }
        lines.append("# HELP \(name) \(help)")
        lines.append("# TYPE \(name) \(kind)")
        lines += values.map { "\(name)\($0) \($1)" }
    }
}
