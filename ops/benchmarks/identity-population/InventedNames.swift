/// Names with about the spread of Japan's: a few families that one in sixty bears, and a long tail.
struct InventedNames {
    typealias Name = (kanji: String, kana: String)

    private let families: [Name]
    private let women: [Name]
    private let men: [Name]

    init() {
        families = Self.pairs(Self.common) + Self.joined(Self.heads, Self.tails)
        women = Self.joined(Self.womensHeads, Self.womensTails)
        men = Self.joined(Self.mensHeads, Self.mensTails)
    }

    /// The common ones come as often as all the others together.
    func family(_ chance: inout Chance) -> Name {
        let common = Self.common.split(separator: " ").count
        guard chance.happens(450) else { return families[common + chance.below(families.count - common)] }
        // The first of them more often than the last.
        return families[min(chance.below(common), chance.below(common))]
    }

    func given(_ chance: inout Chance) -> Name {
        let names = chance.happens(500) ? women : men
        return names[min(chance.below(names.count), chance.below(names.count))]
    }

    private static func pairs(_ text: String) -> [Name] {
        text.split(separator: " ").map {
            let halves = $0.split(separator: "=")
            return (String(halves[0]), String(halves[1]))
        }
    }

    private static func joined(_ heads: String, _ tails: String) -> [Name] {
        pairs(heads).flatMap { head in
            pairs(tails).map { (head.kanji + $0.kanji, head.kana + $0.kana) }
        }
    }

    private static let common = """
        佐藤=サトウ 鈴木=スズキ 高橋=タカハシ 田中=タナカ 伊藤=イトウ 渡辺=ワタナベ 山本=ヤマモト 中村=ナカムラ 小林=コバヤシ \
        加藤=カトウ 吉田=ヨシダ 山田=ヤマダ 佐々木=ササキ 山口=ヤマグチ 松本=マツモト 井上=イノウエ 木村=キムラ 林=ハヤシ \
        斎藤=サイトウ 清水=シミズ 山崎=ヤマザキ 森=モリ 池田=イケダ 橋本=ハシモト 阿部=アベ 石川=イシカワ 山下=ヤマシタ \
        中島=ナカジマ 石井=イシイ 小川=オガワ 前田=マエダ 岡田=オカダ 長谷川=ハセガワ 藤田=フジタ 後藤=ゴトウ 近藤=コンドウ \
        村上=ムラカミ 遠藤=エンドウ 青木=アオキ 坂本=サカモト 斉藤=サイトウ 福田=フクダ 太田=オオタ 西村=ニシムラ 藤井=フジイ
        """
    private static let heads = """
        東=ヒガシ 西=ニシ 南=ミナミ 北=キタ 上=カミ 下=シモ 大=オオ 小=コ 黒=クロ 白=シラ 赤=アカ 金=カネ 竹=タケ 梅=ウメ \
        松=マツ 杉=スギ 柏=カシワ 桜=サクラ 岩=イワ 石=イシ 水=ミズ 川=カワ 海=ウミ 宮=ミヤ 寺=テラ 新=ニイ 古=フル 浅=アサ 深=フカ 長=ナガ
        """
    private static let tails = """
        原=ハラ 田=タ 山=ヤマ 川=カワ 村=ムラ 井=イ 沢=サワ 野=ノ 谷=ヤ 島=シマ 崎=サキ 本=モト 木=キ 林=バヤシ 尾=オ 岡=オカ \
        塚=ツカ 橋=ハシ 口=グチ 内=ウチ 倉=クラ 瀬=セ 津=ツ 浦=ウラ 森=モリ 越=コシ
        """
    private static let womensHeads = """
        美=ミ 由=ユ 恵=エ 千=チ 麻=マ 真=マ 彩=アヤ 優=ユウ 陽=ヨウ 明=アキ 智=トモ 和=カズ 裕=ユウ 亜=ア 奈=ナ 沙=サ 志=シ 理=リ 友=ユ 久=ク
        """
    private static let womensTails = """
        子=コ 美=ミ 香=カ 菜=ナ 恵=エ 里=リ 代=ヨ 江=エ 穂=ホ 紀=キ 希=キ 佳=カ 乃=ノ 奈=ナ 実=ミ
        """
    private static let mensHeads = """
        健=ケン 大=ダイ 誠=セイ 直=ナオ 和=カズ 一=イチ 二=ジ 三=サブ 正=マサ 秀=ヒデ 隆=タカ 裕=ヒロ 浩=ヒロ 俊=トシ 義=ヨシ 昭=アキ 英=ヒデ 康=ヤス 孝=タカ 勝=カツ
        """
    private static let mensTails = """
        郎=ロウ 朗=ロウ 太=タ 介=スケ 之=ユキ 人=ト 彦=ヒコ 夫=オ 男=オ 雄=オ 也=ヤ 司=シ 志=シ 樹=キ 平=ヘイ
        """
}
