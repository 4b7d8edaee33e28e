import Enrollment
import Postgres
import Procedures
import Store
import TestSupport
import Testing

/// 資材の表: many 事業所 at once, and only the difference the next time (scenario 15).
@Suite struct MaterialFileTests {
    private static let clerk = Actor.operator("clerk")

    private static func scope(_ desk: isolated OfficeDesk) async throws -> OrganizationScope {
        let body = try await desk.office.currentRules().organization(code: "demo-hospital")
        return OrganizationScope(try #require(body).id)
    }

    /// So many shops, each with so many people of its own.
    private static func open(_ shops: Range<Int>, _ desk: isolated OfficeDesk) async throws {
        for shop in shops {
            try await desk.office.addBusinessPlace(
                try #require(BusinessPlacePath("shop-\(shop)")),
                named: BusinessPlaceName("店\(shop)")!,
                of: "demo-hospital", by: clerk)
        }
    }

    private static func send(
        _ people: [(number: Int, shop: Int)], _ desk: isolated OfficeDesk
    ) async throws {
        let shops = Dictionary(uniqueKeysWithValues: people.map { (String($0.number), $0.shop) })
        let bytes = Invented.groupFile(people.map(\.number)) { row in
            row.append("店\(shops[row[0]] ?? 0)")
        }
        let text = String(decoding: bytes, as: UTF8.self)
            .replacing("部署・店舗名\r\n", with: "部署・店舗名,事業所\r\n")
        let coordinator = Coordinator(
            name: "担当", phone: "", email: "", evidence: .personal, attests: true)
        let plan = try await desk.office.planGroup(
            GroupUpload(name: "名簿.csv", bytes: Array(text.utf8), coordinator: coordinator),
            of: try await scope(desk), by: clerk)
        _ = try await desk.office.applyGroup(try #require(plan.number), by: clerk)
    }

    /// The table with an address in each row that has none.
    private static func filled(_ desk: isolated OfficeDesk) async throws -> String {
        let bytes = try await desk.office.materialTableFile(of: try await scope(desk))
        let text = String(decoding: bytes, as: UTF8.self)
        return text.replacing(",,,,,,,\r\n", with: ",1020094,東京都,千代田区,紀尾井町1-3,,店長,\r\n")
    }

    private static func plan(
        _ text: String, _ desk: isolated OfficeDesk
    ) async throws -> MaterialFilePlan {
        try await desk.office.planMaterials(Array(text.utf8), within: try await scope(desk))
    }

    private static func ask(
        _ plan: MaterialFilePlan, _ key: String, _ desk: isolated OfficeDesk
    ) async throws -> Int {
        let (count, unfit) = try await desk.office.askMaterials(
            plan.kept, MaterialFileForm(onceKey: key, fileNumber: nil),
            within: try await scope(desk), by: clerk)
        #expect(unfit == nil)
        return count
    }

    @Test func theSecondTimeOnlyTheDifferenceIsAskedFor() async throws {
        try await withOffice { desk in
            try await Self.open(1..<5, desk)
            try await Self.send((1...8).map { ($0, ($0 - 1) / 2 + 1) }, desk)
            let first = try await Self.plan(try await Self.filled(desk), desk)
            #expect(first.isFit && first.lines.count == 4)
            #expect(
                first.counts == MaterialCounts(stickers: 4, nametags: 8, materials: 4))
            #expect(try await Self.ask(first, "first", desk) == 4)
            // Pressed twice, it asks once.
            _ = try await Self.ask(first, "first", desk)
            let asked = try await desk.office.reading.materials(
                MaterialFilter())
            #expect(asked.map(\.placeName) == ["店1", "店2", "店3", "店4"])
            // Two new shops with two people each, and two new people in an old one.
            try await desk.move(by: 86_400)
            try await Self.open(5..<7, desk)
            try await Self.send(
                [(9, 5), (10, 5), (11, 6), (12, 6), (13, 1), (14, 1)], desk)
            let second = try await Self.plan(try await Self.filled(desk), desk)
            #expect(second.isFit && second.lines.count == 3)
            #expect(
                second.counts == MaterialCounts(stickers: 2, nametags: 6, materials: 2))
            // To where the old shop had its parcel.
            #expect(second.lines[0].order?.address == asked[0].order.address)
        }
    }

