import EventLoop
import Glibc
import Testing

actor Resident {
    let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(_ loop: EventLoop) { self.loop = loop }

    func isAtHome() -> Bool { loop.isCurrent }

    func staysAtHomeOverAWait() async -> Bool {
        await withCheckedContinuation { continuation in
            loop.schedule(after: .milliseconds(1)) { continuation.resume() }
        }
        return loop.isCurrent
    }

    func order() async -> [Int] {
        await withCheckedContinuation { continuation in
            var fired: [Int] = []
            for delay in [30, 10, 20] {
                loop.schedule(after: .milliseconds(delay)) {
                    fired.append(delay)
                    if fired.count == 3 { continuation.resume(returning: fired) }
                }
            }
            loop.schedule(after: .milliseconds(5)) { fired.append(5) }.cancel()
        }
    }

    /// What a turn says of its end, and of the end of its end, beside a timer.
    func ends() async -> [String] {
        await withCheckedContinuation { continuation in
            var told: [String] = []
            loop.schedule(after: .milliseconds(20)) {
                continuation.resume(returning: told + ["timer"])
            }
            loop.atEndOfTurn { [loop] in
                told.append("end")
                loop.atEndOfTurn { told.append("next end") }
            }
            told.append("job")
        }
    }

    /// A timer whose action schedules the next, as a connection that stays open does.
    func chain(_ count: Int) async -> Int {
        await withCheckedContinuation { continuation in
            var fired = 0
            func next() {
                fired += 1
                if fired == count { return continuation.resume(returning: fired) }
                loop.schedule(after: .zero) { next() }
            }
            loop.schedule(after: .zero) { next() }
        }
    }

    func firstByte(from descriptor: Int32) async throws -> UInt8 {
        try await withCheckedThrowingContinuation { continuation in
            do {
                var watch: EventLoop.Watch?
                watch = try loop.watch(descriptor, for: .readable) { [loop] _ in
                    var byte: UInt8 = 0
                    _ = read(descriptor, &byte, 1)
                    if let watch { loop.cancel(watch) }
                    continuation.resume(returning: byte)
                }
            } catch { continuation.resume(throwing: error) }
        }
    }

    func awayAndBack() async throws -> (away: Bool, back: Bool) {
        let loop = loop
        let away = try await runBlocking { !loop.isCurrent }
        return (away, loop.isCurrent)
    }
}

@Suite struct EventLoopTests {
    @Test func anActorOnTheLoopRunsOnItsThread() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        #expect(await Resident(loop).isAtHome())
        #expect(await Resident(loop).staysAtHomeOverAWait())
        #expect(!loop.isCurrent)
    }

    @Test func timersFireInTheOrderTheyAreDueAndCancelledOnesNever() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        #expect(await Resident(loop).order() == [10, 20, 30])
    }

    @Test func whatIsLeftToTheEndOfATurnDoesNotWaitForATimer() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        #expect(await Resident(loop).ends() == ["job", "end", "next end", "timer"])
    }

    @Test func anActionMayScheduleTheNext() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        #expect(await Resident(loop).chain(100) == 100)
    }

    @Test func aReadableDescriptorIsReported() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        let (reading, writing) = (ends[0], ends[1])
        defer { [reading, writing].forEach { close($0) } }
        let resident = Resident(loop)
        async let byte = resident.firstByte(from: reading)
        var sent: UInt8 = 7
        _ = write(writing, &sent, 1)
        #expect(try await byte == 7)
    }

    @Test func runBlockingLeavesTheThreadAndComesBack() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let resident = Resident(loop)
        let (away, back) = try await Task(executorPreference: loop) {
            try await resident.awayAndBack()
        }.value
        #expect(away)
        #expect(back)
    }

    @Test func manyJobsFromOtherThreadsAllRun() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let resident = Resident(loop)
        let atHome = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<1000 { group.addTask { await resident.isAtHome() } }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(atHome == 1000)
    }
}
