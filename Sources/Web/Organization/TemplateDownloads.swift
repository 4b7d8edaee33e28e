internal import HTTP
internal import Procedures
internal import Words

extension GroupFiles {
    /// 団体応募様式: the file to fill in, as Excel opens it.
    func downloadTemplate(_ anybody: Anybody, _ request: Request) async throws -> Response {
        csv(try await office.groupTemplate())
    }

    /// The same as a book, with lists to choose from.
    func downloadTemplateBook(_ anybody: Anybody, _ request: Request) async throws -> Response {
        try book(try await office.groupTemplate())
    }

    /// The same as it is made for whoever looks after an organization, or a part of it.
    func downloadOwnTemplate(
        _ member: OrganizationMember, _ request: Request
    ) async throws -> Response {
        csv(try await office.groupTemplate(for: member.scope))
    }

    func downloadOwnTemplateBook(
        _ member: OrganizationMember, _ request: Request
    ) async throws -> Response {
        try book(try await office.groupTemplate(for: member.scope))
    }

    private func csv(_ template: GroupTemplateFile) -> Response {
        let name = GroupTemplate.fileName(template.year, isBook: false)
        return Response(.ok, type: "text/csv", bytes: template.csv())
            .with(.contentDisposition, ContentDisposition.attachment(filename: name))
            .with(.cacheControl, "no-store")
    }

    private func book(_ template: GroupTemplateFile) throws -> Response {
        let name = GroupTemplate.fileName(template.year, isBook: true)
        return Response(.ok, type: Self.bookType, bytes: try template.book())
            .with(.contentDisposition, ContentDisposition.attachment(filename: name))
            .with(.cacheControl, "no-store")
    }
}
