internal import HTML
internal import Words

/// A line that grows from month to month, as SVG marks with the same numbers as a table below.
struct CumulativeChart {
    struct Point {
        /// 2026-04.
        let month: String
        let value: Int
    }

    let id: String
    let title: String
    let unit: String
    let points: [Point]

    var html: HTML {
        guard let last = points.last, let first = points.first else { return .none }
        return """
            <figure class="card" aria-labelledby="\(id)"><figcaption><h3 id="\(id)">\(title)</h3><p class="muted">\(MonthWords.full(last.month))：\(last.value.grouped)\(unit)</p></figcaption>
            <div class="plot"><ol class="y" aria-hidden="true">\(each(scale.reversed()) { "<li>\($0.grouped)</li>" })</ol><svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-labelledby="\(id)t \(id)d"><title id="\(id)t">\(title)の折れ線グラフ</title><desc id="\(id)d">\(MonthWords.full(first.month))の\(first.value.grouped)\(unit)から、\(MonthWords.full(last.month))の\(last.value.grouped)\(unit)まで。</desc><path class="ar" d="\(area)"/><path class="gl" d="M0 0H100M0 25H100M0 50H100M0 75H100"/><path class="base" d="M0 100H100"/><path class="ln" d="\(line)"/><path class="dot" d="M100 \(height(last.value))h0"/></svg><ol class="x" aria-hidden="true">\(each(marks) { "<li>\(MonthWords.short($0))</li>" })</ol></div>
            </figure>
            """
    }

    /// Five round numbers from 0 to somewhat above the largest value.
    var scale: [Int] {
        let largest = max(points.map(\.value).max() ?? 0, 4)
        var step = 1
        while step * 4 < largest {
            let text = String(step)
            step = text.hasPrefix("1") ? step * 2 : text.hasPrefix("2") ? step / 2 * 5 : step * 2
        }
        return (0...4).map { $0 * step }
    }

    private var line: String {
        guard points.count > 1 else { return "M0 \(height(points[0].value))H100" }
        let width = 100.0 / Double(points.count - 1)
        return points.enumerated().map { index, point in
            "\(index == 0 ? "M" : "L")\(rounded(Double(index) * width)) \(height(point.value))"
        }.joined()
    }

    private var area: String { line + "V100H0Z" }

    /// The first month, the last, and up to three between.
    private var marks: [String] {
        let count = min(points.count, 5)
        guard count > 1 else { return points.map(\.month) }
        return (0..<count).map { points[$0 * (points.count - 1) / (count - 1)].month }
    }

    private func height(_ value: Int) -> String {
        rounded(100 - 100 * Double(value) / Double(scale[4]))
    }

    private func rounded(_ value: Double) -> String {
        "\((value * 10).rounded() / 10)"
    }
}

/// Bars beside names, longest first; the number stands in its own column.
struct BarTable {
    let caption: String
    let unit: String
    let rows: [(name: String, value: Int)]

    var html: HTML {
        let largest = max(rows.map(\.value).max() ?? 0, 1)
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(caption)"><table class="bars"><caption>\(caption)</caption><thead><tr><th scope="col">名前</th><th scope="col"><span class="vh">グラフ</span></th><th scope="col" class="num">\(unit)</th></tr></thead><tbody>\(each(rows) { row in
                "<tr><th scope=\"row\">\(row.name)</th><td><svg height=\"16\" aria-hidden=\"true\"><rect width=\"\(row.value * 1000 / largest / 10)%\" height=\"16\" rx=\"3\"/></svg></td><td class=\"num\">\(row.value.grouped)</td></tr>"
            })</tbody></table></div>
            """
    }
}
