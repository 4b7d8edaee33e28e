/// An act of the journal. The raw value stands in the tables for good.
public enum EventKind: String, CaseIterable, Sendable {
    // 応募と審査
    case submit, merge, approve, reject, withdraw, expire
    /// 統合 of an application taken back: it is looked at by itself again.
    case part
    /// 審査にもどす.
    case reopen
    /// 補正: an application was sent back, with questions to be answered anew; answered; not after
    /// all. Past the day it expires.
    case askAmendment = "ask_amendment"
    case answerAmendment = "answer_amendment"
    case takeBackAmendment = "take_back_amendment"
    /// 訂正: what an application says was corrected.
    case correct
    /// An organization says otherwise of its own member.
    case changeAffiliation = "change_affiliation"
    /// What somebody says of an organization that has listed them; whether it waits for that.
    case agreeListing = "agree_listing"
    case objectListing = "object_listing"
    case setConsentRule = "set_consent_rule"
    /// 離脱, and what takes it back.
    case leaveOrganization = "leave_organization"
    case rejoinOrganization = "rejoin_organization"
    /// 訂正の申し出, and what became of it.
    case askCorrection = "ask_correction"
    case takeBackCorrection = "take_back_correction"
    case acceptCorrection = "accept_correction"
    case refuseCorrection = "refuse_correction"
    /// An organization says otherwise of the particulars of its member.
    case proposeCorrection = "propose_correction"
    case changeMail = "change_mail"
    case downloadOwn = "download_own"
    case tellViewings = "tell_viewings"
    case answerReuse = "answer_reuse"

    // 団体の名簿
    /// A file waits until somebody says what its columns are for.
    case receiveGroup = "receive_group"
    case planGroup = "plan_group"
    /// A file is not sent after all.
    case discardGroup = "discard_group"
    case confirmGroup = "confirm_group"
    case applyGroup = "apply_group"
    /// 送信の取消し.
    case planUndo = "plan_undo"
    case applyUndo = "apply_undo"
    case doubtSame = "doubt_same"
    case doubtDifferent = "doubt_different"
    /// 同じ人・別人 taken back.
    case takeBackDoubt = "take_back_doubt"
    /// あとで.
    case putOffDoubt = "put_off_doubt"
    /// 人をまとめる: two persons are one, and are not after all.
    case mergePeople = "merge_people"
    case separatePeople = "separate_people"

    // 資材
    case askMaterials = "ask_materials"
    case correctMaterials = "correct_materials"
    case withdrawMaterials = "withdraw_materials"
    case resumeMaterials = "resume_materials"
    case sendMaterials = "send_materials"
    case takeBackSending = "take_back_sending"
    case returnMaterials = "return_materials"
    case takeBackReturn = "take_back_return"
    case sendMaterialsAgain = "send_materials_again"

    // 任命
    case planAppointments = "plan_appointments"
    case applyAppointments = "apply_appointments"
    case planRenewal = "plan_renewal"
    case applyRenewal = "apply_renewal"
    case confirmPlan = "confirm_plan"
    /// 二人目の確認: one officer asks, another confirms or does not want it.
    case askSecondOfficer = "ask_second_officer"
    case confirmAsSecondOfficer = "confirm_as_second_officer"
    case declineAsSecondOfficer = "decline_as_second_officer"
    case withdrawSecondOfficer = "withdraw_second_officer"
    /// 任命の取消し of a whole plan.
    case planAppointmentUndo = "plan_appointment_undo"
    case applyAppointmentUndo = "apply_appointment_undo"
    case appoint, resign
    /// 解任, 死亡 and 取消.
    case endAppointment = "end_appointment"
    case resumeAppointment = "resume_appointment"
    /// 区分変更: an appointment ended because another kind's began.
    case supersede
    /// 任命状 marked as such.
    case reissueCertificate = "reissue_certificate"
    /// The QR code of a 任命状, signed.
    case signCertificate = "sign_certificate"

    /// Credentials of some badges, by one key.
    case signBadges = "sign_badges"

