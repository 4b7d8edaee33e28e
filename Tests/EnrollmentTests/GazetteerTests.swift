import Enrollment
import Foundation
import Testing

/// 都道府県と市区町村 as the service loads them.
enum Reference {
    static let gazetteer: Gazetteer = {
        let prefectures = rows("prefectures").map {
            Gazetteer.Prefecture(code: $0[0], name: $0[1])
        }
        let municipalities = rows("municipalities").map {
            Gazetteer.Municipality(code: $0[0], prefectureCode: $0[1], county: $0[2], name: $0[3])
        }
        let wards = rows("wards").map {
            Gazetteer.Ward(
                code: $0[0], municipalityCode: $0[1], name: $0[2], endedOn: Day($0[3]))
        }
        let areas = rows("postal-areas").map { (area: $0[0], places: $0[1]) }
        return Gazetteer(
            prefectures: prefectures, municipalities: municipalities, wards: wards,
            postalCodes: PostalCodes(areas: areas))
    }()

    /// The rules of `Sample`, in all of Japan.
    static let rules: FiscalYearRules = {
        var lists = FiscalYearLists()
        lists.programmes = Sample.rules.programmes
        lists.organizations = Sample.rules.organizations
        lists.videos = Sample.rules.videos
        lists.requirements = Sample.rules.requirements
        let dates = FiscalYearDates(
            year: Sample.year, opensOn: Sample.year.firstDay, closesOn: Sample.year.lastDay,
            graceUntil: Sample.year.lastDay, inquiryPhone: "0120-000-000")
        return FiscalYearRules(dates, lists: lists, gazetteer: gazetteer)
    }()

    private static func rows(_ name: String) -> [[String]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "Migrations/reference/2026/\(name).csv")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(whereSeparator: \.isNewline).dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}

@Suite("Every municipality is found") struct GazetteerTests {
    private let places = Reference.gazetteer

