internal import HTTP
internal import Procedures

/// ログアウト, 終わる: of staff and of applicants alike.
struct SignOut: Room {
    let site: Site

    func signOut(
        _ visitor: Visitor, _ request: Request, _ form: Form
    ) async throws -> Response {
        var visitor = visitor
        if let token = visitor[Visitor.sessionCookie] { try await office.signOut(token) }
        visitor.forget(Visitor.sessionCookie)
        visitor.forget(Visitor.searchCookie)
        return try visitor.seeOther(.start)
    }
}
