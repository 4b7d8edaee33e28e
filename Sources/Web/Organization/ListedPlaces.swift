internal import Enrollment
internal import HTML
internal import Words

/// The 事業所 that a coordinator's file may name.
struct ListedPlaces {
    private let all: [BusinessPlace]
    private let scope: OrganizationScope
    private let today: Day

    init(_ places: [BusinessPlace], within scope: OrganizationScope, on today: Day) {
        all = places
        self.scope = scope
        self.today = today
    }

    /// 　東病院 behind the organization's name, for whoever looks after that alone.
    var ownName: String {
        all.first { $0.path == scope.place }.map { "　\($0.name)" } ?? ""
    }

    private var open: [BusinessPlace] {
        all.filter { $0.isOpen(on: today) && scope.contains($0.path) }
    }

    var html: HTML {
        guard !open.isEmpty else { return .none }
        // From the top down, because a name alone may stand twice.
        let names = all.namesFromTop
        return """
            <details>
              <summary>「事業所」の列に書ける名前（\(open.count.grouped)）</summary>
              <p>\(rule)</p>
              <ul>\(each(open) { "<li>\(names[$0.path]?.joined(separator: "／") ?? "")</li>" })</ul>
            </details>
            """
    }

    private var rule: String {
        scope.isWholeOrganization
            ? "名簿に「事業所」の列を足すと、人ごとに事業所を記録できます。空のままの人は、いまの事業所のままです。"
                + "団体名を書くと、どの事業所にも属さない人になります。"
            : "名簿に「事業所」の列がないか、空のままのとき、新しい人は\(ownName.trimmingPrefix("　"))の人として、"
                + "ほかの人はいまの事業所のままで受け付けます。"
    }
}
