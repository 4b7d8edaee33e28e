@testable import EventLoop
import Synchronization
import Testing

/// Who waits for a turn away from the loop.
@Suite struct WorkQueueTests {
    /// A queue with one place for work, which the test holds, and the order in which others had it.
    private final class Scene: Sendable {
        let queue: WorkQueue
        private let order = Mutex<[String]>([])

        init(places: Int = 24, placesEach: Int = 8) async throws {
            queue = WorkQueue(width: 1, places: places, placesEach: placesEach)
            try await queue.enter(nil)
        }

        var served: [String] { order.withLock { $0 } }

        /// The test gives its place back, and all who wait are served.
        func open(_ waiting: Task<Void, any Error>...) async throws {
            queue.leave()
            for task in waiting { try await task.value }
        }

        /// Somebody who stands in the line when this comes back.
        func ask(_ owner: String?, _ name: String) async throws -> Task<Void, any Error> {
            let count = queue.waitingCount
            let task = Task {
                try await queue.run(for: owner) { self.order.withLock { $0.append(name) } }
            }
            while queue.waitingCount == count { try await Task.sleep(for: .milliseconds(1)) }
            return task
        }
    }

    @Test func whoAsksForManyWaitsBehindWhoAsksForOne() async throws {
        let scene = try await Scene()
        let first = try await scene.ask("flood", "f1")
        let second = try await scene.ask("flood", "f2")
        let third = try await scene.ask("flood", "f3")
        let clerk = try await scene.ask("clerk", "clerk")
        try await scene.open(first, second, third, clerk)
        #expect(scene.served == ["f1", "clerk", "f2", "f3"])
    }

    @Test func oneOwnerHasOnlyAShareOfThePlaces() async throws {
        let scene = try await Scene(places: 4, placesEach: 2)
        let first = try await scene.ask("a", "a1")
        let second = try await scene.ask("a", "a2")
        await #expect(throws: QueueFull.self) { try await scene.queue.run(for: "a") {} }
        let third = try await scene.ask("b", "b1")
        let fourth = try await scene.ask("c", "c1")
        await #expect(throws: QueueFull.self) { try await scene.queue.run(for: "a") {} }
        try await scene.open(first, second, third, fourth)
        #expect(scene.served == ["a1", "b1", "c1", "a2"])
    }

    @Test func whereItIsFullWhoHasMostPlacesMakesRoom() async throws {
        let scene = try await Scene(places: 3, placesEach: 3)
        let first = try await scene.ask("a", "a1")
        let second = try await scene.ask("a", "a2")
        let third = try await scene.ask("a", "a3")
        let clerk = Task { try await scene.queue.run(for: "b") {} }
        await #expect(throws: QueueFull.self) { try await third.value }
        try await scene.open(first, second, clerk)
        #expect(scene.served == ["a1", "a2"])
    }

    @Test func whoGaveUpLeavesTheQueueAtOnce() async throws {
        let scene = try await Scene(places: 1)
        let gone = try await scene.ask("a", "gone")
        gone.cancel()
        await #expect(throws: CancellationError.self) { try await gone.value }
        #expect(scene.queue.waitingCount == 0)
        let next = try await scene.ask("b", "next")
        try await scene.open(next)
        #expect(scene.served == ["next"])
    }

    @Test func whatNobodyWaitsForIsNotBegun() async throws {
        let queue = WorkQueue(width: 1)
        await #expect(throws: CancellationError.self) {
            try await queue.run(isWanted: { false }) { Issue.record("begun") }
        }
        #expect(try await queue.run { 1 } == 1)
    }
}