    @Test func underItsNameWithItsCountyAndInAnAddress() throws {
        #expect(places.prefectures.count == 47 && places.municipalities.count == 1747)
        for place in places.municipalities {
            let prefecture = try #require(
                places.prefectures.first { $0.code == place.prefectureCode })
            // 北方領土 has a second 泊村; without its 郡 the name is that of the inhabited one.
            let isNorthern = place.code.hasPrefix("01") && place.code >= "016951"
            let names = [
                isNorthern ? place.county + place.name : place.name, place.county + place.name,
                (place.county + place.name).replacing("ケ", with: "ヶ"),
                (place.county + place.name).replacing("ヶ", with: "ケ"),
                "　\(place.county)\(place.name) ",
            ]
            for name in names {
                #expect(places.find(name, in: prefecture)?.municipality == place, "\(name)")
            }
            let address = prefecture.name + place.county + place.name + "大字市場町村1-2"
            let parts = try #require(places.split(address))
            #expect(parts.prefecture == prefecture.name)
            #expect(places.find(parts.city, in: prefecture)?.municipality == place, "\(address)")
            #expect(parts.rest == "大字市場町村1-2", "\(address)")
        }
    }

    @Test(arguments: [
        ("東京", "13"), ("京都", "26"), ("大阪府", "27"), ("北海道", "01"), ("　鹿児島県", "46"), ("13", "13"),
    ])
    func prefecturesMayLackTheirLastCharacter(text: String, code: String) {
        #expect(places.prefecture(named: text)?.code == code)
    }

    @Test(arguments: ["北海", "都", "", "江戸", "東"])
    func whatIsNoPrefectureIsNotGuessed(text: String) {
        #expect(places.prefecture(named: text) == nil)
    }

    @Test(arguments: [
        ("北海道札幌市中央区北1条西2丁目", "札幌市中央区", "北1条西2丁目"),
        ("大阪府堺市堺区南瓦町3-1", "堺市堺区", "南瓦町3-1"),
        ("福岡県北九州市小倉北区城内1-1", "北九州市小倉北区", "城内1-1"),
        ("愛知県名古屋市中区三の丸地区", "名古屋市中区", "三の丸地区"),
        ("新潟県上越市大潟区土底浜1-1", "上越市", "大潟区土底浜1-1"),
        ("千葉県市川市市川1-1", "市川市", "市川1-1"), ("三重県四日市市諏訪町1-5", "四日市市", "諏訪町1-5"),
        ("東京都港区芝公園1-5", "港区", "芝公園1-5"), ("奈良県吉野郡十津川村小原1", "吉野郡十津川村", "小原1"),
        ("東京都　府中市　宮町1", "府中市", "宮町1"), ("山形県どこか1", "", "どこか1"),
    ])
    func addressesAreSplit(address: String, city: String, rest: String) throws {
        let parts = try #require(places.split(address))
        #expect(parts.city == city)
        #expect(parts.rest == rest)
    }

    @Test(arguments: [
        ("神奈川県横浜市山田区北山田1-1", "横浜市山田区", "北山田1-1"),
        ("静岡県浜松市中区元城町103-2", "浜松市中区", "元城町103-2"),
        ("静岡県浜松市中央区元城町103-2", "浜松市中央区", "元城町103-2"),
        ("岡山県岡山市南区北七区1", "岡山市南区", "北七区1"),
        ("奈良県葛\u{E0100}城市柿本166", "葛\u{E0100}城市", "柿本166"),
        ("東京都葛\u{E0100}飾区立石5", "葛\u{E0100}飾区", "立石5"),
        ("東京都八丈島八丈町大賀郷2551", "八丈島八丈町", "大賀郷2551"),
        ("東京都三宅島三宅村阿古497", "三宅島三宅村", "阿古497"),
        ("東京都伊豆大島大島町元町1", "伊豆大島大島町", "元町1"),
    ])
    func wardsIslandsAndSelectorsBelongToTheMunicipality(
        address: String, city: String, rest: String
    ) throws {
        let parts = try #require(places.split(address))
        #expect(parts.city.unicodeScalars.elementsEqual(city.unicodeScalars))
        #expect(parts.rest == rest)
    }

    @Test func everyNameInJapanPostsListOfTownsIsFound() throws {
        let tokyo = try #require(places.prefecture(named: "東京都"))
        let codes = ["八丈島八丈町", "三宅島三宅村", "新島村", "小笠原諸島小笠原村"].map {
            places.find($0, in: tokyo)?.municipality.code
        }
        #expect(codes == ["134015", "133817", "133639", "134210"])
        let nagano = try #require(places.prefecture(named: "長野県"))
        #expect(places.find("八丈島八丈町", in: nagano) == nil)
    }

    @Test func aWardThatACityNeverHadIsNotFoundAndOneThatEndedIs() throws {
        let shizuoka = try #require(places.prefecture(named: "静岡県"))
        #expect(places.find("浜松市山田区", in: shizuoka) == nil)
        #expect(places.find("浜松市中区", in: shizuoka)?.listed?.endedOn == Day("2024-01-01"))
        #expect(places.find("浜松市天竜区", in: shizuoka)?.listed?.endedOn == nil)
        let niigata = try #require(places.prefecture(named: "新潟県"))
        #expect(places.find("上越市大潟区", in: niigata)?.ward == "大潟区")
    }

    @Test func theWardOfADesignatedCityIsKept() throws {
        let osaka = try #require(places.prefecture(named: "大阪府"))
        let found = try #require(places.find("大阪市中央区", in: osaka))
        #expect(found.municipality.code == "271004" && found.ward == "中央区")
        #expect(places.find("大阪市", in: osaka)?.ward == "")
        #expect(places.find("大阪市地区中央区", in: osaka) == nil)
    }

    @Test func theSameNameIsAnotherPlaceInAnotherPrefecture() throws {
        let codes = try ["東京都", "広島県"].map { name in
            let prefecture = try #require(places.prefecture(named: name))
            return try #require(places.find("府中市", in: prefecture)).municipality.code
        }
        #expect(codes == ["132063", "342084"])
    }
}
