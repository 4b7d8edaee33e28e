extension Route {
    static let queue = Route("/queue")
    static let approve = Route("/queue/approve")
    static let approveOrganization = Route("/queue/approve-body")
    static let review = Route("/queue/application")
    static let reject = Route("/queue/reject")
    static let doubts = Route("/doubts")
    static let decideDoubt = Route("/doubts/decide")
    static let proposals = Route("/proposals")
    static let people = Route("/people")
    static let decisions = Route("/decisions")
    static let plan = Route("/plans")
    static let applyPlan = Route("/plans/apply")
    static let renewal = Route("/renewal")
    static let openYear = Route("/renewal/open-year")
}

/// For 事務局.
let officeEndpoints: [Endpoint] = [
    .get(.queue, Queue.show).menu("応募を確認する"),
    .post(.approve, Queue.approve).form(on: .queue),
    .post(.approveOrganization, Queue.approveOrganization).form(on: .queue).takingLong,
    .get(.review, Review.show),
    .post(.reject, Review.reject).form(on: .queue),

    .get(.doubts, Doubts.show).menu("重複の確認"),
    .get(.decideDoubt, leadsTo: .doubts),
    .post(.decideDoubt, Doubts.decide),
    .get(.proposals, Proposals.show).menu("団体からの申し出"),
    .get(.people, People.show).menu("人を探す"),
    .post(.people, People.find),

    .get(.decisions, Plans.showDecisions).menu("任命する").takingLong,
    .post(.decisions, Plans.planAppointments).takingLong,
    .get(.plan, Plans.show).takingLong,
    .post(.applyPlan, Plans.apply).form(on: .decisions).takingLong,
    .get(.renewal, Renewals.show).menu("年度更新").takingLong,
    .post(.renewal, Renewals.plan).takingLong,
    .post(.openYear, Renewals.openNextYear).form(on: .renewal).takingLong,
]