    // 準備と運用
    case makeSigningKey = "make_signing_key"
    case retireSigningKey = "retire_signing_key"
    /// 失効 of a key, and what takes it back.
    case distrustSigningKey = "distrust_signing_key"
    case trustSigningKey = "trust_signing_key"
    case openYear = "open_year"
    case openOrganization = "open_organization"
    case renameOrganization = "rename_organization"
    case changeOrganization = "change_organization"
    case closeOrganization = "close_organization"
    case reopenOrganization = "reopen_organization"
    case addBusinessPlace = "add_business_place"
    case renameBusinessPlace = "rename_business_place"
    /// From a day on, or no longer.
    case closeBusinessPlace = "close_business_place"
    case withdrawVideo = "withdraw_video"
    case restoreVideo = "restore_video"
    case exportMinistry = "export_ministry"
    case retryMail = "retry_mail"
    /// A letter to somebody, once more.
    case resendLetter = "resend_letter"
    case writeNote = "write_note"
    case strikeNote = "strike_note"
    case giveUpJob = "give_up_job"
    case forget
    case addAccount = "add_account"
    case changeAccount = "change_account"
    case enableAccount = "enable_account"
    case disableAccount = "disable_account"
    case changeRights = "change_rights"
    case inviteAccount = "invite_account"
    /// An invitation sent again: the link before opens nothing any more.
    case resendInvitation = "resend_invitation"
    case withdrawInvitation = "withdraw_invitation"
    case acceptInvitation = "accept_invitation"
    case changePassword = "change_password"
    case endSessions = "end_sessions"
    case setUpSecondFactor = "set_up_second_factor"
    case removeSecondFactor = "remove_second_factor"
    case resetSecondFactor = "reset_second_factor"
    case renewRecoveryCodes = "renew_recovery_codes"

    // 閲覧の記録
    case openQueue = "open_queue"
    case openApplication = "open_application"
    case openPerson = "open_person"
    case openProposals = "open_proposals"
    case openDoubts = "open_doubts"
    case openPeople = "open_people"
    case openPlan = "open_plan"
    case openMembers = "open_members"
    case openAccounts = "open_accounts"
    case openJournal = "open_journal"
    case openMember = "open_member"
    case openGroupFile = "open_group_file"
    case searchPeople = "search_people"
    case searchMembers = "search_members"
    case downloadMembers = "download_members"
    case downloadErrors = "download_errors"
    case downloadExport = "download_export"
    case downloadCertificate = "download_certificate"
    case downloadLabels = "download_labels"
    case downloadNametags = "download_nametags"

    // 安全の記録
    case signIn = "sign_in"
    case signOut = "sign_out"
    case proveSecondFactor = "prove_second_factor"
    case useRecoveryCode = "use_recovery_code"
    case openStatus = "open_status"
    case signInFailed = "sign_in_failed"
    case signInRefused = "sign_in_refused"
    case codeFailed = "code_failed"
    /// A limit was reached.
    case slowedDown = "slowed_down"
    /// Somebody asked for what is not theirs.
    case accessRefused = "access_refused"
    /// A form that no page of ours sent.
    case forged = "request_forged"
    case unnamedProxy = "unnamed_proxy"
}

extension EventKind {
    /// 閲覧の記録 and 安全の記録: what was looked at or tried, and changed nothing.
    public static let watching: [EventKind] = [
        .openQueue, .openApplication, .openPerson, .openProposals, .openDoubts, .openPlan,
        .openMembers, .openMember, .openAccounts, .openJournal, .openPeople, .openGroupFile,
        .searchPeople, .searchMembers, .downloadMembers,
        .downloadErrors, .downloadExport, .downloadCertificate, .downloadLabels, .downloadOwn,
        .downloadNametags, .signIn, .signOut,
        .openStatus, .signInFailed, .signInRefused, .codeFailed, .slowedDown, .accessRefused,
        .forged, .unnamedProxy, .proveSecondFactor, .useRecoveryCode,
    ]
}
