import Enrollment
import Postgres
import Store
import TestSupport

/// Keys, and the codes that they signed.
extension StoreTable {
    func certificates() async throws {
        chapter("Signed certificates")
        let octets = [UInt8](repeating: 7, count: 64)
        try await write("addSigningKey(_:_:at:)") {
            try await $0.addSigningKey("es256-first", octets, at: self.at(400))
        }
        try await write("addSigningKey(_:_:at:)") {
            try await $0.addSigningKey("es256-second", octets, at: self.at(401))
        }
        guard let number = try await aNumber() else { throw Unfit() }
        let (id, printed) = ([UInt8](repeating: 1, count: 16), [UInt8](repeating: 2, count: 32))
        let code = NewCertificateCode(
            id: id, appointmentNumber: number, keyID: "es256-first", printed: printed,
            octets: [1, 2, 3], digest: [UInt8](repeating: 3, count: 32))
        for minute in [402, 403] {
            try await write("keep(_:at:)") { try await $0.keep(code, at: self.at(minute)) }
        }
        try await read("certificateCode(of:printed:)") {
            try await $0.certificateCode(of: number, printed: printed)
        }
        try await read("certificateCode(id:)") { try await $0.certificateCode(id: id) }
        if let plan = try await database.rows("SELECT id FROM plans WHERE number = 'A-2'").first {
            let id = try plan.int("id")
            try await read("certificates(ofPlan:)") { try await $0.certificates(ofPlan: id) }
        }
        try await distrust(number, printed)
    }

    private func distrust(_ number: String, _ printed: [UInt8]) async throws {
        try await write("retireSigningKey(at:)") {
            try await $0.retireSigningKey(at: self.at(404))
        }
        try await read("certificateCode(of:printed:)") {
            try await $0.certificateCode(of: number, printed: printed)
        }
        try await write("setCompromise(of:since:)") {
            try await $0.setCompromise(of: "es256-first", since: self.at(402))
        }
        try await write("holdSigningKeys()") { try await $0.holdSigningKeys() }
        try await write("setCompromise(of:since:)") {
            try await $0.setCompromise(of: "es256-first", since: nil)
        }
        try await read("signingKeys()") { try await $0.signingKeys() }
    }

    private func aNumber() async throws -> String? {
        let ids = Array(applications.values)
        return try await database.rows(
            """
            SELECT number FROM appointments WHERE application_id = ANY(\(ids)::bigint[])
            ORDER BY id LIMIT 1
            """
        ).first?.string("number")
    }
}
