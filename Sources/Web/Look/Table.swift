internal import HTML

/// A table in a frame that scrolls by itself on a desk and becomes a list of cards on a phone;
/// roles are spelled out because a browser forgets them for rows that are laid out as blocks.
struct Table {
    struct Column {
        let name: String
        var isNumber = false

        static func number(_ name: String) -> Column { Column(name: name, isNumber: true) }
    }

    let caption: String
    var showsCaption = false
    /// The first names the row.
    let columns: [Column]
    let rows: [[HTML]]

    init(
        _ caption: String, showsCaption: Bool = false, _ columns: [Column], _ rows: [[HTML]]
    ) {
        self.caption = caption
        self.showsCaption = showsCaption
        self.columns = columns
        self.rows = rows
    }

    var html: HTML {
        """
        <div class="scroll" tabindex="0" role="region" aria-label="\(caption)の表">
          <table class="stack" role="table">
            <caption\(when(!showsCaption, " class=\"vh\""))>\(caption)</caption>
            <thead role="rowgroup"><tr role="row">\(each(columns, heading))</tr></thead>
            <tbody role="rowgroup">\(each(rows, row))</tbody>
          </table>
        </div>
        """
    }

    private func heading(_ column: Column) -> HTML {
        """
        <th scope="col" role="columnheader"\(when(column.isNumber, " class=\"num\""))>
          \(column.name)
        </th>
        """
    }

    private func row(_ cells: [HTML]) -> HTML {
        """
        <tr role="row">
          \(each(zip(columns.indices, cells)) { cell(columns[$0], $1, isFirst: $0 == 0) })
        </tr>
        """
    }

    private func cell(_ column: Column, _ content: HTML, isFirst: Bool) -> HTML {
        if isFirst { return "<th scope=\"row\" role=\"rowheader\">\(content)</th>" }
        return """
            <td role="cell" data-l="\(column.name)"\(when(column.isNumber, " class=\"num\""))>
              \(content)
            </td>
            """
    }
}

extension Table.Column: ExpressibleByStringLiteral {
    init(stringLiteral name: String) { self.init(name: name) }
}
