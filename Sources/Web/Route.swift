/// Every path, spelled once.
enum Route: String, CaseIterable {
    case start = "/"
    case ground = "/apply"
    case form = "/applications/new"
    case draft = "/applications/draft"
    case confirmMail = "/applications/confirm"
    case resendCode = "/applications/confirm/resend"
    case check = "/applications/check"
    case applications = "/applications"
    case done = "/applications/done"
    case status = "/status"
    case statusCode = "/status/code"
    case mine = "/my"
    case signOut = "/sign-out"
    case about = "/about"
    case terms = "/terms"
    case privacy = "/privacy"
    case accessibility = "/accessibility"
    case health = "/healthz"
    case ready = "/readyz"
    case demoMail = "/demo/mail"

    var path: String { rawValue }
}
