import Enrollment
import Store

extension StoreTable {
    /// A line of a reference file, as headings and values.
    private func line(_ values: KeyValuePairs<String, String>) -> ReferenceTable {
        ReferenceTable(
            path: "reference/line.csv", sha256: "abc",
            columns: Dictionary(uniqueKeysWithValues: values.map { ($0, [$1]) }))
    }

    func reference() async throws {
        chapter("Reference data")
        let table = line(["name": "issuer", "value": "見本事務局"])
        try await write("isLoaded(_:)") { try await $0.isLoaded(table) }
        try await write("remember(_:at:)") { try await $0.remember(table, at: self.start) }
        try await write("isLoaded(_:)") { try await $0.isLoaded(table) }
        try await write("loadServiceSettings(_:)") { try await $0.loadServiceSettings(table) }
        try await loadPlaces()
        try await loadYear()
        try await loadRules()
        try await read("serviceNames(in:)") { try await $0.serviceNames(in: self.year) }
        rules = try await read("rules(of:)") { try await $0.rules(of: self.year) }
        try await read("newestYear()") { try await $0.newestYear() }
        try await read("identityRules(on:)") { try await $0.identityRules(on: self.day) }
        try await read("undoRules(on:)") { try await $0.undoRules(on: self.day) }
        try await read("certificateWording(on:)") {
            try await $0.certificateWording(on: self.day)
        }
        try await read("lifetimes(on:)") { try await $0.lifetimes(on: self.day) }
        try await read("everyLifetime()") { try await $0.everyLifetime() }
        try await read("organizationGroups()") { try await $0.organizationGroups() }
        try await read("prefectures()") { try await $0.prefectures() }
    }

    private func loadPlaces() async throws {
        try await write("loadPrefectures(_:)") {
            try await $0.loadPrefectures(line(["code": "99", "name": "見本県"]))
        }
        try await write("loadMunicipalities(_:)") {
            try await $0.loadMunicipalities(
                line(["code": "990001", "prefecture_code": "99", "county": "", "name": "見本市"]))
        }
        try await write("loadPostalAreas(_:)") {
            try await $0.loadPostalAreas(line(["area": "999", "places": "99000:0001-0009"]))
        }
        try await write("loadWards(_:)") {
            try await $0.loadWards(
                line(["code": "99001", "municipality_code": "990001", "name": "北区", "ended_on": ""])
            )
        }
    }

    private func loadYear() async throws {
        try await write("loadFiscalYear(_:)") {
            try await $0.loadFiscalYear(
                line([
                    "start_year": "2026", "opens_on": "2026-04-01", "closes_on": "2027-03-31",
                    "grace_until": "2026-05-31", "renewal_policy": "automatic",
                    "inquiry_phone": "0120-000-000", "viewing_percent": "90",
                    "amendment_days": "14", "amendment_reminder_days": "3",
                ]))
        }
        try await write("loadProgrammes(_:in:)") {
            try await $0.loadProgrammes(
                line([
                    "id": "local-99", "category": "local_gov_project", "ministry": "見本県",
                    "name": "見本事業", "position": "99",
                ]), in: self.year)
        }
        try await write("loadGroups(_:)") {
            try await $0.loadGroups(line(["code": "samples", "name": "見本", "position": "99"]))
        }
        try await write("organizationsKept(among:in:)") {
            try await $0.organizationsKept(among: ["nobody"], in: self.year)
        }
        try await write("loadOrganizations(_:)") {
            try await $0.loadOrganizations(
                line([
                    "code": "demo-clinic", "name": "見本診療所", "corporate_number": "1234567890123",
                    "kind_code": "399", "group_code": "samples",
                ]))
        }
        try await write("loadOrganizationYears(_:in:)") {
            try await $0.loadOrganizationYears(
                line([
                    "organization_code": "demo-clinic", "category": "agency_approved",
                    "programme_id": "", "opens_on": "2026-04-01", "closes_on": "",
                    "activity_note": "往診先での支援", "position": "9",
                ]), in: self.year)
        }
    }

    private func loadRules() async throws {
        try await write("loadVideos(_:in:)") {
            try await $0.loadVideos(
                line([
                    "slot": "3", "code": "extra", "version": "1", "title": "見本の動画",
                    "url": "https://enroll.example", "duration_seconds": "60",
                    "view_valid_from": "2026-04-01",
                ]), in: self.year)
        }
        try await write("loadRequirements(_:in:at:)") {
            try await $0.loadRequirements(
                line(["kind": "caller", "category": "community_caller", "video_slot": "1"]),
                in: self.year, at: self.start)
        }
        try await write("loadConsents(_:digests:in:)") {
            try await $0.loadConsents(
                line([
                    "kind": "privacy", "version": "2", "title": "見本", "body": "見本の文",
                    "is_required": "true",
                ]), digests: ["abc"], in: self.year)
        }
        try await write("loadLifetimes(_:)") {
            try await $0.loadLifetimes(
                line([
                    "kind": "draft", "valid_from": "2026-05-01", "amount": "20", "unit": "days",
                    "source": "見本",
                ]))
        }
        try await write("loadCertificateWords(_:)") {
            try await $0.loadCertificateWords(
                line([
                    "name": "issuer_name", "valid_from": "2026-05-01", "value": "見本 次郎",
                    "source": "見本",
                ]))
        }
        try await write("loadUndoRules(_:)") {
            try await $0.loadUndoRules(
                line([
                    "name": "file_days", "valid_from": "2026-05-01", "value": "31",
                    "source": "見本",
                ]))
        }
        try await write("loadIdentityRules(_:)") {
            try await $0.loadIdentityRules(
                line([
                    "name": "mail_holders", "valid_from": "2026-05-01", "value": "3",
                    "source": "見本",
                ]))
        }
    }
}
