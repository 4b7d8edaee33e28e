public import Enrollment
internal import Postgres

/// 列を選ぶのを待つ名簿. A file of which nobody has said yet what its columns are for.
public struct WaitingFile: Sendable {
    public let id: Int
    public let number: String
    /// How much of the organization whoever sent it looked after.
    public let scope: OrganizationScope
    public let fileName: String
    public let coordinator: Coordinator
    public let receivedAt: Instant
    /// The sheet that was named when it was sent; nil where none was.
    public let sheetName: String?
    /// The plan that was made of it; nil while it waits.
    public let planNumber: String?

    init(_ row: Row) throws {
        id = try row.int("id")
        number = try row.string("number")
        scope = OrganizationScope(
            try row.int("organization_id"), at: try row.optionalPath("sender_path"))
        fileName = try row.string("file_name")
        coordinator = Coordinator(
            name: try row.string("coordinator_name"), phone: try row.string("coordinator_phone"),
            email: try row.string("coordinator_email"), evidence: try row.code("evidence_kind"),
            attests: false)
        receivedAt = try row.instant("received_at")
        sheetName = try row.optionalString("sheet_name")
        planNumber = try row.optionalString("plan_number")
    }

    fileprivate static func all(_ condition: SQL) -> SQL {
        """
        SELECT w.id, w.number, w.organization_id, h.path AS sender_path, w.file_name,
            w.coordinator_name, w.coordinator_phone, w.coordinator_email, w.evidence_kind,
            w.received_at, w.sheet_name, p.number AS plan_number
        FROM waiting_files w LEFT JOIN business_places h ON h.id = w.business_place_id
        LEFT JOIN plans p ON p.id = w.plan_id WHERE \(condition)
        """
    }
}

extension ReadStore {
    public func waitingFile(number: String) async throws -> WaitingFile? {
        try await rows(WaitingFile.all("w.number = \(number)")).first.map { try WaitingFile($0) }
    }

    /// The newest that still wait, of what somebody looks after.
    public func waitingFiles(
        of scope: OrganizationScope, limit: Int
    ) async throws -> [WaitingFile] {
        try await rows(
            WaitingFile.all(
                """
                w.organization_id = \(scope.organizationID) AND \(scope.covers("w"))
                  AND w.plan_id IS NULL ORDER BY w.id DESC LIMIT \(limit)
                """)
        ).map { try WaitingFile($0) }
    }

    /// The bytes as they came; nil when the file waits no more.
    public func original(ofWaiting file: Int) async throws -> [UInt8]? {
        try await longRows("SELECT original FROM waiting_files WHERE id = \(file)")
            .first?.optionalBytes("original")
    }
}

extension WriteTransaction {
    /// Keeps a file until somebody says what its columns are for, with the sheet that they have
    /// named.
    public func keep(
        _ file: NewGroupFile, waitingAs number: String, sheet: String?, at moment: WriteStamp
    ) async throws {
        try await execute(
            """
            INSERT INTO waiting_files (number, organization_id, business_place_id, file_name,
                original, coordinator_name, coordinator_phone, coordinator_email, evidence_kind,
                received_at, sheet_name)
            VALUES (\(number), \(file.scope.organizationID), (SELECT id FROM business_places
                 WHERE organization_id = \(file.scope.organizationID)
                   AND path = \(file.scope.place?.description)), \(file.fileName),
                \(file.bytes), \(file.coordinator.name), \(file.coordinator.phone),
                \(file.coordinator.email), \(file.coordinator.evidence), \(moment.now),
                \(sheet))
            """)
    }

    /// Takes a file that waits, so that nobody else plans it meanwhile; gives it also where
    /// somebody has.
    public func lockWaitingFile(_ number: String) async throws -> WaitingFile? {
        try await rows(WaitingFile.all("w.number = \(number) FOR UPDATE OF w")).first.map {
            try WaitingFile($0)
        }
    }

    /// The file waits no more: its bytes stand with its plan.
    public func finish(waiting file: Int, as planNumber: String) async throws {
        try await execute(
            """
            UPDATE waiting_files SET original = NULL,
                plan_id = (SELECT id FROM plans WHERE number = \(planNumber))
            WHERE id = \(file)
            """)
    }

    /// The file is not sent after all, and nothing of it stays.
    public func discard(waiting file: Int) async throws {
        try await execute("DELETE FROM waiting_files WHERE id = \(file)")
    }
}
