import Enrollment
import Procedures
import Spreadsheet
import Store
import Words

/// Plays the year so far: every month files and forms come in, are approved and appointed.
struct SeedPlay {
    private let office: Office
    private let time: SeedTime
    private let tables: SeedTables
    private let end: Instant

    init(_ office: Office, _ time: SeedTime, _ tables: SeedTables, end: Instant) {
        self.office = office
        self.time = time
        self.tables = tables
        self.end = end
    }

    func play(_ count: Int) async throws {
        guard let rules = try await office.rules(of: office.year) else { return }
        let people = InventedPeople(tables, rules.gazetteer)
        let months = self.months
        let plan = SeedPlan(tables.organizations, people: count, months: months.count)
        time.move(to: months[0])
        try await openOrganizations()
        for (index, start) in months.enumerated() {
            let isLast = index == months.count - 1
            time.move(to: start)
            for file in plan.files where file.month == index {
                try await send(file, people)
            }
            let alone = plan.individuals[index].map { individual($0, people) }
            _ = try await office.submitInvented(alone)
            time.move(to: min(start.adding(seconds: 5 * 86_400), end))
            try await approve(leaving: isLast ? 12 : 0)
            time.move(to: min(start.adding(seconds: 10 * 86_400), end))
            try await appoint(index + 1)
            if index > 1 { try await resign(count / 1_000, of: index) }
        }
        time.move(to: end)
        try await SeedMaterials(office: office, people: people).play(tables.organizations)
        try await office.lookAtTables()
        try await report()
    }

    /// Ten in the morning of the fifth of each month so far, or today where that is to come.
    private var months: [Instant] {
        let today = end.day
        let first = FiscalYear(containing: today).firstDay
        var days: [Day] = []
        var day = first.adding(days: 4)
        while day <= today {
            days.append(day)
            day = nextMonth(day)
        }
        return days.isEmpty ? [end] : days.map { Instant(startOf: $0).adding(seconds: 36_000) }
    }

    private func nextMonth(_ day: Day) -> Day {
        let (year, month, date) = day.civil
        return Day(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: date) ?? day
    }

    private func openOrganizations() async throws {
        for organization in tables.organizations {
            guard let invented = organization.invented else { continue }
            try await office.openOrganization(
                NewOrganization(
                    code: organization.code, name: invented.name, kindCode: invented.kindCode,
                    groupCode: invented.groupCode),
                terms: OrganizationTerms(
                    category: invented.category, programmeID: invented.programmeID,
                    activityNote: "窓口や会場で、デジタル機器やサービスの利用を支援している。",
                    opensOn: office.year.firstDay, closesOn: nil), by: .demo)
        }
    }

    private func send(_ file: SeedPlan.File, _ people: InventedPeople) async throws {
        let drafts = file.people.map { people.draft($0, seen: office.today) }
        let coordinator = Coordinator(
            name: "見本 担当", phone: "0120000000", email: "agent@demo.example",
            evidence: .personal, attests: true)
        let upload = GroupUpload(
            name: "名簿.csv", bytes: SeedFile(drafts).bytes, coordinator: coordinator)
        let planned = try await office.planGroup(upload, of: file.organization, by: .demo)
        let isFit = planned.plan?.lines.allSatisfy { $0.outcome != .error } ?? false
        guard let number = planned.number, isFit else {
            throw Unfit(description: "the invented file of \(file.organization) has faults")
        }
        _ = try await office.applyGroup(number, by: .demo)
    }

    struct Unfit: CommandFault { let description: String }

    private func individual(_ number: Int, _ people: InventedPeople) -> ApplicationDraft {
        var draft = people.draft(number, seen: office.today)
        let isCaller = SeedPlan.isCaller(number)
        let category: EligibilityCategory = isCaller ? .communityCaller : .agencyApproved
        draft[.kind] = category.kind.rawValue
        draft[.category] = category.rawValue
        for question in TextQuestion.having(.ofWork)
        where question.isRequired(.agencyApproved, false) {
            draft[question.field] = question.field.example
        }
        draft[.consentTerms] = "yes"
        draft[.consentPrivacy] = "yes"
        return draft
    }

    private func approve(leaving rest: Int) async throws {
        var filter = QueueFilter(year: office.year)
        filter.limit = 100_000
        let waiting = try await office.reading.queue(filter).map(\.id)
        _ = try await office.approve(Array(waiting.dropLast(rest)), by: .demo)
    }

    private func appoint(_ number: Int) async throws {
        let plan = try await office.planAppointments(
            by: Decision(decidedOn: office.today, number: "見本第\(number)号"), by: .demo)
        _ = try await office.applyAppointments(plan.number, by: .demo)
    }

    /// A few of those who came first, others every month.
    private func resign(_ count: Int, of month: Int) async throws {
        var filter = QueueFilter(year: office.year)
        filter.states = [.appointed]
        filter.limit = 20 * count
        for (index, record) in try await office.reading.queue(filter).enumerated()
        where index % 20 == month % 20 {
            guard let held = try await office.reading.appointment(ofApplication: record.id),
                held.term.state(on: office.today) == .active
            else { continue }
            try await office.resign(application: record.id, by: .demo)
        }
    }

    /// Gross and net: who is named by two organizations counts once.
    private func report() async throws {
        let numbers = try await office.numbers(
            on: try await office.basis(asOf: office.today, known: .now))
        let year = office.year
        let organizations = numbers.organizations.filter { $0.key.year == year }.values
        let secondary = organizations.reduce(0) { $0 + $1.secondary }
        let totals = Kind.allCases.map { numbers.total(year, $0) }
        let net = totals.reduce(0) { $0 + $1.active }
        let ended = totals.reduce(0) { $0 + $1.ended }
        let waiting = try await office.reading.stateCounts(in: year)[.submitted] ?? 0
        say("団体計（兼任を含む） \(net + secondary) − 重複 \(secondary) = 実人数 \(net)")
        say("応募した人 \(net + ended + waiting) = 現任 \(net) + 辞任 \(ended) + 審査待ち \(waiting)")
    }
}

/// Drafts as an organization's file.
private struct SeedFile {
    let bytes: [UInt8]

    init(_ drafts: [ApplicationDraft]) {
        let columns: [(String, ApplicationField)] = [
            ("氏", .familyName), ("名", .givenName), ("氏（カナ）", .familyNameKana),
            ("名（カナ）", .givenNameKana), ("郵便番号", .postalCode), ("都道府県", .prefecture),
            ("市区町村", .city), ("町字以下", .street), ("メールアドレス", .email),
            ("視聴日（動画1）", .viewedOn(slot: 1)), ("視聴日（動画2）", .viewedOn(slot: 2)),
        ]
        var text = (columns.map(\.0) + ["本人同意", "オープンバッジ希望"]).joined(separator: ",") + "\r\n"
        for draft in drafts {
            let cells = columns.map { draft[$0.1] }
            let wish = draft[.badgeOptIn] == "no" ? "希望しない" : "希望する"
            text += (cells + ["同意する", wish]).joined(separator: ",") + "\r\n"
        }
        bytes = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    }
}
