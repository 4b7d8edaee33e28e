/// What a letter is about. The table knows the same words: a test compares them.
public enum LetterKind: String, CaseIterable, Sendable {
    case code, receipt
    case alreadyReceived = "already_received"
    case appointment, resignation, rejection, withdrawal, expired
    case groupApplied = "group_applied"
    case notRenewed = "not_renewed"
    case jobFailed = "job_failed"
    case signInWarning = "sign_in_warning"
    case alarm, correction
    case correctionRefused = "correction_refused"
    case mailChanged = "mail_changed"
    /// What somebody's address has applied for, where the receipt was lost.
    case receipts
    case dismissal, resumption
    case reopening, cancellation
    /// An organization says otherwise than its owner.
    case proposal
    /// An application that was led into another is looked at by itself after all.
    case parting
    case passwordChanged = "password_changed"
    case peopleMerged = "people_merged"
    case peopleSeparated = "people_separated"
    /// An application is none any more, because the file that brought it was taken back.
    case takenBack = "taken_back"
    case groupUndone = "group_undone"
    /// A further organization has listed somebody; they do not wish it, to whoever sent the file.
    case listed
    case listingRefused = "listing_refused"
    /// 補正: an application was sent back; the day is near; it is not sent back after all.
    case amendment
    case amendmentReminder = "amendment_reminder"
    case amendmentTakenBack = "amendment_taken_back"
    /// An organization says that somebody has left it, and that they have not after all.
    case affiliationEnded = "affiliation_ended"
    case affiliationResumed = "affiliation_resumed"
    /// Set up, taken away, reset; recovery codes; wrong codes.
    case secondFactor = "second_factor"
    /// The link by which somebody gets an account.
    case invitation
    /// Disabled, enabled, other rights, handed over.
    case accountChanged = "account_changed"
}

/// How far a letter is on its way.
public enum LetterState: String, CaseIterable, Sendable {
    case waiting, delivered
    /// Its recipient will never take it.
    case failed
    /// Of somebody invented: written for the record, sent to nobody.
    case suppressed
}
