internal import HTTP
internal import Procedures
internal import Store

/// What machines ask to know whether all is well.
struct Probes: Room {
    let site: Site

    func showHealth(_ anybody: Anybody, _ request: Request) async throws -> Response {
        .text("ok\n")
    }

    /// Whether the database answers and has its schema.
    func showReady(_ anybody: Anybody, _ request: Request) async throws -> Response {
        let count = try await office.reading.migrationCount()
        return count > 0 ? .text("ready\n") : .retry(.serviceUnavailable, afterSeconds: 5)
    }
}
