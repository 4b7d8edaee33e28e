import Enrollment
import Procedures

extension JournalReport {
    /// What there is, then what is wrong, a sentence each.
    func sentences(given: KeptHead?) -> [String] {
        counts + rules
            + JournalFault.allCases.compactMap { fault in
                faults[fault].map { fault.sentence($0) }
            } + ending(given)
    }

    private var counts: [String] {
        let events = eventCount == 1 ? "1 event" : "\(eventCount) events"
        var said = ["\(events), of which \(sealedCount) \(sealedCount == 1 ? "is" : "are") sealed."]
        if let head { said.append("The newest head is \(head.text), of \(head.sealedAt).") }
        if waiting.count > 0 {
            said.append("\(waiting.shown) wait for the worker, which seals every ten seconds.")
        }
        return said
    }

    private var rules: [String] {
        forgotten.sorted { $0.key < $1.key }.map { rule, count in
            "The details of \(count == 1 ? "1 event" : "\(count) events") were forgotten under the "
                + "rule `\(rule)`."
        }
    }

    private func ending(_ given: KeptHead?) -> [String] {
        guard let given else { return [] }
        return switch givenHead {
        case .none: []
        case .fits: ["The chain goes through the given head at \(given.position)."]
        case .differs:
            [
                "At \(given.position) stands another seal than the given head: the journal was "
                    + "written anew."
            ]
        case .missing:
            [
                "The chain does not reach the given head at \(given.position): its end was cut "
                    + "off, or that seal was removed."
            ]
        }
    }
}

extension NamedNumbers {
    /// `3 events (4, 5, 9)`.
    var shown: String { shown(as: "event", "events") }

    func shown(as one: String, _ many: String) -> String {
        let list = first.map(String.init).joined(separator: ", ")
        return "\(count) \(count == 1 ? one : many) (\(list)\(count > first.count ? " …" : ""))"
    }
}

extension JournalFault {
    func sentence(_ found: NamedNumbers) -> String {
        switch self {
        case .changedEvent: "Changed after they were written: \(found.shown)."
        case .removedEvent: "Removed, though their seals are there: \(found.shown)."
        case .addedEvent:
            "Put in, or changed before they were sealed, by somebody without the key: "
                + "\(found.shown)."
        case .copiedEvent: "Put in as a copy of another: \(found.shown)."
        case .unsealedEvent: "Not sealed, though it is more than ten minutes: \(found.shown)."
        case .removedSeal:
            "Seals are missing from \(found.shown(as: "place on", "places on")), and what they "
                + "sealed with them if it is not named elsewhere."
        case .changedSeal: "The seal is not what follows from the event: \(found.shown)."
        case .wrongHead:
            "Not signed with the key in ENROLL_KEYS, so somebody made the chain anew without it, "
                + "or this is another key: \(found.shown(as: "place", "places"))."
        case .changedDetails: "What was before and after was changed: \(found.shown)."
        case .removedDetails: "What was before and after was removed: \(found.shown)."
        case .addedDetails: "Something was put in as before and after: \(found.shown)."
        case .forgottenTooEarly:
            "What was before and after went before its lifetime had passed: \(found.shown)."
        case .forgottenUntold:
            "The journal says of \(found.first[0]) fewer that their details were forgotten than "
                + "are gone."
        }
    }
}
