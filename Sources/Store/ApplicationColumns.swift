internal import Enrollment
internal import Postgres

/// A column of `applications`, told once. What an insert, a renewal, a version, a correction and a
/// record do with it follows from here, by name and never by place.
struct ApplicationColumn: Sendable {
    /// What happens to a column besides being written when somebody applies.
    struct Traits: OptionSet, Sendable {
        let rawValue: Int
        /// The renewed application of the next year says the same.
        static let carriedOver = Traits(rawValue: 1)
        /// `application_versions` keeps what it said before a correction.
        static let versioned = Traits(rawValue: 2)
        /// A corrected row of the organization that submitted it says it anew.
        static let correctable = Traits(rawValue: 4)
        /// `ApplicationRecord` reads it as it is kept.
        static let recorded = Traits(rawValue: 8)
    }

    let name: SQL
    let traits: Traits
    /// The values of some applications, as an array of the column's type.
    let values: @Sendable ([Submission]) -> SQL
    /// What a correction writes; nil where the one who corrects has not said anything of it.
    let correction: @Sendable (Submission) -> SQL?

    init<Value: SQLValue>(
        _ name: SQL, _ type: SQL, _ traits: Traits,
        if isSaid: @escaping @Sendable (Submission) -> Bool = { _ in true },
        _ value: @escaping @Sendable (Submission) -> Value
    ) {
        self.name = name
        self.traits = traits
        values = { "\($0.map(value))::\(type)[]" }
        correction = { isSaid($0) ? "\(value($0))::\(type)" : nil }
    }

    static func named(_ trait: Traits, of table: SQL = "") -> SQL {
        .list(all.filter { $0.traits.contains(trait) }.map { "\(table)\($0.name)" })
    }

    /// What a correction may change, without what is only made of it.
    static var correctableFacts: SQL {
        .list((all.dropLast(keys.count)).filter { $0.traits.contains(.correctable) }.map(\.name))
    }

    /// `column = value` of everything that a correction says.
    static func assignments(_ submission: Submission) -> SQL {
        .list(
            all.filter { $0.traits.contains(.correctable) }.compactMap { column in
                column.correction(submission).map { "\(column.name) = \($0)" }
            })
    }
}

extension ApplicationColumn {
    static let all: [ApplicationColumn] = application + person + address + reach + choices + keys

    private static let application: [ApplicationColumn] = [
        .init("receipt", "text", [.recorded]) { $0.receipt.description },
        .init("person_id", "bigint", [.carriedOver, .recorded]) { $0.personID },
        .init("fiscal_year", "smallint", [.recorded]) { $0.application.year.startYear },
        .init("kind", "text", [.carriedOver, .recorded]) { $0.application.kind.rawValue },
        .init("route", "text", [.recorded]) { $0.route.rawValue },
        .init("state", "text", [.recorded]) { $0.firstState.rawValue },
        .init("category", "text", [.recorded]) { $0.application.category.rawValue },
        .init("programme_id", "text", []) { $0.application.programmeID },
        .init("organization_id", "bigint", [.carriedOver, .recorded]) {
            $0.application.organizationID
        },
        .init("unit", "text", [.carriedOver, .versioned, .correctable, .recorded]) {
            $0.application.unit
        },
        .init("activity_note", "text", [.carriedOver, .recorded]) { $0.application.activityNote },
        .init("once_key", "text", []) { $0.onceKey },
        .init("merged_into", "bigint", []) { $0.mergedInto },
        .init("filed_by", "bigint", [.carriedOver]) { $0.submittedBy },
    ]

    private static let person: [ApplicationColumn] = [
        .init("family_name", "text", [.carriedOver, .versioned, .correctable, .recorded]) {
            $0.application.name.family
        },
        .init("given_name", "text", [.carriedOver, .versioned, .correctable, .recorded]) {
            $0.application.name.given
        },
        .init("family_name_kana", "text", [.carriedOver, .versioned, .correctable, .recorded]) {
            $0.application.name.familyKana
        },
        .init("given_name_kana", "text", [.carriedOver, .versioned, .correctable, .recorded]) {
            $0.application.name.givenKana
        },
        .init("family_name_0213", "text", [.carriedOver, .versioned, .correctable]) {
            $0.application.name.family0213
        },
        .init("given_name_0213", "text", [.carriedOver, .versioned, .correctable]) {
            $0.application.name.given0213
        },
        .init("no_reading", "boolean", [.carriedOver, .correctable]) {
            $0.application.name.hasNoKana
        },
        .init("single_name", "boolean", [.carriedOver, .correctable]) {
            $0.application.name.isSingle
        },
    ]

    private static let address: [ApplicationColumn] = [
        .init("postal_code", "text", [.carriedOver, .versioned, .correctable, .recorded]) {
            $0.application.address.postalCode
        },
        .init("prefecture_code", "text", [.carriedOver, .versioned, .correctable]) {
            $0.application.address.prefectureCode
        },
        .init("municipality_code", "text", [.carriedOver, .versioned, .correctable]) {
            $0.application.address.municipalityCode
        },
        .init("ward", "text", [.carriedOver, .versioned, .correctable]) {
            $0.application.address.ward
        },
        .init("street", "text", [.carriedOver, .versioned, .correctable, .recorded]) {
            $0.application.address.street
        },
        .init("building", "text", [.carriedOver, .versioned, .correctable, .recorded]) {
            $0.application.address.building
        },
    ]

    private static let reach: [ApplicationColumn] = [
        .init("email", "text", [.carriedOver, .correctable, .recorded]) { $0.application.email },
        .init("phone", "text", [.carriedOver, .versioned, .correctable, .recorded]) {
            $0.application.phone
        },
        .init("employee_number", "text", [.carriedOver, .correctable]) {
            $0.application.employeeNumber
        },
    ]

    private static let choices: [ApplicationColumn] = [
        .init(
            "badge_opt_in", "boolean", [.carriedOver, .versioned, .correctable, .recorded],
            if: { $0.application.choices.hasSaidOfBadge }
        ) { $0.application.choices.wantsBadge },
        .init("news_opt_in", "boolean", [.carriedOver]) { $0.application.choices.wantsNews },
        .init("reuse_answer", "text", [.carriedOver, .recorded]) {
            $0.application.choices.reuse.rawValue
        },
        .init("share_consent", "boolean", [.carriedOver]) {
            $0.application.choices.allowsSharing
        },
        .init("public_consent", "boolean", [.carriedOver]) {
            $0.application.choices.allowsPublishing
        },
    ]

    private static let keys: [ApplicationColumn] = [
        .init("match_key", "text", [.carriedOver, .correctable]) { $0.application.keys.sure },
        .init("loose_key", "text", [.carriedOver, .correctable]) { $0.application.keys.loose },
        .init("sort_key", "text", [.carriedOver, .correctable]) { $0.application.keys.order },
        .init("content_hash", "text", [.carriedOver, .versioned, .correctable]) { $0.digest },
    ]
}
