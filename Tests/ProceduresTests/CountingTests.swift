import Enrollment
import Testing

@testable import Procedures
@testable import Store

/// 集計, when many ask at once.
@Suite struct SharedCountTests {
    @Test func whoAsksWhileOthersAreCountedForSharesTheNextCount() async throws {
        let desk = SharedCountDesk()
        let first = Task { try await desk.ask() }
        try await desk.wait(asked: 1)
        let others = (0..<10).map { _ in Task { try await desk.ask() } }
        try await desk.wait(asked: 11)
        await desk.open()
        _ = try await first.value
        var shared: [Int] = []
        for other in others { shared.append(try await other.value) }
        #expect(shared == Array(repeating: 2, count: 10), "begun after they had asked")
        #expect(await desk.begun == 2)
    }

    @Test func otherDaysAreCountedByThemselvesAndNeverTwoAtOnce() async throws {
        let desk = SharedCountDesk()
        let askers = (0..<4).map { place in
            Task { try await desk.ask(SharedCountDesk.days[place % 2]) }
        }
        try await desk.wait(asked: 4)
        await desk.open()
        for asker in askers { _ = try await asker.value }
        #expect(await desk.begun <= 3)
        #expect(await desk.mostAtOnce == 1)
    }

    @Test func aCountThatBreaksIsNobodyElsesTrouble() async throws {
        let desk = SharedCountDesk()
        await desk.breakFirst()
        let first = Task { try await desk.ask() }
        try await desk.wait(asked: 1)
        let other = Task { try await desk.ask() }
        try await desk.wait(asked: 2)
        await desk.open()
        await #expect(throws: SharedCountDesk.Broken.self) { try await first.value }
        #expect(try await other.value == 2)
    }
}

/// Counts that wait until they may go on, and say which of them answered.
private actor SharedCountDesk {
    struct Broken: Error {}

    static let days = ["2026-11-24", "2026-11-25"].compactMap { Day($0) }

    private let counting = SharedCount()
    private var asked = 0
    private(set) var begun = 0
    private var running = 0
    private(set) var mostAtOnce = 0
    private var isOpen = false
    private var breaks = false

    func open() { isOpen = true }

    func breakFirst() { breaks = true }

    func wait(asked count: Int) async throws {
        while asked < count { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// The number of the count that answered.
    func ask(_ day: Day = days[0]) async throws -> Int {
        asked += 1
        let days = SharedCount.Question(asOf: day, known: .now)
        return try await counting.numbers(of: days) { try await count(day) }.months.count
    }

    private func count(_ day: Day) async throws -> MinistryNumbers {
        begun += 1
        let number = begun
        running += 1
        defer { running -= 1 }
        mostAtOnce = max(mostAtOnce, running)
        repeat { try await Task.sleep(for: .milliseconds(2)) } while !isOpen
        if breaks, number == 1 { throw Broken() }
        let year = FiscalYear(containing: day)
        return MinistryNumbers(
            basis: TallyBasis(asOf: day, known: Instant(microseconds: 0)), years: [], totals: [:],
            organizations: [:], groups: [:], prefectures: [:],
            months: (0..<number).map { MonthTally(month: "\($0)", year: year, kind: .promoter) },
            countedOrganizations: [:], groupNames: [], prefectureNames: [])
    }
}
