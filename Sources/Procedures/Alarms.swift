internal import Enrollment
public import Logging
internal import Secrets
internal import Store
internal import Words

extension Office {
    /// Looks whether so many wrong codes were typed lately that somebody must be guessing: logged
    /// each time, and told to the office by mail once a day.
    public func raiseAlarms(logger: Logger) async throws {
        let count = try await countOfAll(.tryClient)
        guard count >= settings.limits[.tryAll].ceiling else { return }
        logger.critical("wrong codes above the ceiling", metadata: ["count": "\(count)"])
        let words = settings.letters.wrongCodes(count)
        try await write { writing in
            let subject = LimitSubject(text: "wrong codes")
            guard try await counted(.alarm, of: subject, in: writing) != nil else { return }
            let time = now.microseconds / 1_000_000
            writing.post(
                try await writing.reading.officeAddresses().enumerated().map { index, address in
                    letter(.alarm, words, to: address, about: "\(time)-\(index)")
                }, at: now)
        }
    }
}
