import Enrollment
import Procedures
import Store

extension Conflict {
    /// What a command says: what is in the way, and what to do.
    var sentence: String {
        switch self {
        case .mailIsNotConfirmed: "the mail address is not confirmed yet"
        case .draftDoesNotFit: "what was typed no longer fits: look at it again"
        case .nothingWasSubmitted, .letterCannotBeSentAgain: "nothing was submitted: try again"
        case .onceKeyWasUsed: "it was sent already"
        case .codeWasUsed: "the code was used already: ask for another"
        case .isAnothersApplication:
            "another application of the same person, or name and address, stands in the way"
        case .correctionDoesNotFit: "what was asked for does not fit the application any more"
        case .queueHasChanged, .membersHaveChanged, .materialsHaveChanged:
            "somebody else has changed what is meant"
        case .shippingDayIsOutside: "the day is none between when it was asked for and today"
        case .dayIsOutsideTheYear: "the day is none of the fiscal year"
        case .decidedAlready, .letterWasSentAgain, .noteIsStruck: "it was decided already"
        case .reasonIsMissing: "it needs a reason"
        case .noAppointmentToEnd: "no appointment to end"
        case .noEndToTakeBack: "no appointment has ended that could go on"
        case .certificateIsNotGiven, .certificateWordsAreMissing, .signingKeyIsMissing,
            .compromiseIsOutside:
            ofCertificates
        case .planIsReplaced, .planIsDiscarded, .planIsApplied, .planIsNotApplied, .planYearIsOver:
            ofPlans
        case .secondOfficerIsMissing, .anotherOfficerConfirms, .confirmationHasChanged:
            ofSecondOfficers
        case .consentIsMissing: "nobody has said that the people of the file consent"
        case .fileCannotBePlanned: "the file can no longer be planned"
        case .fileYearIsOver: "the file's year is over"
        case .rowCannotBeSubmitted: "the row can no longer be submitted"
        case .otherRowComesFirst: "the other row is to be decided first"
        case .doubtHasChanged, .answerCannotBeTakenBack, .isOnePersonAlready, .survivorHasNoNumber,
            .survivorWasMerged, .peopleHaveChanged, .identityRulesAreMissing:
            ofWhoIsWho
        case .undoRulesAreMissing, .undoIsOver, .nothingToUndo, .planCannotBeUndone,
            .takenBackForAnotherReason, .saidNoMeanwhile, .appliedMeanwhile, .appointedMeanwhile:
            ofUndo
        case .renewalIsOver: "the renewal is carried out, or there is none"
        case .decisionIsMissing, .decisionDayIsOutside, .decisionNumberIsNone: ofDecisions
        case .dayIsToCome: "numbers are of days up to today"
        case .videoYearIsOver: "the year of the video is over on that day"
        case .purposeIsMissing: "an export has a purpose"
        case .accountIsOnesOwn, .lastAdministrator, .accountHasChanged, .accountCannotBeTakenOver,
            .invitationHasChanged, .invitationLifetimeIsMissing, .accountIsNotDisabled,
            .passwordWasChanged, .secondFactorPageIsOld,
            .secondFactorIsSetUp, .noSecondFactor, .secondFactorIsRequired,
            .accountAddressIsNone, .accountAddressIsTaken, .accountOrganizationDoesNotFit:
            ofAccounts
        case .organizationHasChanged, .businessPlaceIsKnown, .businessPlaceEndsTooEarly:
            ofOrganizations
        case .accountIsKnown(let email, let role): Self.isKnown(email, role)
        case .accountIsKnownAndDisabled(let email): Self.isDisabled(email)
        case .databaseIsFor(let kind):
            "this database is for \(kind?.rawValue ?? "nothing") and stays so: name another in "
                + "ENROLL_DATABASE"
        case .inventedPersonIsUnfit(let codes):
            "an invented person is not fit: \(codes.map(\.rawValue).joined(separator: " "))"
        }
    }

    private var ofPlans: String {
        switch self {
        case .planIsReplaced:
            "another plan has taken this one's place: look at the plans, or plan again"
        case .planIsDiscarded: "the file was put away unsent: send it again"
        case .planIsApplied: "the plan is applied already"
        case .planIsNotApplied: "nothing was done by the plan yet"
        default: "the plan's year is over"
        }
    }

