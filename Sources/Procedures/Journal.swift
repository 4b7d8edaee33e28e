internal import Enrollment
internal import JSON
internal import Secrets
public import Store

extension Office {
    /// Writes to the journal with what is said next: every event bears our mark.
    func record(_ events: [Event], in writing: WriteTransaction, at moment: WriteStamp) {
        let stamp = WriteStamp(now: moment.now, actor: moment.actor.withoutAddress)
        writing.record(events.map { marked($0, at: stamp) }, at: stamp)
    }

    private func marked(_ event: Event, at moment: WriteStamp) -> MarkedEvent {
        let salt = event.details == nil ? [] : random.bytes(16)
        let digest = event.details.map { Digest.sha256($0.octets(salt: salt)) }
        let statement = EventStatement(event, detailsDigest: digest ?? [], at: moment)
        let mark = JournalKey(settings.journalKey).mark(statement, nonce: nextMark())
        return MarkedEvent(event, detailsDigest: digest, salt: salt, mark: mark)
    }
}

extension Event {
    /// An application went from one state to another.
    init(
        _ act: EventKind, _ moved: MovedApplication, to state: ApplicationState,
        because reason: String = ""
    ) {
        self.init(
            act, on: "application:\(moved.id)",
            detail: .object([
                "before": .string(moved.before.rawValue), "after": .string(state.rawValue),
            ]), details: reason.isEmpty ? nil : EventDetails(reason: reason))
    }

    /// 任命: of which application it came, and its days.
    init(appointed number: String, of applicationID: Int, _ term: Term) {
        self.init(
            .appoint, on: "appointment:\(number)",
            detail: .object([
                "application": .integer(applicationID), "from": .string(term.from.description),
                "ends_on": .string(term.endsOn.description),
            ]))
    }

    /// A term ends before its time.
    init(_ act: EventKind, _ ended: EndedTerm, because reason: String = "") {
        self.init(
            act, on: "appointment:\(ended.number)",
            detail: .object([
                "before": .object(["ends_on": .string(ended.before.description)]),
                "after": .object(["ends_on": .string(ended.after.description)]),
            ]), details: reason.isEmpty ? nil : EventDetails(reason: reason))
    }
}

/// Most significant octet first.
func octets<Number: FixedWidthInteger>(of number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
}

/// What only whoever has the key can make: marks of events, codes of heads.
struct JournalKey {
    private static let nonceLength = 12
    private let key: SecretKey

    init(_ key: SecretKey) { self.key = key }

    func mark(_ statement: EventStatement, nonce: [UInt8]) -> [UInt8] {
        nonce + key.code(for: nonce + statement.octets, purpose: "event").prefix(16)
    }

    /// Whether an event says what it said when it was marked.
    func fits(_ row: JournalRow) -> Bool {
        guard row.mark.count > Self.nonceLength else { return false }
        let nonce = Array(row.mark.prefix(Self.nonceLength))
        return areEqualInConstantTime(mark(row.statement, nonce: nonce), row.mark)
    }

    func head(of seal: EventSeal) -> SealHead {
        let code = key.code(for: octets(of: seal.position) + seal.digest, purpose: "seal head")
        return SealHead(position: seal.position, digest: seal.digest, code: code)
    }

    func fits(_ head: SealHead, of seal: EventSeal) -> Bool {
        head.digest == seal.digest && areEqualInConstantTime(self.head(of: seal).code, head.code)
    }
}

extension EventSeal {
    /// The seal of the event that comes next.
    func next(_ row: JournalRow) -> EventSeal {
        let place = octets(of: position + 1) + octets(of: row.id)
        return EventSeal(
            position: position + 1, eventID: row.id,
            digest: Digest.sha256(digest + place + row.mark + row.statement.octets))
    }
}

extension SealHead {
    /// As it is logged and kept elsewhere: `1234:9f…`.
    public var text: String { "\(position):\(Digest.hex(digest))" }
}
