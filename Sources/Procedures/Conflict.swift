public import Enrollment
public import Store

/// What stands in the way of an act that a rule refuses for now. Pages say one sentence for all of
/// them, because what is shown next tells the rest; commands say each (`enroll/ConflictSentence`).
public enum Conflict: Equatable, Sendable {
    // An application on its way.
    case mailIsNotConfirmed
    case draftDoesNotFit
    case nothingWasSubmitted
    case onceKeyWasUsed
    case codeWasUsed
    // 訂正 by whoever applied.
    case isAnothersApplication
    case correctionDoesNotFit
    // Review.
    case queueHasChanged
    case decidedAlready
    case reasonIsMissing
    case noAppointmentToEnd
    case noEndToTakeBack
    // A person's page.
    case letterCannotBeSentAgain
    case letterWasSentAgain
    case noteIsStruck
    // 任命状.
    case certificateIsNotGiven
    case certificateWordsAreMissing
    /// The key that signs is not on this machine.
    case signingKeyIsMissing
    /// 失効 from a moment that is to come, or before the key was made.
    case compromiseIsOutside
    // Plans.
    case planIsReplaced
    case planIsDiscarded
    case planIsApplied
    /// Nothing was done by it yet.
    case planIsNotApplied
    case planYearIsOver
    case consentIsMissing
    // 二人目の確認.
    case secondOfficerIsMissing
    case anotherOfficerConfirms
    case confirmationHasChanged
    case fileCannotBePlanned
    case fileYearIsOver
    case rowCannotBeSubmitted
    case otherRowComesFirst
    case doubtHasChanged
    case answerCannotBeTakenBack
    // 人をまとめる.
    case isOnePersonAlready
    case survivorHasNoNumber
    case survivorWasMerged
    case peopleHaveChanged
    case identityRulesAreMissing
    // 名簿.
    case membersHaveChanged
    case dayIsOutsideTheYear
    // 資材.
    case materialsHaveChanged
    case shippingDayIsOutside
    // 送信の取消し.
    case undoRulesAreMissing
    case undoIsOver(Day)
    case nothingToUndo
    case planCannotBeUndone
    case takenBackForAnotherReason
    case saidNoMeanwhile
    case appliedMeanwhile
    case appointedMeanwhile
    case renewalIsOver
    // 決裁.
    case decisionIsMissing
    case decisionDayIsOutside(Day, from: Day)
    case decisionNumberIsNone
    // Numbers, videos, exports.
    case dayIsToCome
    case videoYearIsOver
    case purposeIsMissing
    // Accounts and the installation.
    case accountIsNotDisabled
    case accountIsOnesOwn
    /// Nobody would be left who gives rights.
    case lastAdministrator
    case accountHasChanged
    case accountCannotBeTakenOver
    case invitationHasChanged
    case invitationLifetimeIsMissing
    case passwordWasChanged
    case secondFactorPageIsOld
    case secondFactorIsSetUp
    case noSecondFactor
    case secondFactorIsRequired
    case accountAddressIsNone
    case accountAddressIsTaken
    case accountOrganizationDoesNotFit
    case organizationHasChanged
    case businessPlaceIsKnown
    case businessPlaceEndsTooEarly
    case accountIsKnown(email: String, Role)
    case accountIsKnownAndDisabled(email: String)
    case databaseIsFor(InstallationKind?)
    case inventedPersonIsUnfit([ProblemCode])
}

extension Conflict {
    /// Its name without what it carries, which may be somebody's: for the log and the table of
    /// jobs.
    var code: String { String("\(self)".prefix { $0 != "(" }) }
}

extension Refusal {
    /// Its name without what it carries, which may be somebody's: for the log and the table of
    /// jobs.
    var code: String {
        if case .conflict(let conflict) = self { return conflict.code }
        return String("\(self)".prefix { $0 != "(" })
    }
}
