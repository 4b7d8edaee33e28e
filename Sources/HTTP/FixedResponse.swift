/// An answer that never changes as one run of octets: status line, fields and body as they go over
/// the wire to whoever keeps the connection open. Only its `Date` is written anew, once a second.
///
/// Not Sendable: it belongs to the worker whose handler keeps the answer.
public final class FixedResponse {
    private var octets: [UInt8] = []
    private var dateStart = 0
    private var second = Int.min

    init() {}

    /// The answer to a GET over HTTP/1.1, with the fields that every answer of the server carries.
    ///
    /// - Parameters:
    ///   - date: The 29 octets of `HTTPDate.bytes`.
    ///   - now: The second that `date` names, since 1970.
    public func octets(
        of response: Response, with others: Headers, date: [UInt8], at now: Int
    ) -> [UInt8] {
        if octets.isEmpty {
            make(response, others, date)
        } else if second != now {
            octets.replaceSubrange(dateStart..<dateStart + date.count, with: date)
        }
        second = now
        return octets
    }

    private func make(_ response: Response, _ others: Headers, _ date: [UInt8]) {
        guard case .bytes(let body) = response.body else { return }
        var whole = response
        whole.headers.appendMissing(from: others)
        dateStart = whole.writeStatusLine(to: &octets)
        octets.removeAll(keepingCapacity: true)
        _ = whole.writeHead(
            to: &octets,
            ResponseContext(version: .http11, isHead: false, keepsAlive: true, date: date))
        octets.append(contentsOf: body)
    }
}
