internal import JapaneseText

extension Viewing {
    /// Reads the days on which some videos of a year were watched, and names every problem; one
    /// without a day is left out.
    public static func check(
        _ draft: ApplicationDraft, of videos: [Video], on today: Day, under rules: FiscalYearRules
    ) -> Checked<[Viewing]> {
        var check = ApplicationCheck(draft: draft, today: today, rules: rules, door: .form)
        let viewings = check.told(videos)
        if check.problems.stop { return .rejected(check.problems.inOrder) }
        return .accepted(viewings, notices: check.problems.inOrder)
    }
}

extension ApplicationCheck {
    /// The days on which the required videos were watched, and the others of which a day is given;
    /// nil when one of them is missing or cannot be read.
    mutating func viewings(_ eligibility: Eligibility?) -> [Viewing]? {
        if case .correction(let frozen?) = door, let days = frozen.viewings { return days }
        let needed = neededVideos(eligibility)
        let asked = (rules.videos + earlyVideos).filter {
            needed.contains($0) || !cleaned(.viewedOn(slot: $0.slot)).isEmpty
        }
        let viewings = all(asked)
        return viewings.count == asked.count ? viewings : nil
    }

    /// Those of which a day is given.
    fileprivate mutating func told(_ videos: [Video]) -> [Viewing] {
        let told = videos.filter { !cleaned(.viewedOn(slot: $0.slot)).isEmpty }
        return all(told)
    }

    private mutating func all(_ videos: [Video]) -> [Viewing] {
        var viewings: [Viewing] = []
        for video in videos {
            if let viewing = viewing(video) { viewings.append(viewing) }
        }
        return viewings
    }

    private mutating func viewing(_ video: Video) -> Viewing? {
        viewedOn(.viewedOn(slot: video.slot), video).map {
            Viewing(slot: video.slot, viewedOn: $0, isEarly: !rules.videos.contains(video))
        }
    }

    /// Only an organization tells them with its people; whoever applied alone does on the own page.
    private var earlyVideos: [Video] {
        if case .groupFile = door { rules.early } else { [] }
    }

    private func neededVideos(_ eligibility: Eligibility?) -> [Video] {
        if let eligibility { return rules.videos(for: eligibility.kind, eligibility.category) }
        let kind = Kind(rawValue: cleaned(.kind)) ?? .promoter
        return rules.videos(forAny: kind)
    }

    private mutating func viewedOn(_ field: ApplicationField, _ video: Video) -> Day? {
        let typed = cleaned(field)
        guard !typed.isEmpty else {
            problems.add(.viewingMissing, field, [.video: video.title])
            return nil
        }
        switch TypedDay.read(typed) {
        case .unreadable: problems.add(.viewingUnreadable, field, [.value: typed])
        case .notInCalendar: problems.add(.viewingNotInCalendar, field, [.value: typed])
        case .day(let day) where day > today: problems.add(.viewingInFuture, field, [.value: typed])
        case .day(let day) where day < video.viewValidFrom:
            problems.add(.viewingTooEarly, field, [.day: video.viewValidFrom.description])
        case .day(let day): return day
        }
        return nil
    }

    mutating func choices() -> Choices? {
        let wantsBadge = badgeChoice()
        switch door {
        case .form:
            if !isYes(.consentTerms) { problems.add(.termsNotAccepted, .consentTerms) }
            if !isYes(.consentPrivacy) { problems.add(.privacyNotAccepted, .consentPrivacy) }
        case .groupFile:
            if !isYes(.consent) { problems.add(.consentMissing, .consent) }
        case .correction: break
        }
        return Choices(
            wantsBadge: wantsBadge,
            hasSaidOfBadge: Ticks.read(cleaned(.badgeOptIn), of: .badgeOptIn) != .none,
            wantsNews: isYes(.newsOptIn), reuse: reuseAnswer, allowsSharing: isYes(.consentShare),
            allowsPublishing: isYes(.consentPublic))
    }

    private func isYes(_ field: ApplicationField) -> Bool {
        Ticks.read(cleaned(field), of: field) == .yes
    }

    /// Only the form asks, and who leaves it open has not answered.
    private var reuseAnswer: ReuseAnswer {
        guard case .form = door else { return .notAsked }
        switch Ticks.read(cleaned(.reuseOptIn), of: .reuseOptIn) {
        case .yes: return .yes
        case .no: return .no
        case .none, .unclear: return .notAsked
        }
    }

    /// A form must be answered; in a file nothing means no, and what cannot be read is told,
    /// because a wish must not become a no that nobody has said.
    private mutating func badgeChoice() -> Bool {
        switch (Ticks.read(cleaned(.badgeOptIn), of: .badgeOptIn), door) {
        case (.yes, .groupFile) where draft.has(.email) && cleaned(.email).isEmpty:
            problems.add(.badgeWithoutEmail, .badgeOptIn)
            return true
        case (.yes, _): return true
        case (.no, _), (.none, .groupFile): return false
        case (_, .form), (_, .correction): problems.add(.badgeChoiceMissing, .badgeOptIn)
        case (.unclear, .groupFile):
            problems.add(.answerUnreadable, .badgeOptIn, [.value: cleaned(.badgeOptIn)])
        }
        return false
    }
}
