internal import Enrollment
internal import HTML
internal import HTTP
internal import Words

/// The two fields of a new password. What was typed is never sent back.
struct PasswordFields {
    let new: String
    private let again: String

    init(_ form: Form) throws {
        new = try form.single("new_password") ?? ""
        again = try form.single("new_password_again") ?? ""
    }

    /// Both are the same; a browser without script shows nobody what they have typed.
    var problem: PasswordProblem? {
        new.isEmpty ? .missing : new == again ? nil : .typedDifferently
    }

    static func html(_ problem: PasswordProblem?) -> HTML {
        let isOfSecond = problem == .typedDifferently
        let told = problem.map { [$0.sentence] } ?? []
        return Field(
            name: "new_password", label: "新しいパスワード",
            hint: "\(NewPassword.shortest)文字以上。文字の種類は問いません。関係のない言葉をいくつか並べると、長くても覚えやすくなります。",
            problems: isOfSecond ? [] : told, autocomplete: "new-password"
        ).input("password")
            + Field(
                name: "new_password_again", label: "新しいパスワード（もう一度）",
                problems: isOfSecond ? told : [], autocomplete: "new-password"
            ).input("password")
    }

    /// For the list of what is wrong, above the form.
    static func listed(_ problem: PasswordProblem?) -> [(field: String, text: String)] {
        guard let problem else { return [] }
        let field = problem == .typedDifferently ? "new_password_again" : "new_password"
        return [(field, problem.sentence)]
    }
}
