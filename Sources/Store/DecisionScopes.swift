public import Enrollment
internal import Postgres

extension ReadStore {
    /// Whom the decision of a plan is about.
    public func decisionScope(of plan: Int) async throws -> DecisionScope {
        let kind = try await rows("SELECT only_kind FROM plans WHERE id = \(plan)")
            .first.flatMap { try $0.optionalCode("only_kind") as Kind? }
        let applicants = try await rows(
            "SELECT organization_id FROM plan_applicants WHERE plan_id = \(plan)"
        ).map { row -> Applicants in
            try row.optionalInt("organization_id").map { .organization($0) } ?? .alone
        }
        let leftOut = try await longRows(
            "SELECT application_id FROM plan_left_out WHERE plan_id = \(plan)"
        ).map { try $0.int("application_id") }
        return DecisionScope(
            kind: kind, applicants: Set(applicants), leavingOut: Set(leftOut))
    }
}

extension WriteTransaction {
    /// Keeps whom the decision of a new plan is about.
    public func keep(_ scope: DecisionScope, of plan: Int) async throws {
        guard scope != .everybody else { return }
        try await execute("UPDATE plans SET only_kind = \(scope.kind?.rawValue) WHERE id = \(plan)")
        let organizations = scope.applicants.map { applicants -> Int? in
            if case .organization(let id) = applicants { id } else { nil }
        }
        try await execute(
            """
            INSERT INTO plan_applicants (plan_id, organization_id)
            SELECT \(plan)::bigint, f.id FROM unnest(\(organizations)::bigint[]) AS f(id)
            """)
        try await executeLong(
            """
            INSERT INTO plan_left_out (plan_id, application_id)
            SELECT \(plan)::bigint, f.id FROM unnest(\(scope.leftOut.sorted())::bigint[]) AS f(id)
            """)
    }
}
