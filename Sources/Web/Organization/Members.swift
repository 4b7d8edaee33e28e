internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

/// 名簿: the people of the coordinator's organization.
struct Members: Room {
    let site: Site

    static let listField = "of"
    static let savedField = "saved"

    /// By kana.
    func show(_ member: OrganizationMember, _ request: Request) async throws -> Response {
        let list = try request.query.single(Self.listField).flatMap { MemberList(rawValue: $0) }
        return try await show(
            member, list ?? .present, at: MembersPlace(request.query),
            saved: try request.query.single(Self.savedField))
    }

    /// One list, from a place on; `problem` is what is wrong with what was chosen on it.
    func show(
        _ member: OrganizationMember, _ list: MemberList, at place: MembersPlace = .first,
        saved: String? = nil, problem: String? = nil
    ) async throws -> Response {
        let page = try await office.reading.members(
            of: member.scope, in: office.year, list, at: place, limit: MembersPage.limit)
        try await office.witness(
            .openMembers, on: "organization:\(member.scope.organizationID)", by: member.actor,
            applications: page.members.map(\.id))
        return try await membersPage(member, .page(page, of: list), saved, problem)
    }

    /// What was typed is posted and not in the address: addresses stay in logs and histories.
    func find(
        _ member: OrganizationMember, _ request: Request, _ form: Form
    ) async throws -> Response {
        let typed = String((try form.single("person") ?? "").prefix(200))
        guard let query = PersonQuery(typed) else { return try member.visitor.seeOther(.members) }
        let found = try await office.reading.members(
            fitting: query, of: member.scope, in: office.year,
            limit: MembersPage.limit)
        try await office.witness(
            .searchMembers, on: "organization:\(member.scope.organizationID)", by: member.actor,
            applications: found.map(\.id))
        return try await membersPage(member, .found(found, typed: typed))
    }

    /// The whole roster as a file for Excel.
    func download(
        _ proven: Proven<OrganizationMember>, _ request: Request
    ) async throws -> Response {
        let bytes = try await office.membersFile(
            of: proven.member.scope, by: proven.member.actor)
        return file(bytes, "text/csv", "csv")
    }

    /// The same as a book.
    func downloadBook(
        _ proven: Proven<OrganizationMember>, _ request: Request
    ) async throws -> Response {
        let bytes = try await office.membersBook(
            of: proven.member.scope, by: proven.member.actor)
        return file(bytes, GroupFiles.bookType, "xlsx")
    }

    private func file(_ bytes: [UInt8], _ type: HeaderValue, _ kind: String) -> Response {
        let name = "応募した人_\(office.year.word).\(kind)"
        return Response(.ok, type: type, bytes: bytes)
            .with(.contentDisposition, ContentDisposition.attachment(filename: name))
            .with(.cacheControl, "no-store")
    }

    private func membersPage(
        _ member: OrganizationMember, _ shown: MembersPage.Shown, _ saved: String? = nil,
        _ problem: String? = nil
    ) async throws -> Response {
        let (scope, reading) = (member.scope, office.reading)
        let page = MembersPage(
            today: office.today, videos: try await office.memberVideos(),
            days: try await reading.viewingDays(
                of: shown.members.compactMap(\.shown), sentBy: scope.organizationID),
            counts: try await reading.memberCounts(of: scope, in: office.year),
            acts: try await reading.leavingActs(of: scope, in: office.year, limit: 20),
            shown: shown, saved: saved, problem: problem)
        return try respond(
            to: member,
            StaffPage(
                title: "応募した人", place: .members, main: page.html(csrf: member.visitor.csrf),
                hasProblems: problem != nil))
    }
}

extension MembersPlace {
    /// From the address; what is no number is the first page.
    fileprivate init(_ query: Form) throws {
        if let id = Int(try query.single("after") ?? "") {
            self = .after(id)
        } else if let id = Int(try query.single("before") ?? "") {
            self = .before(id)
        } else {
            self = .first
        }
    }
}
