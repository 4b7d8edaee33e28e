internal import Postgres
internal import Store

extension Office {
    /// 準備. Brings the schema up to date; each file in its own transaction, in order. Returns the
    /// names of those applied now (or, with `planOnly`, of those that would be).
    ///
    /// On a live table it never keeps a writer waiting for two seconds: a file waits a second for a
    /// lock and has a second and a half for all it does (unless its head says `-- Long:` and why
    /// nobody waits for it), then it is undone and tried again a little later, ten times in all.
    /// Throws `MigrationFault`.
    public func migrate(
        _ files: [MigrationFile], planOnly: Bool = false,
        pause: Duration = .seconds(2)
    ) async throws -> [String] {
        let files = files.sorted { $0.name < $1.name }
        for (index, file) in files.enumerated() where file.number != index + 1 {
            throw MigrationFault.gap(file.name)
        }
        var applied: [String] = []
        for file in files {
            let isNew = try await withEveryRetry(of: file, pause: pause) {
                try await apply(file, of: files, planOnly: planOnly)
            }
            if isNew { applied.append(file.name) }
        }
        return applied
    }

    /// 権限. Applies what each role may do (`GRANTS.sql`); may be done again. As the owner.
    public func grant(_ grants: String) async throws {
        try await write { try await $0.grant(MigrationScript(grants)) }
    }

    /// The names of the files that the database has not had, without being its owner. Throws
    /// `MigrationFault`.
    public func missingMigrations(_ files: [MigrationFile]) async throws -> [String] {
        let done = try await reading.appliedMigrations()
        if let fault = MigrationFault(of: done, beside: files) { throw fault }
        return files.map(\.name).sorted().filter { name in
            !done.contains { $0.number == Int(name.prefix(4)) }
        }
    }

    private func withEveryRetry(
        of file: MigrationFile, pause: Duration, _ act: () async throws -> Bool
    ) async throws -> Bool {
        var fault = MigrationFault.locked
        for attempt in 1...10 {
            do { return try await act() } catch is MigrationsAreLocked {
                fault = .locked
            } catch
                where StoreTrouble.isLocked(error) || StoreTrouble.isOutOfTime(error)
            {
                let holders = try await write { try await $0.holdersOfTables() }
                fault = .blocked(file.name, holders: holders)
            }
            if attempt < 10 { try await Task.sleep(for: pause) }
        }
        throw fault
    }

    /// Whether the file was applied now.
    private func apply(
        _ file: MigrationFile, of files: [MigrationFile], planOnly: Bool
    ) async throws -> Bool {
        try await write { writing in
            let done = try await writing.lockMigrations()
            if let fault = MigrationFault(of: done, beside: files) { throw fault }
            if done.contains(where: { $0.number == file.number }) { return false }
            if planOnly { return true }
            // A database that is being set up has nobody who could wait.
            let isLive = try await writing.reading.isInUse()
            try await writing.apply(
                MigrationScript(file.text),
                as: AppliedMigration(
                    number: file.number, name: file.name, sha256: file.sha256),
                within: isLive && !file.isLong ? .milliseconds(1500) : .seconds(3600), at: now)
            return true
        }
    }
}

extension MigrationFault {
    /// What stands in the way of a database that has had `done`: each of them has to be one of the
    /// files, as it was then.
    fileprivate init?(of done: [AppliedMigration], beside files: [MigrationFile]) {
        let foreign = done.first { earlier in
            !files.contains { $0.name == earlier.name && $0.sha256 == earlier.sha256 }
        }
        guard let foreign else { return nil }
        self = .foreign(foreign.name)
    }
}
