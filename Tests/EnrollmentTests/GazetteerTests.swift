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
        return Gazetteer(prefectures: prefectures, municipalities: municipalities)
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
