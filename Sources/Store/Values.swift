internal import Enrollment
internal import Postgres

// How the rules' values stand in the tables. What is read back is parsed again: a value that does
// not parse is our failure.

extension SQL.StringInterpolation {
    mutating func appendInterpolation(_ day: Day) { appendInterpolation(day.description) }

    mutating func appendInterpolation(_ day: Day?) { appendInterpolation(day?.description) }

    mutating func appendInterpolation(_ instant: Instant) { appendInterpolation(instant.precise) }

    mutating func appendInterpolation(_ actor: Actor) { appendInterpolation(actor.code) }

    mutating func appendInterpolation(_ year: FiscalYear) { appendInterpolation(year.startYear) }

    mutating func appendInterpolation<Code: RawRepresentable<String>>(_ code: Code) {
        appendInterpolation(code.rawValue)
    }
}

extension Row {
    func day(_ column: String) throws -> Day { try read(column) { Day($0) } }

    func optionalDay(_ column: String) throws -> Day? { try optionalRead(column) { Day($0) } }

    func instant(_ column: String) throws -> Instant { try read(column) { Instant($0) } }

    func optionalInstant(_ column: String) throws -> Instant? {
        try optionalRead(column) { Instant($0) }
    }

    func actor(_ column: String) throws -> Actor { try read(column) { Actor(code: $0) } }

    func optionalActor(_ column: String) throws -> Actor? {
        try optionalRead(column) { Actor(code: $0) }
    }

    func year(_ column: String) throws -> FiscalYear {
        FiscalYear(startYear: try int(column))
    }

    func code<Code: RawRepresentable<String>>(_ column: String, _: Code.Type = Code.self) throws
        -> Code
    { try read(column) { Code(rawValue: $0) } }

    func optionalCode<Code: RawRepresentable<String>>(
        _ column: String, _: Code.Type = Code.self
    ) throws -> Code? { try optionalRead(column) { Code(rawValue: $0) } }

    func days(_ column: String) throws -> [Day] { try array(column) { Day($0) } }

    /// What was watched, of two columns that are arrays in one order: slots of videos, and on which
    /// day each was watched.
    func viewings(_ slots: String = "slots", _ days: String = "days") throws -> [Viewing] {
        let (slots, watched) = (try ints(slots), try self.days(days))
        guard slots.count == watched.count else { throw CorruptRow(column: days) }
        return zip(slots, watched).map { Viewing(slot: $0, viewedOn: $1) }
    }
}
