internal import Store

extension Office {
    /// 一度だけ. Runs an act that files under a once-key and gives its receipt. A second press gets
    /// the first one's receipt. When a commit was sent and its answer lost, nothing is guessed: the
    /// once-key is looked up on another connection, and only where it is not found is the act run
    /// again, with the same key, so that a commit that is still on its way stops it. Throws the
    /// act's error when it stays unknown; the next press then finds out.
    func once(_ key: String, _ act: () async throws -> String) async throws -> String {
        do { return try await act() } catch {
            guard StoreTrouble.isOutcomeUnknown(error) else {
                return try await receipt(of: key, orThrow: error)
            }
            return try await settle(key, error, act)
        }
    }

    /// Looks for some seconds, which a browser waits for anyway.
    private func settle(
        _ key: String, _ unknown: any Error, _ act: () async throws -> String
    ) async throws -> String {
        let end = ContinuousClock.now + .seconds(7)
        while end > .now {
            do {
                let found = try await write { try await $0.settledReceipt(onceKey: key) }
                if let found { return found }
                return try await act()
            } catch  where StoreTrouble.isUnavailable(error) {
                try await Task.sleep(for: .milliseconds(250))
            } catch {
                return try await receipt(of: key, orThrow: error)
            }
        }
        throw unknown
    }

    private func receipt(of key: String, orThrow error: any Error) async throws -> String {
        guard !StoreTrouble.isUnavailable(error),
            let receipt = try await reading.receipt(onceKey: key)
        else { throw error }
        return receipt
    }
}