    @Test func aBookIsReadAsItsTableIs() async throws {
        try await withOffice { desk in
            try await Self.open(1..<3, desk)
            try await Self.send([(1, 1), (2, 2)], desk)
            let scope = try await Self.scope(desk)
            let first = try await Self.plan(try await Self.filled(desk), desk)
            _ = try await Self.ask(first, "k", desk)
            try await Self.send([(3, 1)], desk)
            let book = try await desk.office.materialTableBook(of: scope)
            let plan = try await desk.office.planMaterials(book, within: scope)
            #expect(plan.isFit && plan.counts == MaterialCounts(nametags: 1))
            #expect(plan.lines[0].order?.address.place.postalCode == "1020094")
        }
    }

    @Test func oneWrongRowAsksForNothingAndEveryProblemIsNamed() async throws {
        try await withOffice { desk in
            try await Self.open(1..<3, desk)
            try await Self.send([(1, 1), (2, 2)], desk)
            let text = try await Self.filled(desk)
                .replacing("shop-2,店2,1,0,0,0,1,1,1,1020094", with: "shop-2,店2,1,0,0,0,1,二,1,10200")
            let plan = try await Self.plan(text, desk)
            #expect(!plan.isFit && plan.lines.map(\.row) == [2, 3])
            #expect(plan.lines[0].problems.allSatisfy { !$0.stops })
            let stops = plan.lines[1].problems.filter(\.stops).map(\.field)
            #expect(Set(stops) == [.nametags, .postalCode])
            let (count, unfit) = try await desk.office.askMaterials(
                plan.kept, MaterialFileForm(onceKey: "k", fileNumber: nil),
                within: try await Self.scope(desk), by: Self.clerk)
            #expect(count == 0 && unfit != nil)
            let all = try await desk.office.reading.materials(
                MaterialFilter())
            #expect(all.isEmpty)
        }
    }

    @Test func codeAndNameOfARowAreOfOnePlaceAndOfOneRow() async throws {
        try await withOffice { desk in
            try await Self.open(1..<3, desk)
            try await Self.send([(1, 1), (2, 2)], desk)
            let text = try await Self.filled(desk)
            let other = try await Self.plan(text.replacing("shop-2,店2", with: "shop-2,店1"), desk)
            #expect(!other.isFit && other.lines[0].placeProblems.isEmpty)
            #expect(other.lines[1].placeProblems == [.disagrees(called: "店2", typed: "店1")])
            let twice = try await Self.plan(text.replacing("shop-2,店2", with: ",店1"), desk)
            #expect(!twice.isFit && twice.lines[1].placeProblems == [.isTwice(row: 2)])
            let plan = try await Self.plan(text, desk)
            #expect(plan.isFit && plan.lines.map(\.placeName) == ["店1", "店2"])
        }
    }

    @Test func whatWaitsAlreadyIsToldBesideItsRow() async throws {
        try await withOffice { desk in
            try await Self.open(1..<3, desk)
            try await Self.send([(1, 1), (2, 2)], desk)
            let text = try await Self.filled(desk)
            let plan = try await Self.plan(text, desk)
            #expect(plan.counts.nametags == 2 && plan.lines.flatMap { $0.waiting }.isEmpty)
            _ = try await Self.ask(plan, "one", desk)
            let again = try await Self.plan(text, desk)
            #expect(again.isFit)
            #expect(again.lines.map { $0.waiting.map(\.placeName) } == [["店1"], ["店2"]])
            // Of what was seen before the first one asked, nothing is asked; pressed again it is
            // the same.
            for (key, isOvertaken) in [("two", true), ("one", false)] {
                let form = MaterialFileForm(
                    onceKey: key, fileNumber: nil, waitingMark: plan.waitingMark)
                let (_, changed) = try await desk.office.askMaterials(
                    plan.kept, form, within: try await Self.scope(desk), by: Self.clerk)
                #expect((changed != nil) == isOvertaken)
            }
            #expect(try await desk.office.reading.materials(MaterialFilter()).count == 2)
        }
    }

    @Test func aFileThatIsNoneOfOursIsToldWhy() async throws {
        try await withOffice { desk in
            for text in ["氏名,住所\r\n山田,東京都\r\n", "ステッカー枚数,名札枚数,資料部数\r\n1,1,1\r\n"] {
                await #expect(throws: MaterialFileFault.self) { try await Self.plan(text, desk) }
            }
            let empty = try await Self.filled(desk)
            await #expect(throws: MaterialFileFault.self) { try await Self.plan(empty, desk) }
            await #expect(throws: Refusal.notFound) {
                try await desk.office.askMaterials(
                    "W10", MaterialFileForm(onceKey: "k", fileNumber: nil),
                    within: try await Self.scope(desk), by: Self.clerk)
            }
        }
    }
}
