public import Enrollment
public import Store
internal import Words

/// What an application says, as answers of the form.
extension ApplicationDraft {
    /// What may be kept of an application that was not approved: the answers, as far as the lists
    /// of the year still have them. What somebody agrees to is asked anew.
    public init(
        again record: ApplicationRecord, _ viewings: [ViewingRecord], _ rules: FiscalYearRules
    ) {
        self.init()
        let answers: [(ApplicationField, String)] = [
            (.kind, record.kind.rawValue), (.category, record.category.rawValue),
            (.postalCode, PostalCodeWords.word(record.postalCode)),
            (.prefecture, record.prefecture),
            (.city, record.city),
            (.badgeOptIn, record.wantsBadge ? "yes" : "no"),
            // Lost, a no would become a renewal that somebody has refused.
            (.reuseOptIn, record.reuse == .notAsked ? "" : record.reuse.rawValue),
        ]
        for (field, text) in answers + record.texts.all { self[field] = text }
        keepLists(record, rules)
        keepTicks(record)
        for seen in viewings where seen.year == record.year {
            let video = rules.videos.first { $0.slot == seen.slot }
            guard let video, seen.viewedOn >= video.viewValidFrom else { continue }
            self[.viewedOn(slot: seen.slot)] = seen.viewedOn.description
        }
    }

    /// Everything, with what was agreed to: to be corrected.
    init(
        held record: ApplicationRecord, _ viewings: [ViewingRecord], _ rules: FiscalYearRules
    ) {
        self.init(again: record, viewings, rules)
        self[.programme] = record.programmeID ?? ""
        let code = record.organizationID.flatMap { rules.organization(id: $0)?.code }
        self[.organization] = code ?? ""
        self[.consentShare] = record.allowsSharing ? "yes" : ""
        self[.consentPublic] = record.allowsPublishing ? "yes" : ""
        self[.newsOptIn] = record.wantsNews ? "yes" : ""
        if self[.singleName] != "yes" { self[.singleName] = "" }
        if self[.noKana] != "yes" { self[.noKana] = "" }
    }

    /// The same of an application before it is kept: two that are kept alike have the same answers.
    init(kept application: Application, _ rules: FiscalYearRules) {
        self.init()
        let (name, place, choices) = (application.name, application.address, application.choices)
        let places = rules.gazetteer
        let organization = application.organizationID.flatMap { rules.organization(id: $0) }
        let city = places.municipalities.first { $0.code == place.municipalityCode }?.name ?? ""
        let prefecture = places.prefectures.first { $0.code == place.prefectureCode }?.name ?? ""
        let answers: [(ApplicationField, String)] = [
            (.kind, application.kind.rawValue), (.category, application.category.rawValue),
            (.programme, application.programmeID ?? ""), (.organization, organization?.code ?? ""),
            (.familyName, name.family), (.givenName, name.given),
            (.familyNameKana, name.familyKana), (.givenNameKana, name.givenKana),
            (.singleName, name.isSingle ? "yes" : ""), (.noKana, name.hasNoKana ? "yes" : ""),
            (.postalCode, PostalCodeWords.word(place.postalCode)),
            (.prefecture, prefecture), (.city, city + place.ward), (.street, place.street),
            (.phone, application.phone), (.email, application.email),
            (.badgeOptIn, choices.wantsBadge ? "yes" : "no"),
            (.consentShare, choices.allowsSharing ? "yes" : ""),
            (.consentPublic, choices.allowsPublishing ? "yes" : ""),
            (.newsOptIn, choices.wantsNews ? "yes" : ""),
        ]
        for (field, text) in answers + application.texts.all { self[field] = text }
        for viewing in application.viewings where !viewing.isEarly {
            self[.viewedOn(slot: viewing.slot)] = viewing.viewedOn.description
        }
    }

    private mutating func keepLists(_ record: ApplicationRecord, _ rules: FiscalYearRules) {
        let programme = rules.programmes.first {
            $0.category == record.category && $0.name == record.programmeName
        }
        let organization = rules.organizations.first {
            $0.id == record.organizationID && $0.category == .listedOrganization
        }
        self[.programme] = programme?.id ?? ""
        self[.organization] = organization?.code ?? ""
    }

    private mutating func keepTicks(_ record: ApplicationRecord) {
        if record.texts[.familyName].isEmpty || record.texts[.givenName].isEmpty {
            self[.singleName] = "yes"
        }
        if record.kana.isEmpty { self[.noKana] = "yes" }
    }
}
