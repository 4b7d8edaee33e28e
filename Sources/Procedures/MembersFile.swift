public import Enrollment
internal import EventLoop
internal import Spreadsheet
internal import Store
internal import Words

extension Office {
    /// 名簿のファイル. The people of a body as the page shows them, in the order of the page, for
    /// Excel: UTF-8 with a mark, and no cell that it would take for a formula. Who took them away is
    /// journalled before they are given.
    public func membersFile(of organizationID: Int, by actor: String) async throws -> [UInt8] {
        let file = try await membersFile(of: organizationID)
        try await write { writing in
            writing.record(
                [Event("download_members", on: "organization:\(organizationID)")],
                at: moment(actor))
        }
        return file
    }

    private func membersFile(of organizationID: Int) async throws -> [UInt8] {
        var file = CSVWriter.write([Self.memberHeadings], as: .template)
        var place = MembersPlace.first
        let today = today
        while true {
            let page = try await reading.members(
                of: organizationID, in: year, at: place, limit: 1_000)
            let members = page.members
            file += try await offLoop {
                CSVWriter.write(
                    members.map { Self.cells(of: $0, on: today) }, as: .continuation,
                    guardsFormulas: true)
            }
            guard page.hasLater, let last = members.last else { return file }
            place = .after(last.id)
        }
    }

    private static let memberHeadings = [
        "氏名", "読み", "応募区分", "部署・店舗名", "受付番号", "受け付けた日", "状態",
    ]

    private static func cells(of member: MemberRecord, on today: Day) -> [String] {
        [
            member.name, member.reading, member.kind.word, member.unit,
            member.shown?.receipt ?? MemberWords.notShown,
            member.shown?.receivedOn.description ?? MemberWords.notShown,
            member.shown?.standing(on: today).word ?? MemberWords.notShown,
        ]
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
