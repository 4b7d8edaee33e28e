extension Route {
    static let today = Route("/today")
    static let queue = Route("/queue")
    static let approve = Route("/queue/approve")
    static let approveOrganization = Route("/queue/approve-body")
    static let review = Route("/queue/application")
    static let reject = Route("/queue/reject")
    static let approvals = Route("/queue/approved")
    static let reopen = Route("/queue/reopen")
    static let cancelAppointment = Route("/queue/cancel")
    static let officeCertificate = Route("/queue/certificate")
    static let reissueCertificate = Route("/queue/certificate/reissue")
    static let endAppointment = Route("/queue/end")
    static let resumeAppointment = Route("/queue/resume")
    static let doubts = Route("/doubts")
    static let decideDoubt = Route("/doubts/decide")
    static let answeredDoubts = Route("/doubts/answered")
    static let takeBackDoubt = Route("/doubts/take-back")
    static let proposals = Route("/proposals")
    static let acceptCorrection = Route("/queue/correction")
    static let refuseCorrection = Route("/queue/correction/refuse")
    static let askAmendment = Route("/queue/amendment")
    static let takeBackAmendment = Route("/queue/amendment/take-back")
    static let files = Route("/files")
    static let officeFile = Route("/files/file")
    static let consents = Route("/files/consents")
    static let officePlanUndo = Route("/files/undo/plan")
    static let officeUndo = Route("/files/undo")
    static let shipments = Route("/materials")
    static let shipMaterials = Route("/materials/ship")
    static let takeBackShipping = Route("/materials/ship/undo")
    static let changeShipment = Route("/materials/change")
    static let shippingLabels = Route("/materials/labels")
    static let shippingLabelBook = Route("/materials/labels-book")
    static let people = Route("/people")
    static let person = Route("/people/person")
    static let note = Route("/people/note")
    static let strikeNote = Route("/people/note/strike")
    static let resend = Route("/people/resend")
    static let mergePeople = Route("/people/merge")
    static let separatePeople = Route("/people/merged")
    static let decisions = Route("/decisions")
    static let plan = Route("/plans")
    static let applyPlan = Route("/plans/apply")
    static let planPeople = Route("/plans/people")
    static let declinePlan = Route("/plans/decline")
    static let withdrawPlan = Route("/plans/withdraw")
    static let undoPlan = Route("/plans/undo")
    static let renewal = Route("/renewal")
    static let openYear = Route("/renewal/open-year")
    static let journal = Route("/journal")
    static let organizations = Route("/organizations")
    static let organization = Route("/organizations/organization")
    static let newOrganization = Route("/organizations/new")
    static let organizationTerms = Route("/organizations/terms")
    static let renameOrganization = Route("/organizations/rename")
    static let changeOrganization = Route("/organizations/details")
    static let closeOrganization = Route("/organizations/close")
    static let reopenOrganization = Route("/organizations/reopen")
    static let addPlace = Route("/organizations/places/add")
    static let changePlace = Route("/organizations/places/change")
    static let accounts = Route("/accounts")
    static let account = Route("/accounts/account")
    static let changeRights = Route("/accounts/rights")
    static let disableAccount = Route("/accounts/disable")
    static let enableAccount = Route("/accounts/enable")
    static let resetFactor = Route("/accounts/second-factor")
    static let invite = Route("/accounts/invite")
    static let inviteAgain = Route("/accounts/invite/again")
    static let withdrawInvitation = Route("/accounts/invite/withdraw")
}

