internal import Enrollment
internal import Postgres

extension ApplicationColumn {
    static let all: [ApplicationColumn] = application + person + address + reach + choices + keys

    private static let application: [ApplicationColumn] = [
        .init("receipt", "text", [.recorded]) { $0.receipt.description },
        .init("person_id", "bigint", [.carriedOver, .recorded]) { $0.personID },
        .init("fiscal_year", "smallint", [.recorded]) { $0.application.year.startYear },
        .init("kind", "text", [.carriedOver, .recorded, .versioned], answering: .kind) {
            $0.application.kind.rawValue
        },
        .init("route", "text", [.recorded]) { $0.route.rawValue },
        .init("state", "text", [.recorded]) { $0.firstState.rawValue },
        .init("category", "text", [.recorded, .versioned], answering: .category) {
            $0.application.category.rawValue
        },
        .init("programme_id", "text", [.recorded, .versioned], answering: .programme) {
            $0.application.programmeID
        },
        .init(
            "organization_id", "bigint", [.carriedOver, .recorded, .versioned],
            answering: .organization
        ) {
            $0.application.organizationID
        },
        .text(.workplaceName, "workplace_name", [.ofPerson, .recorded]),
        .text(.unit, "unit", [.ofPerson, .recorded]),
        .text(.activityNote, "activity_note", [.carriedOver, .versioned, .recorded, .forgotten]),
        .init("once_key", "text", []) { $0.onceKey },
        .init("merged_into", "bigint", []) { $0.mergedInto },
        .init("submitted_by", "bigint", [.carriedOver, .recorded]) { $0.submittedBy },
        .init("mail_confirmed_at", "timestamptz", [.carriedOver]) { _ in String?.none },
    ]

    private static let person: [ApplicationColumn] = [
        .init("family_name", "text", [.ofPerson, .recorded], of: .familyName) {
            $0.application.name.family
        },
        .init("given_name", "text", [.ofPerson, .recorded], of: .givenName) {
            $0.application.name.given
        },
        .init("family_name_kana", "text", [.ofPerson, .recorded], of: .familyNameKana) {
            $0.application.name.familyKana
        },
        .init("given_name_kana", "text", [.ofPerson, .recorded], of: .givenNameKana) {
            $0.application.name.givenKana
        },
        .init("family_name_0213", "text", .ofPerson, answering: .familyName) {
            $0.application.name.family0213
        },
        .init("given_name_0213", "text", .ofPerson, answering: .givenName) {
            $0.application.name.given0213
        },
        .init(
            "no_reading", "boolean", [.carriedOver, .correctable, .broughtBack], answering: .noKana
        ) {
            $0.application.name.hasNoKana
        },
        .init(
            "single_name", "boolean", [.carriedOver, .correctable, .broughtBack],
            answering: .singleName
        ) {
            $0.application.name.isSingle
        },
    ]

    private static let address: [ApplicationColumn] = [
        .init(
            "postal_code", "text", [.carriedOver, .versioned, .correctable, .recorded],
            answering: .postalCode
        ) {
            $0.application.address.postalCode
        },
        .init(
            "prefecture_code", "text", [.carriedOver, .versioned, .correctable],
            answering: .prefecture
        ) {
            $0.application.address.prefectureCode
        },
        .init(
            "municipality_code", "text", [.carriedOver, .versioned, .correctable], answering: .city
        ) {
            $0.application.address.municipalityCode
        },
        .init("ward", "text", .ofPerson, answering: .city) {
            $0.application.address.ward
        },
        .init("street", "text", [.ofPerson, .recorded], of: .street) {
            $0.application.address.street
        },
        .text(.building, "building", [.ofPerson, .recorded]),
    ]

    private static let reach: [ApplicationColumn] = [
        .init(
            "email", "text", [.carriedOver, .correctable, .recorded, .forgotten, .broughtBack],
            of: .email
        ) { $0.application.email },
        .init("phone", "text", [.ofPerson, .recorded], of: .phone) { $0.application.phone },
        .text(
            .employeeNumber, "employee_number",
            [.carriedOver, .correctable, .forgotten, .broughtBack]),
    ]

    private static let choices: [ApplicationColumn] = [
        .init(
            "badge_opt_in", "boolean", [.carriedOver, .versioned, .correctable, .recorded],
            answering: .badgeOptIn, if: { $0.application.choices.hasSaidOfBadge }
        ) { $0.application.choices.wantsBadge },
        .init("news_opt_in", "boolean", [.carriedOver, .recorded], answering: .newsOptIn) {
            $0.application.choices.wantsNews
        },
        .init("reuse_answer", "text", [.carriedOver, .recorded]) {
            $0.application.choices.reuse.rawValue
        },
        .init("share_consent", "boolean", [.carriedOver, .recorded], answering: .consentShare) {
            $0.application.choices.allowsSharing
        },
        .init("public_consent", "boolean", [.carriedOver, .recorded], answering: .consentPublic) {
            $0.application.choices.allowsPublishing
        },
    ]

    static let keys: [ApplicationColumn] = [
        .init(
            "workplace_key", "text", [.carriedOver, .correctable, .forgotten, .broughtBack],
            answering: .workplaceName, if: { $0.application.texts.has(.workplaceName) }
        ) { $0.application.workplaceKey },
        .init(
            "match_key", "text", [.carriedOver, .correctable, .broughtBack], answering: .familyName
        ) {
            $0.application.keys.sure
        },
        .init(
            "loose_key", "text", [.carriedOver, .correctable, .broughtBack], answering: .familyName
        ) {
            $0.application.keys.loose
        },
        .init(
            "sort_key", "text", [.carriedOver, .correctable, .forgotten, .broughtBack],
            answering: .familyName
        ) {
            $0.application.keys.order
        },
        .init("content_hash", "text", .ofPerson, answering: .familyName) { $0.digest },
    ]
}
