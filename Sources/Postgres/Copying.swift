internal import CLibpq
internal import EventLoop

/// COPY in and out, held back while the other side is slower.
extension Session {
    /// Sends rows to `COPY … FROM STDIN`; `produce` calls its argument with chunks of any size.
    /// Returns how many rows were taken. What the server finds wrong is thrown at the end.
    public func copyIn(
        _ copy: SQL, within: Duration = .seconds(60),
        _ produce: (_ put: ([UInt8]) async throws -> Void) async throws -> Void
    ) async throws -> Int {
        try await copying(copy, within) {
            try await produce { try await self.put($0, within) }
        }
    }

    /// Starts a COPY, lets `body` send, and ends it; what `body` throws undoes it.
    func copying(
        _ copy: SQL, _ within: Duration, _ body: () async throws -> Void
    ) async throws -> Int {
        try await connection.start(copy, within: within)
        do { try await body() } catch {
            if let handle = try? connection.held {
                _ = PQputCopyEnd(handle, "given up")
                _ = try? await connection.answer()
            }
            throw error
        }
        guard PQputCopyEnd(try connection.held, nil) >= 0 else { throw connection.fail() }
        return try await connection.answer().affectedCount
    }

    /// Receives `COPY … TO STDOUT`, a row a time. When `consume` throws, what is still to come is
    /// passed over, up to a bound beyond which connecting anew is cheaper.
    public func copyOut(
        _ copy: SQL, within: Duration = .seconds(60),
        _ consume: (UnsafeRawBufferPointer) async throws -> Void
    ) async throws {
        try await connection.start(copy, within: within)
        while let row = try await nextCopiedRow(within) {
            defer { PQfreemem(row.baseAddress) }
            do { try await consume(UnsafeRawBufferPointer(row)) } catch {
                await passOver(bytes: 4 << 20, within)
                throw error
            }
        }
        _ = try await connection.answer()
    }

    private func passOver(bytes: Int, _ within: Duration) async {
        var left = bytes
        do {
            while let row = try await nextCopiedRow(within) {
                PQfreemem(row.baseAddress)
                left -= row.count
                if left < 0 { return connection.close() }
            }
            _ = try await connection.answer()
        } catch { connection.close() }
    }

    func put(_ bytes: [UInt8], _ within: Duration) async throws {
        connection.startDeadline(connection.settings.deadline(for: within))
        while true {
            let handle = try connection.held
            let outcome = bytes.withUnsafeBytes {
                PQputCopyData(
                    handle, $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count))
            }
            if outcome == 1 { return try await connection.flush() }
            guard outcome == 0 else { throw connection.fail() }
            try await connection.wait(for: [.readable, .writable])
            try connection.consume()
        }
    }

    private func nextCopiedRow(
        _ within: Duration
    ) async throws -> UnsafeMutableRawBufferPointer? {
        connection.startDeadline(connection.settings.deadline(for: within))
        var buffer: UnsafeMutablePointer<CChar>?
        while true {
            let count = PQgetCopyData(try connection.held, &buffer, 1)
            if count > 0 { return UnsafeMutableRawBufferPointer(start: buffer, count: Int(count)) }
            if count == -1 { return nil }
            guard count == 0 else {
                _ = try await connection.answer()
                return nil
            }
            try await connection.wait(for: .readable)
            try connection.consume()
        }
    }
}
