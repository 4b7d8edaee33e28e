import Enrollment
import Testing

@Suite struct BusinessPlaceTests {
    private static let opened = Day("2026-04-01")!

    private static func place(_ id: Int, _ path: String, _ name: String, until end: Day? = nil)
        -> BusinessPlace
    {
        BusinessPlace(
            id: id, path: BusinessPlacePath(path)!, name: name, opensOn: opened, endsOn: end)
    }

    private static let places = [
        place(1, "east", "東病院"), place(2, "east/floor-2", "2階"), place(3, "west", "西病院"),
        place(4, "west/floor-2", "2階"), place(5, "old", "旧館", until: Day("2026-09-01")),
    ]

    /// What a row of a file says in its column 事業所, or what is wrong with it.
    private static func answer(
        _ cell: String, within scope: String? = nil, among places: [BusinessPlace] = places
    ) -> (answer: BusinessPlaceAnswer?, problems: [ProblemCode]) {
        let organization = Sample.hospital.with(
            BusinessPlaces(places, within: scope.flatMap { BusinessPlacePath($0) }))
        let rows = [Sample.headings + ["事業所"], Sample.row(1) + [cell]]
        let records = rows.enumerated().map { GroupRecord(row: $0.offset + 1, cells: $0.element) }
        let plan = GroupPlan(records, of: organization, on: Sample.today, under: Sample.rules)
        return (
            plan.lines[0].application?.businessPlace,
            plan.lines[0].problems.filter { $0.severity == .stop }.map(\.code)
        )
    }

    /// What a list offers is read back as the one that was meant, also of two with one name.
    @Test(arguments: [
        (nil, ["東病院", "東病院/2階", "西病院", "西病院/2階"]), ("east", ["東病院", "東病院/2階"]),
    ])
    func whatAListOffersMeansOnePlace(scope: String?, offered: [String]) {
        let twice = Self.places + [Self.place(6, "west/floor-2b", "2階")]
        let within = scope.flatMap { BusinessPlacePath($0) }
        #expect(BusinessPlaces(Self.places, within: within).offered(on: Sample.today) == offered)
        for places in [Self.places, twice] {
            let open = places.filter { place in
                place.isOpen(on: Sample.today) && within?.contains(place.path) ?? true
            }
            let offered = BusinessPlaces(places, within: within).offered(on: Sample.today)
            let read = offered.map { Self.answer($0, within: scope, among: places).answer }
            #expect(
                read == open.sorted { $0.path.description < $1.path.description }.map { .at($0) })
        }
    }

    /// A row of a file that says the name means the 事業所.
    @Test(arguments: ["＠ホーム番町", "東病院 2階", "A&B, C", "髙﨑店", "見本病院"])
    func aNameIsWhatARowCanSay(typed: String) throws {
        let name = try #require(BusinessPlaceName("　\(typed) "))
        #expect(name.text == typed)
        let places = [Self.place(1, "one", name.text)]
        let found = Self.answer(typed, among: places)
        #expect(found.answer == .at(places[0]) && found.problems == [])
    }

    @Test(arguments: [
        "", " 　", "+81館", "=1+1", "@SUM", "-x", "改\n行", "a\u{7}", "🏥館", "\u{F8FF}",
        String(repeating: "あ", count: 101),
    ])
    func whatARowCannotSayIsNoName(typed: String) { #expect(BusinessPlaceName(typed) == nil) }

    @Test func theScopeOfAListIsNamed() {
        let ward = BusinessPlaces(Self.places, within: BusinessPlacePath("east/floor-2"))
        #expect(ward.scopeName == "東病院/2階" && BusinessPlaces(Self.places).scopeName == nil)
    }

    @Test(arguments: ["east", "east/ward-2", "a-1/b-2/c-3"])
    func aPathIsMadeOfPlainCodes(text: String) {
        #expect(BusinessPlacePath(text)?.description == text)
    }

    @Test(arguments: ["", "/east", "east/", "East", "-east", "east ward", "東", "a//b"])
    func whatIsNoPathIsNone(text: String) { #expect(BusinessPlacePath(text) == nil) }

    @Test func aPathKnowsWhatIsAboveIt() {
        let path = BusinessPlacePath("east/ward-2")
        #expect(path?.code == "ward-2" && path?.parent?.description == "east")
        #expect(path?.parent?.parent == nil)
    }

    @Test func aScopeHoldsItsPlaceAndWhatStandsBelow() throws {
        let east = OrganizationScope(7, at: BusinessPlacePath("east"))
        #expect(east.contains(BusinessPlacePath("east")))
        #expect(east.contains(BusinessPlacePath("east/floor-2")))
        #expect(!east.contains(BusinessPlacePath("east-2")))
        #expect(!east.contains(nil as BusinessPlacePath?))
        #expect(!east.contains(OrganizationScope(7)))
        #expect(OrganizationScope(7).contains(east) && !OrganizationScope(8).contains(east))
    }

    @Test(arguments: [
        ("東病院", 1), ("東病院／2階", 2), ("西病院 ＞ 2階", 4), ("west/floor-2", 4), ("ｗｅｓｔ", 3),
    ])
    func aRowNamesAPlaceByNameOrByCode(cell: String, id: Int) {
        #expect(Self.answer(cell).answer == .at(Self.places[id - 1]))
    }

    @Test(arguments: [
        ("2階", ProblemCode.businessPlaceAmbiguous), ("南病院", .businessPlaceUnknown),
        ("旧館", .businessPlaceClosed),
    ])
    func whatARowCannotMeanIsTold(cell: String, code: ProblemCode) {
        #expect(Self.answer(cell).problems == [code])
    }

    @Test func anEmptyCellSaysNothingAndTheOrganizationsNameSaysNone() {
        #expect(Self.answer("").answer == .unsaid)
        #expect(Self.answer("なし").answer == .unsaid)
        #expect(Self.answer(Sample.hospital.name).answer == .wholeOrganization)
    }

    @Test func whoLooksAfterAPlaceNamesOnlyWhatIsTheirs() {
        #expect(Self.answer("東病院", within: "east").answer == .at(Self.places[0]))
        #expect(Self.answer("西病院", within: "east").problems == [.businessPlaceNotYours])
        let whole = Self.answer(Sample.hospital.name, within: "east")
        #expect(whole.problems == [.businessPlaceNotYours])
    }

    @Test func ofTwoWithOneNameWhoLooksAfterOneMeansThat() {
        #expect(Self.answer("2階", within: "east").answer == .at(Self.places[1]))
    }

    @Test func nobodyIsSentToAPlaceThatIsThereNoMore() {
        #expect(Self.answer("", within: "old").problems == [.businessPlaceClosed])
    }

    @Test func aPlaceWithTheOrganizationsNameIsThePlace() {
        let name = Sample.hospital.name
        let place = Self.place(9, "main", name)
        #expect(Self.answer(name, among: [place]).answer == .at(place))
    }

    @Test func namesAreToldFromTheTopDown() {
        let names = Self.places.namesFromTop
        #expect(names[Self.places[3].path] == ["西病院", "2階"])
        #expect(names[Self.places[0].path] == ["東病院"])
    }
}
