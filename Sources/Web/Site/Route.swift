/// Every path, spelled once.
enum Route: String, CaseIterable {
    case start = "/"
    case eligibility = "/apply"
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
    case resign = "/my/resign"
    case tellViewings = "/my/viewings"
    case answerReuse = "/my/renewal"
    case signOut = "/sign-out"
    case signIn = "/sign-in"
    case group = "/group"
    case groupFiles = "/group-files"
    case groupFile = "/group-files/plan"
    case groupTemplate = "/group-files/template"
    case groupErrors = "/group-files/errors"
    case applyGroup = "/group-files/apply"
    case members = "/group/members"
    case membersFile = "/group/members/file"
    case queue = "/queue"
    case approve = "/queue/approve"
    case approveOrganization = "/queue/approve-body"
    case review = "/queue/application"
    case reject = "/queue/reject"
    case doubts = "/doubts"
    case decideDoubt = "/doubts/decide"
    case proposals = "/proposals"
    case people = "/people"
    case decisions = "/decisions"
    case plan = "/plans"
    case applyPlan = "/plans/apply"
    case renewal = "/renewal"
    case openYear = "/renewal/open-year"
    case numbers = "/numbers"
    case exports = "/exports"
    case exportFile = "/exports/file"
    case about = "/about"
    case terms = "/terms"
    case privacy = "/privacy"
    case accessibility = "/accessibility"
    case health = "/healthz"
    case ready = "/readyz"
    case demoMail = "/demo/mail"

    var path: String { rawValue }

    /// The page that is opened in the place of an address which only takes forms: that of its form;
    /// nil for the first page of whoever is signed in.
    var pageOfForm: Route? {
        switch self {
        case .applyGroup: .group
        case .approve, .approveOrganization, .reject: .queue
        case .applyPlan: .decisions
        case .openYear: .renewal
        default: nil
        }
    }

    private static let byPath = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    /// The page at a path; asked on every request, so it is looked up and not compared one by one.
    static func at(_ path: String) -> Route? { byPath[path] }
}
