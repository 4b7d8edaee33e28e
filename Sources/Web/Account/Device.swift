internal import HTTP

/// With what somebody came, as a browser tells it: its kind and that of its system, out of words of
/// ours, so that nothing it says is kept.
struct Device {
    private let agent: String

    init(_ request: Request) { agent = request.headers.single(.userAgent) ?? "" }

    init(agent: String) { self.agent = agent }

    /// 「Edge（Windows）」; empty where neither is known.
    var name: String {
        let (browser, system) = (Self.word(agent, Self.browsers), Self.word(agent, Self.systems))
        guard let browser else { return system ?? "" }
        return browser + (system.map { "（\($0)）" } ?? "")
    }

    /// Edge and Opera call themselves Chrome too, and all call themselves Safari: the first counts.
    private static let browsers = [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]
    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
        ("CrOS", "ChromeOS"), ("Macintosh", "Mac"), ("Linux", "Linux"),
    ]

    private static func word(_ agent: String, _ words: [(mark: String, word: String)]) -> String? {
        words.first { agent.contains($0.mark) }?.word
    }
}
