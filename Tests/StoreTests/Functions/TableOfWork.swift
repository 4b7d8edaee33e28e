import Enrollment
import JSON
import Postgres
import Store
import TestSupport

extension StoreTable {
    func jobs() async throws {
        chapter("Jobs")
        for (act, subject) in [
            (JobAct.applyGroupFile, "G-1"), (.exportMinistry, "E-1"), (.applyRenewal, "N-1"),
        ] {
            try await write("enqueue(_:subject:at:)") {
                try await $0.enqueue(act, subject: subject, at: self.start)
            }
        }
        let job = try await write("takeJob(at:)") { try await $0.takeJob(at: self.at(1)) }
        guard let job else { throw Unfit() }
        try await write("tell(_:of:at:)") {
            try await $0.tell(JobProgress(done: 1, of: 4), of: job, at: self.at(2))
        }
        try await read("job(_:subject:)") { try await $0.job(job.act, subject: job.subject) }
        try await write("putOffJob(_:until:)") {
            try await $0.putOffJob(job, until: self.at(30))
        }
        let other = try await write("takeJob(at:)") { try await $0.takeJob(at: self.at(3)) }
        guard let other else { throw Unfit() }
        try await write("finishJob(_:failure:at:)") {
            try await $0.finishJob(other, failure: .broke(reference: "abc"), at: self.at(4))
        }
        try await read("job(_:subject:)") {
            try await $0.job(other.act, subject: other.subject)
        }
    }

    func letters() async throws {
        chapter("Letters")
        let letters = (1...5).map { number in
            OutgoingLetter(
                .receipt, to: "person\(number)@example.jp", subject: "件名\(number)", body: "本文",
                messageID: "receipt-\(number)@example.jp", personID: self.people[1])
        }
        for letter in letters {
            try await write("post(_:at:leaving:)") { $0.post([letter], at: self.start) }
        }
        try await write("newestLetters(_:)") { try await $0.newestLetters(2) }
        let leased = try await write("leaseLetters(_:in:after:under:)") {
            try await $0.leaseLetters(
                5, in: .receipts, after: "",
                under: LetterLease(token: "t", at: self.at(1), until: self.at(9)))
        }
        try await write("delivered(_:token:keeping:at:)") {
            try await $0.delivered(leased[0].id, token: "t", keeping: "本文", at: self.at(2))
        }
        try await write("ended(_:token:why:)") {
            try await $0.ended(leased[1].id, token: "t", why: "550")
        }
        try await write("putOff(_:token:why:until:counts:)") {
            try await $0.putOff(
                leased[2].id, token: "t", why: "421", until: self.at(60), counts: true)
        }
        try await write("giveBack(_:token:)") {
            try await $0.giveBack([leased[3].id], token: "t")
        }
        try await hold()
    }

    private func hold() async throws {
        try await write("holdMail(why:at:until:)") {
            try await $0.holdMail(why: "421", at: self.at(3), until: self.at(13))
        }
        try await read("mailHold()") { try await $0.mailHold() }
        try await read("waitingLanes()") { try await $0.waitingLanes() }
        try await read("lettersInTrouble(ended:limit:)") {
            try await $0.lettersInTrouble(ended: true, limit: 5)
        }
        try await read("lettersInTrouble(ended:limit:)") {
            try await $0.lettersInTrouble(ended: false, limit: 5)
        }
        try await write("count(_:)") { try await $0.count(.delivered) }
        try await read("mailOutcomes()") { try await $0.mailOutcomes() }
        try await read("workHealth(stuckBefore:)") {
            try await $0.workHealth(stuckBefore: self.at(600))
        }
        try await read("workCounts()") { try await $0.workCounts() }
        try await write("endMailPause(at:)") { try await $0.endMailPause(at: self.at(5)) }
        try await write("releaseMail(at:)") { try await $0.releaseMail(at: self.at(6)) }
        try await write("retryLetters(_:ended:at:)") {
            try await $0.retryLetters(nil, ended: true, at: self.at(7))
        }
    }

    func journal() async throws {
        chapter("The journal")
        let details = EventDetails(before: .string("a"), after: .string("b"), reason: "見本")
        tell("EventDetails.octets(salt:)", details.octets(salt: [1, 2]))
        let subject = "account:1"
        try await write("record(_:at:)") {
            $0.record(
                [
                    MarkedEvent(
                        Event(.changeAccount, on: subject, details: details),
                        detailsDigest: self.octets(7), salt: self.octets(8),
                        mark: self.octets(9, 28)),
                    MarkedEvent(
                        Event(.unnamedProxy, on: UnnamedProxy.subject), detailsDigest: nil,
                        salt: [], mark: self.octets(9, 28)),
                ], at: self.stamp(1))
        }
        try await read("actor(of:on:)") {
            try await $0.actor(of: .changeAccount, on: subject)
        }
        try await read("hasUnnamedProxy(since:)") {
            try await $0.hasUnnamedProxy(since: self.start)
        }
        try await seal()
    }

    private func octets(_ value: UInt8, _ count: Int = 32) -> [UInt8] {
        [UInt8](repeating: value, count: count)
    }

    private func seal() async throws {
        let place = try await read("sealingPlace()") { try await $0.sealingPlace() }
        // What is complete depends on the transactions of other suites.
        try await read("hasUnsealed(after:)", showing: { _ in "of others, too" }) {
            try await $0.hasUnsealed(after: place)
        }
        try await read("unsealed(after:limit:)", showing: { _ in "of others, too" }) {
            try await $0.unsealed(after: place, limit: 5)
        }
        try await write("takeSealing()", showing: { _ in "of others, too" }) {
            try await $0.takeSealing()
        }
        let id = try await database.rows("SELECT max(id) AS id FROM events")[0].int("id")
        try await write("add(_:)") {
            try await $0.add([EventSeal(position: 1, eventID: id - 1, digest: self.octets(1))])
        }
        try await write("add(_:upTo:at:)") {
            try await $0.add(
                SealHead(position: 1, digest: self.octets(1), code: self.octets(2)), upTo: place,
                at: self.at(2))
        }
        try await read("lastSeal()") { try await $0.lastSeal() }
        try await read("unsealedCount(knownBefore:)") {
            try await $0.unsealedCount(knownBefore: self.at(9))
        }
        try await read("sealedEvents(after:limit:)") {
            try await $0.sealedEvents(after: 0, limit: 5)
        }
        try await read("eventsWithoutSeal(upTo:after:limit:)", showing: { _ in "of others, too" }) {
            try await $0.eventsWithoutSeal(upTo: 1, after: 0, limit: 5)
        }
        try await read("copiedEvents(limit:)") { try await $0.copiedEvents(limit: 5) }
        try await read("detailsOfNothing(limit:)") { try await $0.detailsOfNothing(limit: 5) }
    }

    func forgetting() async throws {
        chapter("Forgetting")
        let late = at(0).adding(seconds: 86_400 * 3_000)
        for kind in Lifetime.Kind.allCases {
            let past = try await read("pastLifetime(_:before:)") {
                try await $0.pastLifetime(kind, before: late)
            }
            guard past.count > 0 else { continue }
            try await write("forget(_:before:atMost:at:)", showing: { "\(kind.rawValue): \($0)" }) {
                try await $0.forget(kind, before: late, atMost: 100, at: late)
            }
        }
    }
}