    private var ofDecisions: String {
        switch self {
        case .decisionIsMissing: "the ministry's decision is missing: its number and its day"
        case .decisionDayIsOutside(let day, let first):
            "the day of a decision is neither to come nor before \(first): \(day)"
        default: "a decision's number has 1 to \(DecisionNumber.limit) letters, all to be seen"
        }
    }

    private var ofCertificates: String {
        switch self {
        case .certificateIsNotGiven: "the appointment has ended before its time"
        case .certificateWordsAreMissing:
            "nothing says yet who appoints, and in which words: run `enroll load`"
        case .signingKeyIsMissing: "nothing can be signed here: see ops/runbooks/keys.md"
        default: "--since is after the key was made, and not after now"
        }
    }

    private var ofAccounts: String {
        switch self {
        case .accountIsNotDisabled: "the account is not disabled: nothing was done"
        case .passwordWasChanged: "the password was changed in this moment"
        case .secondFactorPageIsOld: "the page is of another session: open it again"
        case .secondFactorIsSetUp: "the account has a second factor already"
        case .noSecondFactor: "the account has no second factor: nothing was done"
        case .secondFactorIsRequired: "the account must have a second factor"
        case .accountAddressIsNone: "what the account is to sign in with is no mail address"
        case .accountAddressIsTaken: "there is another account of that address"
        case .accountOrganizationDoesNotFit:
            "an organization's account names its organization, others do not"
        default: ofAccountKeeping
        }
    }

    private var ofOrganizations: String {
        switch self {
        case .organizationHasChanged:
            "the organization has changed in this moment: look at it again"
        case .businessPlaceEndsTooEarly: "a business place lasts a day at least"
        default: "there is a business place of that path, or of that name beside it"
        }
    }

    private var ofAccountKeeping: String {
        switch self {
        case .accountIsOnesOwn: "nobody ends their own account"
        case .lastAdministrator: "nobody would be left who gives rights: give them to another first"
        case .accountHasChanged: "the account has changed in this moment: look at it again"
        case .accountCannotBeTakenOver:
            "the account that is to be taken over has ended, or is of another desk"
        case .invitationHasChanged:
            "the invitation was used, withdrawn or sent again meanwhile: look at it again"
        default: "nothing says yet for how long an invitation holds: run `enroll load`"
        }
    }

    private static func isKnown(_ email: String, _ role: Role) -> String {
        "there is an account of that address (\(role.rawValue)): use "
            + "`enroll account change \(email)` for another role, organization, name or password"
    }

    private static func isDisabled(_ email: String) -> String {
        "there is a disabled account of that address: use `enroll account enable \(email)`, and "
            + "`enroll account change \(email)` for another role or organization"
    }
}

extension Conflict {
    /// Of 重複の確認 and 人をまとめる.
    fileprivate var ofWhoIsWho: String {
        switch self {
        case .identityRulesAreMissing: "nothing says yet who is who: run `enroll load`"
        case .doubtHasChanged: "either side says something else since it was looked at"
        case .isOnePersonAlready: "both numbers are one person's already"
        case .survivorHasNoNumber:
            "the one who stays has no 委員番号 and the other has: say them the other way round"
        case .survivorWasMerged: "who stays was merged with another since: take that back first"
        case .peopleHaveChanged: "something of the two has changed since: plan again"
        default: "more has come of the answer than can be taken back: see the two people"
        }
    }
}

extension Conflict {
    /// Of what two look at.
    fileprivate var ofSecondOfficers: String {
        switch self {
        case .anotherOfficerConfirms: "another officer than whoever asked for it says that"
        case .confirmationHasChanged:
            "something else is asked for than was looked at: see `enroll plans list`"
        default: "another officer has not confirmed it yet"
        }
    }
}

extension Conflict {
    /// Of what is taken back, and of what somebody did in the moment of a plan.
    fileprivate var ofUndo: String {
        switch self {
        case .undoRulesAreMissing:
            "nothing says yet for how long a file is taken back: run `enroll load`"
        case .undoIsOver(let last): "it could be taken back until \(last)"
        case .nothingToUndo:
            "nothing was done by it, or nothing of it is left that could be taken back"
        case .saidNoMeanwhile: "somebody said no in this moment: plan again"
        case .appliedMeanwhile: "somebody applied in this moment: plan again"
        case .appointedMeanwhile: "somebody was appointed in this moment: plan again"
        case .takenBackForAnotherReason:
            "it is taken back already for another reason, which is the one that people are told; "
                + "yours is kept nowhere: see the plan's page"
        default: "nothing was done by this plan that is taken back as a whole"
        }
    }
}
