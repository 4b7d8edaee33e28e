internal import JapaneseText

extension ApplicationCheck {
    /// The days on which the required videos were watched; nil when one of them cannot be read.
    mutating func viewings(_ ground: Ground?) -> [Viewing]? {
        let needed = neededVideos(ground)
        var viewings: [Viewing] = []
        for video in needed {
            let field = ApplicationField.viewedOn(slot: video.slot)
            if let day = viewedOn(field, video) {
                viewings.append(Viewing(slot: video.slot, viewedOn: day))
            }
        }
        return viewings.count == needed.count ? viewings : nil
    }

    private func neededVideos(_ ground: Ground?) -> [Video] {
        if let ground { return rules.videos(for: ground.kind, ground.category) }
        let kind = Kind(rawValue: cleaned(.kind)) ?? .promoter
        return rules.videos(forAny: kind)
    }

    private mutating func viewedOn(_ field: ApplicationField, _ video: Video) -> Day? {
        let typed = cleaned(field)
        guard !typed.isEmpty else {
            problems.add(.e171, field, [.video: video.title])
            return nil
        }
        switch DayReading.read(typed) {
        case .unreadable: problems.add(.e175, field, [.value: typed])
        case .notInCalendar: problems.add(.e172, field, [.value: typed])
        case .day(let day) where day > today: problems.add(.e173, field, [.value: typed])
        case .day(let day) where day < video.viewValidFrom:
            problems.add(.e174, field, [.day: video.viewValidFrom.description])
        case .day(let day): return day
        }
        return nil
    }

    mutating func choices() -> Choices? {
        let wantsBadge = badgeChoice()
        switch door {
        case .form:
            if !Ticks.isYes(cleaned(.consentTerms)) { problems.add(.e191, .consentTerms) }
            if !Ticks.isYes(cleaned(.consentPrivacy)) { problems.add(.e192, .consentPrivacy) }
        case .groupFile:
            if !Ticks.isYes(cleaned(.consent)) { problems.add(.e222, .consent) }
        }
        return Choices(
            wantsBadge: wantsBadge, wantsNews: isYes(.newsOptIn), allowsReuse: isYes(.reuseOptIn),
            allowsSharing: isYes(.consentShare), allowsPublishing: isYes(.consentPublic))
    }

    private func isYes(_ field: ApplicationField) -> Bool { Ticks.isYes(cleaned(field)) }

    private mutating func badgeChoice() -> Bool {
        let answer = cleaned(.badgeOptIn)
        if Ticks.isYes(answer) { return true }
        if case .form = door, !Ticks.isNo(answer) { problems.add(.e181, .badgeOptIn) }
        return false
    }
}
