internal import CPango

/// A text as it is set: how large, how wide it may run, and where it stands in its box.
struct TextBlock: Hashable {
    enum Side { case left, centre, right }

    /// A part of the text, larger or smaller than the rest.
    struct Run: Hashable {
        let text: String
        let scale: Double

        init(_ text: String, scale: Double = 1) {
            self.text = text
            self.scale = scale
        }
    }

    var runs: [Run]
    var families = FontFamilies.mincho
    /// In millimetres, as all of a sheet is thought.
    var size: Double
    var lineHeight = 1.0
    var side = Side.left
    /// Grey, from 0 (black) to 1.
    var shade = 0.1
    /// Between the characters, as a share of the size. Less than a tenth, so that readers do not
    /// take it for a blank.
    var spacing = 0.0
    /// Of the first line, in characters.
    var indent = 0.0

    private var text: String { runs.map(\.text).joined() }

    private static let point = 72 / 25.4

    /// Sets the text into a box, in the middle of its height: in one line, smaller than it should
    /// be where it is wider than the box, down to `least` millimetres; then in more lines, and
    /// smaller still until they fit. Throws `Picture.Fault` where no font has one of its
    /// characters.
    func draw(on page: PDFPage, _ box: Box, least: Double? = nil) throws {
        let layout = try Layout(page)
        layout.set(fitted(layout, box, least: least ?? size), width: box.width)
        guard pango_layout_get_unknown_glyphs_count(layout.pointer) == 0 else {
            throw Picture.Fault(description: "no font has a character of the text")
        }
        cairo_set_source_rgb(page.context, shade, shade, shade)
        cairo_move_to(page.context, box.x, box.y + (box.height - layout.size.height) / 2)
        pango_cairo_show_layout(page.context, layout.pointer)
    }

    private func fitted(_ layout: Layout, _ box: Box, least: Double) -> TextBlock {
        var block = self
        layout.set(block, width: nil)
        let wide = layout.size.width
        if wide > box.width { block.size = max(least, size * box.width / wide * 0.995) }
        layout.set(block, width: box.width)
        while layout.size.height > box.height, block.size > 1 {
            block.size *= 0.95
            layout.set(block, width: box.width)
        }
        return block
    }

    /// A layout of pango's with the fonts of this machine.
    private final class Layout {
        let pointer: OpaquePointer
        private let context: OpaquePointer

        init(_ page: PDFPage) throws {
            guard let context = pango_font_map_create_context(DrawingLock.fonts),
                let pointer = pango_layout_new(context)
            else { throw Picture.Fault(description: "no room for a text") }
            self.context = context
            self.pointer = pointer
            pango_cairo_update_context(page.pageContext, context)
            pango_context_set_round_glyph_positions(context, 0)
            pango_context_set_language(context, pango_language_from_string("ja"))
        }

        deinit {
            cpango_free(UnsafeMutableRawPointer(pointer))
            cpango_free(UnsafeMutableRawPointer(context))
        }

        /// In points.
        var size: (width: Double, height: Double) {
            var (width, height) = (Int32(0), Int32(0))
            pango_layout_get_size(pointer, &width, &height)
            return (Double(width) / Double(PANGO_SCALE), Double(height) / Double(PANGO_SCALE))
        }

        func set(_ block: TextBlock, width: Double?) {
            let scale = Double(PANGO_SCALE)
            let font = pango_font_description_new()
            defer { pango_font_description_free(font) }
            pango_font_description_set_family(font, block.families.names.joined(separator: ","))
            pango_font_description_set_absolute_size(font, block.size * TextBlock.point * scale)
            pango_layout_set_font_description(pointer, font)
            pango_layout_set_text(pointer, block.text, -1)
            pango_layout_set_wrap(pointer, PANGO_WRAP_WORD_CHAR)
            pango_layout_set_line_spacing(pointer, Float(block.lineHeight))
            pango_layout_set_indent(
                pointer, Int32(block.indent * block.size * TextBlock.point * scale))
            pango_layout_set_alignment(pointer, block.side.alignment)
            pango_layout_set_width(pointer, width.map { Int32($0 * scale) } ?? -1)
            setAttributes(of: block)
        }

        private func setAttributes(of block: TextBlock) {
            let list = pango_attr_list_new()
            defer { pango_attr_list_unref(list) }
            let spacing = block.spacing * block.size * TextBlock.point * Double(PANGO_SCALE)
            if spacing > 0 {
                pango_attr_list_insert(list, pango_attr_letter_spacing_new(Int32(spacing)))
            }
            var place = 0
            for run in block.runs {
                let end = place + run.text.utf8.count
                if run.scale != 1 { insert(pango_attr_scale_new(run.scale), place..<end, list) }
                place = end
            }
            for exception in block.families.exceptions(in: block.text, context) {
                insert(pango_attr_family_new(exception.family), exception.octets, list)
            }
            pango_layout_set_attributes(pointer, list)
        }

        private func insert(
            _ attribute: UnsafeMutablePointer<PangoAttribute>?, _ octets: Range<Int>,
            _ list: OpaquePointer?
        ) {
            attribute?.pointee.start_index = guint(octets.lowerBound)
            attribute?.pointee.end_index = guint(octets.upperBound)
            pango_attr_list_insert(list, attribute)
        }
    }
}

extension TextBlock.Side {
    fileprivate var alignment: PangoAlignment {
        switch self {
        case .left: PANGO_ALIGN_LEFT
        case .centre: PANGO_ALIGN_CENTER
        case .right: PANGO_ALIGN_RIGHT
        }
    }
}
