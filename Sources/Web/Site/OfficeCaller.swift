internal import Enrollment
internal import HTTP
internal import Store

/// 事務局: somebody who may do what their duty is about. A handler says by its first parameter which
/// duty it is, and cannot be called for anybody who has not the right.
struct OfficeMember<Duty: OfficeDuty>: StaffMember {
    static var access: Access { .office(Duty.act) }

    let visitor: Visitor
    let account: AccountRecord

    private init?(_ visitor: Visitor, _ account: AccountRecord) {
        guard account.may(Duty.act) else { return nil }
        self.visitor = visitor
        self.account = account
    }

    static func admit(
        _ request: Request, _ site: Site
    ) async throws -> Admission<OfficeMember<Duty>> {
        try await site.admit(request) { OfficeMember($0, $1) }
    }
}

/// An act of the office as a type.
protocol OfficeDuty: SendableMetatype {
    static var act: OfficeAct { get }
}

enum SeeingToday: OfficeDuty { static let act = OfficeAct.seeToday }
enum ReadingCases: OfficeDuty { static let act = OfficeAct.readCases }
enum KeepingNotes: OfficeDuty { static let act = OfficeAct.keepNotes }
enum Shipping: OfficeDuty { static let act = OfficeAct.shipMaterials }
enum Reviewing: OfficeDuty { static let act = OfficeAct.review }
enum CarryingOut: OfficeDuty { static let act = OfficeAct.appoint }
enum KeepingAccounts: OfficeDuty { static let act = OfficeAct.keepAccounts }
enum KeepingOrganizations: OfficeDuty { static let act = OfficeAct.keepOrganizations }
enum ReadingJournal: OfficeDuty { static let act = OfficeAct.readJournal }

typealias CaseReader = OfficeMember<ReadingCases>
typealias NoteKeeper = OfficeMember<KeepingNotes>
typealias Shipper = OfficeMember<Shipping>
typealias Reviewer = OfficeMember<Reviewing>
typealias Appointer = OfficeMember<CarryingOut>
typealias AccountKeeper = OfficeMember<KeepingAccounts>
typealias OrganizationKeeper = OfficeMember<KeepingOrganizations>
typealias JournalReader = OfficeMember<ReadingJournal>

extension AccountRecord {
    func may(_ act: OfficeAct) -> Bool { rights.allow(act) }
}
