import Enrollment
import Testing

/// 資材: what was typed, what lacks, and how far a request may go.
@Suite struct MaterialTests {
    private static func draft(
        _ change: (inout MaterialDraft) -> Void = { _ in }
    ) -> MaterialDraft {
        var draft = MaterialDraft()
        draft[.nametags] = "３"
        draft[.postalCode] = "102-0094"
        draft[.prefecture] = "東京都"
        draft[.city] = "千代田区"
        draft[.street] = "紀尾井町１－３"
        draft[.addressee] = " 総務課 "
        draft[.phone] = "03-1234-5678"
        change(&draft)
        return draft
    }

    private static func check(
        _ draft: MaterialDraft, of places: Set<String>? = nil
    ) -> (order: MaterialOrder?, problems: [MaterialProblem]) {
        draft.check(on: Sample.today, under: Sample.rules, of: places)
    }

    @Test func whatIsFitIsReadAsItIsMeant() throws {
        let order = try #require(Self.check(Self.draft()).order)
        #expect(order.counts == MaterialCounts(nametags: 3))
        #expect(order.address.place.postalCode == "1020094")
        #expect(order.address.place.street == "紀尾井町1-3")
        #expect(order.address.addressee == "総務課" && order.address.phone == "0312345678")
    }

    @Test func everyProblemIsNamedAtOnce() {
        let (order, problems) = Self.check(MaterialDraft(), of: ["east"])
        #expect(order == nil)
        let fields = Set(problems.map(\.field))
        #expect(
            fields == [
                .place, .stickers, .postalCode, .prefecture, .city, .street, .addressee,
            ])
        #expect(problems.contains(.placeUnknown) && problems.contains(.nothingAsked))
        #expect(problems.contains(.addresseeMissing))
    }

    @Test(arguments: ["-1", "10000", "1.5", "一", "12枚", "99999999999999999999"])
    func aCountIsAWholeNumberUpTo9999(typed: String) {
        for kind in MaterialKind.allCases {
            let (order, problems) = Self.check(
                Self.draft { $0[MaterialField(of: kind)] = typed })
            #expect(order == nil && problems == [.countOutOfRange(kind)])
        }
    }

    @Test func theLargestCountIsFitAndABlankOneIsNone() throws {
        let order = try #require(
            Self.check(
                Self.draft {
                    $0[.stickers] = "9999"
                    $0[.nametags] = " "
                }
            ).order)
        #expect(order.counts == MaterialCounts(stickers: 9_999))
    }

    @Test func anAddresseeIsShortAndPlain() {
        let long = Self.check(
            Self.draft { $0[.addressee] = String(repeating: "あ", count: 101) })
        #expect(long.problems == [.addresseeTooLong(101)])
        let picture = Self.check(Self.draft { $0[.addressee] = "総務課🎉" })
        #expect(picture.problems == [.addresseeCharacter("🎉")])
    }

    @Test func onlyAPlaceThatIsLookedAfterMayBeMeant() {
        let east = Self.draft { $0[.place] = "east" }
        #expect(Self.check(east, of: ["east"]).order != nil)
        #expect(Self.check(east, of: ["", "west"]).problems == [.placeUnknown])
        #expect(Self.check(Self.draft(), of: ["east"]).problems == [.placeUnknown])
    }

    @Test func onlyWhatIsMissingIsLacking() {
        func lacking(_ people: Int, _ asked: MaterialCounts) -> MaterialCounts {
            .lacking(people: people, asked: asked)
        }
        #expect(
            lacking(3, MaterialCounts())
                == MaterialCounts(stickers: 1, nametags: 3, materials: 1))
        #expect(
            lacking(5, MaterialCounts(stickers: 1, nametags: 3, materials: 1))
                == MaterialCounts(nametags: 2))
        #expect(lacking(2, MaterialCounts(stickers: 2, nametags: 9, materials: 1)).isNothing)
        #expect(lacking(0, MaterialCounts()).isNothing)
        #expect(lacking(20_000, MaterialCounts()).nametags == 9_999)
    }

    /// What is sent is not changed by its organization, and every act of the office has a way back.
    @Test func aRequestGoesOnlyTheWaysThatThereAre() {
        let ways = MaterialAct.allCases.flatMap { act in
            MaterialState.allCases.compactMap { state in
                act.state(after: state).map { "\(act.rawValue) \(state)-\($0)" }
            }
        }
        #expect(
            ways == [
                "correct waiting-waiting", "correct returned-waiting",
                "withdraw waiting-withdrawn", "withdraw returned-withdrawn",
                "resume withdrawn-waiting", "send waiting-sent", "take_back_sending sent-waiting",
                "mark_returned sent-returned", "take_back_return returned-sent",
                "send_again returned-waiting",
            ])
        for act in MaterialAct.ofOrganization { #expect(act.state(after: .sent) == nil) }
    }
}
