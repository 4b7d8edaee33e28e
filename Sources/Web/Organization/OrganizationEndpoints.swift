extension Route {
    static let group = Route("/group")
    static let groupFiles = Route("/group-files")
    static let groupFile = Route("/group-files/plan")
    static let groupColumns = Route("/group-files/columns")
    static let groupTemplate = Route("/group-files/template")
    static let groupTemplateBook = Route("/group-files/template-book")
    static let ownTemplate = Route("/group-files/own-template")
    static let ownTemplateBook = Route("/group-files/own-template-book")
    static let groupErrors = Route("/group-files/errors")
    static let applyGroup = Route("/group-files/apply")
    static let discardGroup = Route("/group-files/discard")
    static let planUndo = Route("/group-files/undo/plan")
    static let undo = Route("/group-files/undo")
    static let members = Route("/group/members")
    static let membersFile = Route("/group/members/file")
    static let colleagues = Route("/group/accounts")
    static let inviteColleagueAgain = Route("/group/accounts/again")
    static let withdrawColleague = Route("/group/accounts/withdraw")
    static let membersBook = Route("/group/members/book")
    static let member = Route("/group/members/person")
    static let moveMember = Route("/group/members/person/unit")
    static let correctMember = Route("/group/members/person/correction")
    static let materials = Route("/group/materials")
    static let askMaterials = Route("/group/materials/ask")
    static let material = Route("/group/materials/request")
    static let changeMaterials = Route("/group/materials/change")
    static let materialTable = Route("/group/materials/table")
    static let materialTableBook = Route("/group/materials/table-book")
    static let materialFile = Route("/group/materials/file")
    static let applyMaterialFile = Route("/group/materials/file/apply")
    static let leaving = Route("/group/members/leaving")
    static let takeBackLeaving = Route("/group/members/leaving/undo")
}

/// For whoever looks after the people of one organization.
let organizationEndpoints: [Endpoint] = [
    .get(.group, GroupFiles.showGroup).menu("団体の応募"),
    .get(.members, Members.show).menu("名簿"),
    .post(.members, Members.find),
    .get(.membersFile, Members.download),
    .get(.membersBook, Members.downloadBook),
    .get(.member, MemberRoom.show),
    .get(.moveMember, leadsTo: .members),
    .post(.moveMember, MemberRoom.move).form(on: .members),
    .get(.correctMember, leadsTo: .members),
    .post(.correctMember, MemberRoom.correct).form(on: .members),
    .get(.leaving, leadsTo: .members),
    .post(.leaving, Leavings.leave).form(on: .members),
    .get(.takeBackLeaving, leadsTo: .members),
    .post(.takeBackLeaving, Leavings.takeBack).form(on: .members),
    .get(.groupTemplate, GroupFiles.downloadTemplate),
    .get(.groupTemplateBook, GroupFiles.downloadTemplateBook),
    .get(.ownTemplate, GroupFiles.downloadOwnTemplate),
    .get(.ownTemplateBook, GroupFiles.downloadOwnTemplateBook),
    .get(.groupFiles, leadsTo: .group),
    .upload(.groupFiles, upTo: 21 << 20, page: .group, GroupFiles.receive).takingLong,
    .get(.groupFile, GroupFiles.showPlan).takingLong,
    .get(.groupColumns, GroupFiles.showColumns).takingLong,
    .post(.groupColumns, GroupFiles.chooseColumns).form(on: .group).takingLong,
    .get(.groupErrors, GroupFiles.downloadErrors),
    .get(.applyGroup, leadsTo: .group),
    .post(.applyGroup, GroupFiles.apply).form(on: .group),
    .get(.discardGroup, leadsTo: .group),
    .post(.discardGroup, GroupFiles.discard).form(on: .group),
    .get(.planUndo, leadsTo: .group),
    .post(.planUndo, Undoings.plan).form(on: .group).takingLong,
    .get(.undo, Undoings.show).takingLong,
    .post(.undo, Undoings.apply).form(on: .group),
    .get(.materials, Materials.show).menu(Materials.title),
    .get(.askMaterials, Materials.showForm),
    .post(.askMaterials, Materials.ask).form(on: .materials),
    .get(.material, Materials.showOne),
    .post(.material, Materials.correct).form(on: .materials),
    .get(.changeMaterials, leadsTo: .materials),
    .post(.changeMaterials, Materials.change).form(on: .materials),
    .get(.materialTable, MaterialFiles.download),
    .get(.materialTableBook, MaterialFiles.downloadBook),
    .get(.materialFile, leadsTo: .materials),
    .upload(.materialFile, upTo: 21 << 20, page: .materials, MaterialFiles.receive).takingLong,
    .get(.applyMaterialFile, leadsTo: .materials),
    .post(.applyMaterialFile, MaterialFiles.apply).form(on: .materials).takingLong,
    .get(.colleagues, Colleagues.show).menu("担当者"),
    .post(.colleagues, Colleagues.invite),
    .get(.inviteColleagueAgain, leadsTo: .colleagues),
    .post(.inviteColleagueAgain, Colleagues.sendAgain).form(on: .colleagues),
    .get(.withdrawColleague, leadsTo: .colleagues),
    .post(.withdrawColleague, Colleagues.withdraw).form(on: .colleagues),
]
