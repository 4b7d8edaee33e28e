/// COPY in the binary format: nothing is quoted, escaped or parsed as text.
extension Session {
    /// Sends rows to `COPY … FROM STDIN (FORMAT binary)`; `produce` calls its argument with as many
    /// at a time as it likes. Returns how many were taken. What the server finds wrong is thrown at
    /// the end.
    public func copyIn(
        binary copy: SQL, within: Duration = .seconds(60),
        _ produce: (_ put: (CopyRows) async throws -> Void) async throws -> Void
    ) async throws -> Int {
        try await copying(copy, within) {
            try await put(CopyRows.header, within)
            try await produce { try await self.put($0.bytes, within) }
            try await put(CopyRows.trailer, within)
        }
    }

    /// Receives `COPY … TO STDOUT (FORMAT binary)`, a row a time.
    public func copyOut(
        binary copy: SQL, within: Duration = .seconds(60),
        _ consume: (inout CopiedRow) async throws -> Void
    ) async throws {
        try await copyOut(copy, within: within) { message in
            guard var row = try CopiedRow(message) else { return }
            try await consume(&row)
        }
    }
}
