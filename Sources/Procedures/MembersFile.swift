public import Enrollment
internal import EventLoop
internal import Spreadsheet
public import Store
internal import Words

extension Office {
    /// 名簿のファイル. The people of an organization as the page shows them, in the order of the page, for
    /// Excel: UTF-8 with a mark, and no cell that it would take for a formula. Who took them away
    /// is journalled before they are given.
    public func membersFile(
        of scope: OrganizationScope, by actor: Actor
    ) async throws -> [UInt8] {
        let file = try await membersFile(of: scope)
        try await witness(
            .downloadMembers, on: "organization:\(scope.organizationID)", by: actor)
        return file
    }

    private func membersFile(of scope: OrganizationScope) async throws -> [UInt8] {
        let videos = try await memberVideos()
        let hasPlaces = try await !reading.businessPlaces(of: scope.organizationID).isEmpty
        let questions = (hasPlaces ? [.businessPlace] : []) + Self.memberQuestions
        let headings = Self.memberHeadings(questions) + videos.map(\.heading) + ["状態"]
        var file = CSVWriter.write([headings], as: .template)
        var place = MembersPlace.first
        let today = today
        while true {
            let page = try await reading.members(
                of: scope, in: year, at: place, limit: 1_000)
            let members = page.members
            let days = try await reading.viewingDays(
                of: members.compactMap(\.shown), sentBy: scope.organizationID)
            file += try await runBlocking {
                CSVWriter.write(
                    members.map { member in
                        let seen = videos.map {
                            days[member.id]?[$0.video]?.description ?? ""
                        }
                        let state = member.shown?.status(on: today).word
                        return Self.cells(of: member, questions) + seen + [
                            state ?? MemberWords.notShown
                        ]
                    }, as: .continuation,
                    guardsFormulas: true)
            }
            guard page.hasLater, let last = members.last else { return file }
            place = .after(last.id)
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

    private static let memberQuestions = TextQuestion.having(.onRoster).map(\.field)

    private static func memberHeadings(_ questions: [ApplicationField]) -> [String] {
        ["氏名", "読み", "応募区分"] + questions.map(\.heading) + ["受付番号", "受け付けた日"]
    }

    private static func cells(
        of member: MemberRecord, _ questions: [ApplicationField]
    ) -> [String] {
        let texts = questions.map { member.text($0) }
        return [member.name, member.kana, member.kind.word]
            + (texts + [member.shown?.receipt, member.shown?.receivedOn.description]).map {
                $0 ?? MemberWords.notShown
            }
    }
}

/// A video as a column of an organization's roster.
public struct MemberVideo: Sendable {
    public let video: VideoOfYear
    /// The heading of the same column in the organization's file.
    public let heading: String
}

extension CSVFormat {
    /// What is added to a file that begins as `template`.
    fileprivate static var continuation: CSVFormat {
        var format = CSVFormat.template
        format.hasByteOrderMark = false
        return format
    }
}
