public import Enrollment
internal import EventLoop
internal import Spreadsheet
public import Store
internal import Words

extension Office {
    /// 名簿のファイル. The people of an organization as the page shows them, in the order of the page, for
    /// Excel: UTF-8 with a mark, and no cell that it would take for a formula. Whoever has left is
    /// among them, with the day. Who took them away is journalled before they are given.
    public func membersFile(
        of scope: OrganizationScope, by actor: Actor
    ) async throws -> [UInt8] {
        let sheet = try await memberSheet(of: scope)
        var file = CSVWriter.write([sheet.headings], as: .template)
        try await eachMember(of: scope, in: sheet) { rows in
            file += CSVWriter.write(rows, as: .continuation, guardsFormulas: true)
        }
        try await witness(
            .downloadMembers, on: "organization:\(scope.organizationID)", by: actor)
        return file
    }

    /// The same as a book: every cell is text, so that no zero is lost, and days are dates. Throws
    /// `WorkbookFault`.
    public func membersBook(
        of scope: OrganizationScope, by actor: Actor
    ) async throws -> [UInt8] {
        let sheet = try await memberSheet(of: scope)
        var rows: [[String]] = []
        try await eachMember(of: scope, in: sheet) { rows += $0 }
        let book = try await runBlocking { [rows] in try sheet.book(rows) }
        try await witness(
            .downloadMembers, on: "organization:\(scope.organizationID)", by: actor)
        return book
    }

    private func memberSheet(of scope: OrganizationScope) async throws -> MemberSheet {
        MemberSheet(
            videos: try await memberVideos(), today: today,
            hasPlaces: try await !reading.businessPlaces(of: scope.organizationID).isEmpty)
    }

    /// Whoever has not left, and then whoever has, by kana.
    private func eachMember(
        of scope: OrganizationScope, in sheet: MemberSheet, _ body: ([[String]]) -> Void
    ) async throws {
        for list in [MemberList.present, .left] {
            var place: MembersPlace? = .first
            while let next = place {
                let page = try await reading.members(
                    of: scope, in: year, list, at: next, limit: 1_000)
                let days = try await reading.viewingDays(
                    of: page.members.compactMap(\.shown), sentBy: scope.organizationID)
                let members = page.members
                body(
                    try await runBlocking {
                        members.map { sheet.cells(of: $0, days[$0.id] ?? [:]) }
                    })
                place = page.hasLater ? members.last.map { .after($0.id) } : nil
            }
        }
    }

    /// The videos whose days an organization's roster shows: this year's, and what the next one
    /// requires besides.
    public func memberVideos() async throws -> [MemberVideo] {
        guard let rules = try await rules(of: year) else { return [] }
        func shown(_ videos: [Video], _ year: FiscalYear) -> [MemberVideo] {
            videos.map { video in
                MemberVideo(
                    video: VideoOfYear(year: year, slot: video.slot),
                    heading: ApplicationField.viewedOn(slot: video.slot).heading)
            }
        }
        return shown(rules.videos, rules.year) + shown(rules.early, rules.year.next)
    }
}

/// A video as a column of an organization's roster.
public struct MemberVideo: Sendable {
    public let video: VideoOfYear
    /// The heading of the same column in the organization's file.
    public let heading: String
}

/// An organization's roster as a table.
private struct MemberSheet: Sendable {
    let videos: [MemberVideo]
    let today: Day
    let questions: [ApplicationField]

    init(videos: [MemberVideo], today: Day, hasPlaces: Bool) {
        self.videos = videos
        self.today = today
        questions =
            (hasPlaces ? [.businessPlace] : []) + TextQuestion.having(.onRoster).map(\.field)
    }

    var headings: [String] {
        ["氏名", "読み", "応募区分"] + questions.map(\.heading)
            + [
                "受付番号", "受け付けた日", MemberWords.confirmedHeading, MemberWords.reachHeading,
                MemberWords.watchedHeading, MemberWords.leftOnHeading,
                MemberWords.leftBecauseHeading,
            ] + videos.map(\.heading) + ["状態"]
    }

    func cells(of member: MemberRecord, _ days: [VideoOfYear: Day]) -> [String] {
        let known = [member.shown?.receipt, member.shown?.receivedOn.description]
        let told = (questions.map { member.text($0) } + known).map { $0 ?? MemberWords.notShown }
        return [member.name, member.kana, member.kind.word] + told
            + [
                MemberWords.done(member.isConfirmed), member.reach?.word ?? MemberWords.notShown,
                MemberWords.done(member.hasWatched),
                member.leaving?.lastDay.description ?? "", member.leaving?.reason.word ?? "",
            ] + videos.map { days[$0.video]?.description ?? "" }
            + [member.shown?.status(on: today).word ?? MemberWords.notShown]
    }

    func book(_ rows: [[String]]) throws -> [UInt8] {
        var writer = WorkbookWriter()
        let days = Set(
            ["受け付けた日", MemberWords.leftOnHeading] + videos.map(\.heading))
        let columns = headings.map {
            ColumnFormat(heading: $0, content: days.contains($0) ? .day : .text)
        }
        try writer.beginSheet(MemberWords.sheet, columns)
        var bytes: [UInt8] = []
        for row in rows {
            try writer.beginRow()
            for (column, cell) in zip(columns, row) {
                if cell.isEmpty {
                    writer.blank()
                } else if column.content == .day, let day = Day(cell) {
                    writer.day(serial: day.spreadsheetSerial)
                } else {
                    writer.text(cell)
                }
            }
            try writer.endRow()
            bytes += writer.drain()
        }
        try writer.finish()
        return bytes + writer.drain()
    }
}

extension CSVFormat {
    /// What is added to a file that begins as `template`.
    fileprivate static var continuation: CSVFormat {
        var format = CSVFormat.template
        format.hasByteOrderMark = false
        return format
    }
}
