internal import HTML
internal import Words

/// A line that grows from month to month on a scale of time, as SVG marks with the same numbers as
/// a table below. The names of months are SVG too, beside the stretched picture and not in it: only
/// so can a text stand at a place that is computed, without a style of its own.
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
    /// Whether it stands beside a larger one.
    var isSmall = false

    private var axis: MonthAxis { MonthAxis(points.map(\.month)) }

    var html: HTML {
        guard let last = points.last, let first = points.first else { return .none }
        return """
            <figure class="card\(when(isSmall, " small"))" aria-labelledby="\(id)">
              <figcaption>
                <h3 id="\(id)">\(title)</h3>
                <p class="muted">\(MonthWords.full(last.month))：\(last.value.grouped)\(unit)</p>
              </figcaption>
              <div class="plot">
                <ol class="y" aria-hidden="true">
                  \(each(scale.reversed()) { "<li>\($0.grouped)</li>" })
                </ol>
                <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img"
                    aria-labelledby="\(id)t \(id)d">
                  <title id="\(id)t">\(title)の折れ線グラフ</title>
                  <desc id="\(id)d">
                    \(MonthWords.full(first.month))の\(first.value.grouped)\(unit)から、
                    \(MonthWords.full(last.month))の\(last.value.grouped)\(unit)まで。
                  </desc>
                  <path class="ar" d="\(area)"/>
                  <path class="gl" d="M0 0H100M0 25H100M0 50H100M0 75H100"/>
                  <path class="base" d="M0 100H100"/><path class="ln" d="\(line)"/>
                  <path class="dot" d="M\(place(last)) \(height(last.value))h0"/>
                </svg>
                <svg class="x" aria-hidden="true">\(each(axis.labels, mark))</svg>
              </div>
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

    private func mark(_ label: MonthAxis.Label) -> HTML {
        let place = "\(label.place)%"
        return """
            <g\(when(label.needsRoom, " class=\"roomy\""))>
              <line x1="\(place)" x2="\(place)" y2="6"/>
              <text x="\(place)" y="1.5em">\(MonthWords.short(label.month))</text>
            </g>
            """
    }

    private func place(_ point: Point) -> String { "\(axis.place(point.month))" }

    private var line: String {
        points.enumerated().map { index, point in
            "\(index == 0 ? "M" : "L")\(place(point)) \(height(point.value))"
        }.joined()
    }

    private var area: String { points.count > 1 ? line + "V100H0Z" : "" }

    private func height(_ value: Int) -> String {
        rounded(100 - 100 * Double(value) / Double(scale[4]))
    }

    private func rounded(_ value: Double) -> String {
        "\((value * 10).rounded() / 10)"
    }
}

/// Bars beside names; the number stands in its own column.
struct BarTable {
    struct Bar {
        let name: String
        let value: Int
        /// What a link leads to; empty where none does.
        var id = ""
    }

    let caption: String
    let unit: String
    let bars: [Bar]

    private var largest: Int { max(bars.map(\.value).max() ?? 0, 1) }

    var html: HTML {
        """
        <div class="scroll" tabindex="0" role="region" aria-label="\(caption)">
          <table class="bars">
            <caption>\(caption)</caption>
            <thead>
              <tr>
                <th scope="col">名前</th><th scope="col"><span class="vh">グラフ</span></th>
                <th scope="col" class="num">\(unit)</th>
              </tr>
            </thead>
            <tbody>\(each(bars, row))</tbody>
          </table>
        </div>
        """
    }

    private func row(_ bar: Bar) -> HTML {
        """
        <tr\(when(!bar.id.isEmpty, " id=\"\(bar.id)\""))>
          <th scope="row">\(bar.name)</th>
          <td>
            <svg height="16" aria-hidden="true">
              <rect\(when(bar.value == largest, " class=\"top\""))
                  width="\(bar.value * 1000 / largest / 10)%" height="16" rx="3"/>
            </svg>
          </td>
          <td class="num">\(bar.value.grouped)</td>
        </tr>
        """
    }
}