/// For 事務局.
let officeEndpoints: [Endpoint] = [
    .get(.today, Today.show).menu("今日"),
    .get(.queue, Queue.show).menu("応募を確認する"),
    .get(.approve, leadsTo: .queue),
    .post(.approve, Queue.approve).form(on: .queue),
    .get(.approveOrganization, leadsTo: .queue),
    .post(.approveOrganization, Queue.approveOrganization).form(on: .queue).takingLong,
    .get(.review, Review.show),
    .get(.reject, leadsTo: .queue),
    .post(.reject, Review.reject).form(on: .queue),
    .get(.approvals, Reopenings.show),
    .get(.reopen, leadsTo: .approvals),
    .post(.reopen, Reopenings.reopen).form(on: .approvals).takingLong,
    .get(.cancelAppointment, Cancellations.show),
    .post(.cancelAppointment, Cancellations.cancel),
    .get(.endAppointment, Endings.show),
    .post(.endAppointment, Endings.end),
    .get(.resumeAppointment, leadsTo: .people),
    .post(.resumeAppointment, Endings.resume).form(on: .people),
    .get(.officeCertificate, Certificates.download),
    .get(.reissueCertificate, leadsTo: .people),
    .post(.reissueCertificate, Certificates.reissue).form(on: .people),
    .get(.acceptCorrection, leadsTo: .proposals),
    .post(.acceptCorrection, Review.acceptCorrection).form(on: .proposals),
    .get(.refuseCorrection, leadsTo: .proposals),
    .post(.refuseCorrection, Review.refuseCorrection).form(on: .proposals),
    .get(.askAmendment, Amendments.show),
    .post(.askAmendment, Amendments.ask),
    .get(.takeBackAmendment, leadsTo: .queue),
    .post(.takeBackAmendment, Amendments.takeBack).form(on: .queue),

    .get(.doubts, Doubts.show).menu("重複の確認"),
    .get(.decideDoubt, leadsTo: .doubts),
    .post(.decideDoubt, Doubts.decide).form(on: .doubts),
    .get(.answeredDoubts, Doubts.showAnswered),
    .get(.takeBackDoubt, leadsTo: .answeredDoubts),
    .post(.takeBackDoubt, Doubts.takeBack).form(on: .answeredDoubts),
    .get(.proposals, Proposals.show).menu("訂正の申し出"),
    .get(.files, OfficeFiles.show).menu("団体の名簿"),
    .get(.officeFile, OfficeFiles.showFile),
    .get(.consents, Consents.show),
    .post(.consents, Consents.set),
    .get(.officePlanUndo, leadsTo: .files),
    .post(.officePlanUndo, OfficeFiles.plan).form(on: .files).takingLong,
    .get(.officeUndo, OfficeFiles.showUndo).takingLong,
    .post(.officeUndo, OfficeFiles.apply).form(on: .files),
    .get(.shipments, Shipments.show).menu(Materials.title),
    .get(.shipMaterials, leadsTo: .shipments),
    .post(.shipMaterials, Shipments.ship).form(on: .shipments).takingLong,
    .get(.takeBackShipping, leadsTo: .shipments),
    .post(.takeBackShipping, Shipments.takeBack).form(on: .shipments),
    .get(.changeShipment, leadsTo: .shipments),
    .post(.changeShipment, Shipments.change).form(on: .shipments),
    .get(.shippingLabels, Shipments.download),
    .get(.shippingLabelBook, Shipments.downloadBook),
    .get(.people, People.show).menu("人を探す"),
    .post(.people, People.find),
    .get(.person, Persons.show),
    .get(.note, leadsTo: .people),
    .post(.note, Persons.note).form(on: .people),
    .get(.strikeNote, leadsTo: .people),
    .post(.strikeNote, Persons.strike).form(on: .people),
    .get(.resend, leadsTo: .people),
    .post(.resend, Persons.resend).form(on: .people),
    .get(.mergePeople, PersonMerges.show),
    .post(.mergePeople, PersonMerges.merge),
    .get(.separatePeople, PersonMerges.showOne),
    .post(.separatePeople, PersonMerges.separate),

    .get(.decisions, Plans.showDecisions).menu("任命する").takingLong,
    .post(.decisions, Plans.planAppointments).takingLong,
    .get(.plan, Plans.show).takingLong,
    .get(.applyPlan, leadsTo: .decisions),
    .post(.applyPlan, Plans.apply).form(on: .decisions).takingLong,
    .get(.planPeople, leadsTo: .decisions),
    .post(.planPeople, Plans.choose).form(on: .decisions).takingLong,
    .get(.declinePlan, leadsTo: .decisions),
    .post(.declinePlan, Plans.decline).form(on: .decisions),
    .get(.withdrawPlan, leadsTo: .decisions),
    .post(.withdrawPlan, Plans.withdraw).form(on: .decisions),
    .get(.undoPlan, leadsTo: .decisions),
    .post(.undoPlan, Plans.planUndo).form(on: .decisions).takingLong,
    .get(.renewal, Renewals.show).menu("年度更新").takingLong,
    .post(.renewal, Renewals.plan).takingLong,
    .get(.openYear, leadsTo: .renewal),
    .post(.openYear, Renewals.openNextYear).form(on: .renewal).takingLong,

    .get(.organizations, Organizations.show).menu("団体"),
    .get(.organization, Organizations.showOne),
    .get(.newOrganization, Organizations.showNew),
    .post(.newOrganization, Organizations.open),
    .get(.organizationTerms, leadsTo: .organizations),
    .post(.organizationTerms, Organizations.changeTerms).form(on: .organizations),
    .get(.renameOrganization, leadsTo: .organizations),
    .post(.renameOrganization, Organizations.rename).form(on: .organizations),
    .get(.changeOrganization, leadsTo: .organizations),
    .post(.changeOrganization, Organizations.changeDetails).form(on: .organizations),
    .get(.closeOrganization, leadsTo: .organizations),
    .post(.closeOrganization, Organizations.close).form(on: .organizations),
    .get(.reopenOrganization, leadsTo: .organizations),
    .post(.reopenOrganization, Organizations.reopen).form(on: .organizations),
    .get(.addPlace, leadsTo: .organizations),
    .post(.addPlace, Organizations.addPlace).form(on: .organizations),
    .get(.changePlace, leadsTo: .organizations),
    .post(.changePlace, Organizations.changePlace).form(on: .organizations),

    .get(.accounts, Accounts.show).menu("アカウント"),
    .get(.account, Accounts.showOne),
    .get(.changeRights, leadsTo: .accounts),
    .post(.changeRights, Accounts.changeRights).form(on: .accounts),
    .get(.disableAccount, leadsTo: .accounts),
    .post(.disableAccount, Accounts.disable).form(on: .accounts),
    .get(.enableAccount, leadsTo: .accounts),
    .post(.enableAccount, Accounts.enable).form(on: .accounts),
    .get(.resetFactor, leadsTo: .accounts),
    .post(.resetFactor, Accounts.resetFactor).form(on: .accounts),
    .get(.invite, Invitations.show),
    .post(.invite, Invitations.invite),
    .get(.inviteAgain, leadsTo: .accounts),
    .post(.inviteAgain, Invitations.sendAgain).form(on: .accounts),
    .get(.withdrawInvitation, leadsTo: .accounts),
    .post(.withdrawInvitation, Invitations.withdraw).form(on: .accounts),
    .get(.journal, Journal.show).menu("記録"),
]
