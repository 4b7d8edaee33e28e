internal import CPango

/// What a PDF says of itself.
struct PDFHead {
    let title: String
    let author: String
    /// As ISO 8601; the same file is the same octets whenever it is made.
    let createdAt: String
    /// As BCP 47.
    let language: String
}

/// Pages of A4 as PDF, by cairo, one after the other. Lives inside `DrawingLock`; units are points.
final class PDFPage {
    private let sink = Sink()
    private let surface: OpaquePointer
    /// Of the page itself, by which texts are measured.
    let pageContext: OpaquePointer
    /// On which is drawn: the page, or what is shown on many of them.
    private(set) var context: OpaquePointer
    private let head: PDFHead
    /// How much of the file was taken away.
    private var taken = 0
    /// Nil where nothing is drawn once for many pages.
    private var repeated: [Repeated: OpaquePointer]?

    /// What stands on many pages: the file holds it once.
    enum Repeated: Hashable {
        case picture([UInt8], Box)
        case text(TextBlock, Box, least: Double?)
    }

    /// So many different ones are worth keeping: the words of each kind, term and decision.
    private static let mostRepeated = 512

    static let width = 595.276
    static let height = 841.89

    init(_ head: PDFHead, ofMany: Bool = false) throws {
        self.head = head
        repeated = ofMany ? [:] : nil
        guard
            let surface = cairo_pdf_surface_create_for_stream(
                Sink.collect, Unmanaged.passUnretained(sink).toOpaque(), Self.width, Self.height),
            let context = cairo_create(surface)
        else { throw Picture.Fault(description: "no room for a page") }
        self.surface = surface
        self.context = context
        pageContext = context
        // The first version with texts beside glyphs, without which an IVS is lost when copied. Its
        // table of objects is plain text in cairo 1.16, to which `PDFUpdate` adds.
        cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, head.title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, head.author)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, head.createdAt)
    }

    deinit {
        for (_, drawn) in repeated ?? [:] { cairo_surface_destroy(drawn) }
        cairo_destroy(pageContext)
        cairo_surface_destroy(surface)
    }

    /// Ends a page; what is drawn then stands on the next.
    func turn() { cairo_show_page(context) }

    /// What was written of the file since this was asked for last.
    func takeWritten() -> [UInt8] {
        let part = sink.take()
        taken += part.count
        return part
    }

    /// The file behind what was taken, whose last page was turned. Nothing can be drawn afterwards.
    func finished() throws -> [UInt8] {
        cairo_surface_finish(surface)
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS,
            cairo_status(context) == CAIRO_STATUS_SUCCESS,
            let rest = PDFUpdate.adding(language: head.language, to: sink.bytes, behind: taken)
        else { throw Picture.Fault(description: "no PDF was made") }
        return rest
    }

    /// Nothing can be drawn afterwards; does no more to what is finished.
    func close() { cairo_surface_finish(surface) }

    /// Shows what stands in a box of many pages: drawn when it is first asked for, and then named.
    func show(_ what: Repeated, in box: Box, _ draw: () throws -> Void) throws {
        guard let known = repeated else { return try draw() }
        if known[what] == nil {
            guard known.count < Self.mostRepeated else { return try draw() }
            repeated?[what] = try recorded(box, draw)
        }
        guard let drawn = repeated?[what] else { return }
        cairo_set_source_surface(context, drawn, 0, 0)
        cairo_paint(context)
    }

    private func recorded(_ box: Box, _ draw: () throws -> Void) throws -> OpaquePointer {
        // Letters and lines reach out of their box a little.
        var extents = cairo_rectangle_t(
            x: box.x - 9, y: box.y - 9, width: box.width + 18, height: box.height + 18)
        guard
            let drawn = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents),
            let inside = cairo_create(drawn)
        else { throw Picture.Fault(description: "no room for what stands on many pages") }
        defer {
            context = pageContext
            cairo_destroy(inside)
        }
        context = inside
        do { try draw() } catch {
            cairo_surface_destroy(drawn)
            throw error
        }
        return drawn
    }

    /// What `draw` draws is said to be of a kind ("H1", "P"), for whoever listens to the page.
    func tagged(_ tag: String, _ draw: () throws -> Void) rethrows {
        cairo_tag_begin(pageContext, tag, "")
        try draw()
        cairo_tag_end(pageContext, tag)
    }

    func draw(svg: [UInt8], _ box: Box) throws {
        try show(.picture(svg, box), in: box) {
            try Picture.draw(svg: svg, into: context, box)
        }
    }

    /// On one of many pages as a picture of a bit a square, which takes a twentieth of the room and
    /// of the time.
    func draw(_ symbol: QRSymbol, _ box: Box) {
        if repeated != nil { return stamp(symbol, box) }
        let square = box.width / Double(symbol.side)
        cairo_set_source_rgb(context, 0, 0, 0)
        for strip in symbol.strips {
            cairo_rectangle(
                context, box.x + Double(strip.columns.lowerBound) * square,
                box.y + Double(strip.row) * square, Double(strip.columns.count) * square, square)
        }
        cairo_fill(context)
    }

    private func stamp(_ symbol: QRSymbol, _ box: Box) {
        let side = Int32(symbol.side)
        let bits = cairo_image_surface_create(CAIRO_FORMAT_A1, side, side)
        defer { cairo_surface_destroy(bits) }
        guard let data = cairo_image_surface_get_data(bits) else { return }
        let stride = Int(cairo_image_surface_get_stride(bits))
        for (row, columns) in symbol.strips {
            for column in columns { data[row * stride + column / 8] |= Self.bit(column % 8) }
        }
        cairo_surface_mark_dirty(bits)
        cairo_save(context)
        defer { cairo_restore(context) }
        cairo_translate(context, box.x, box.y)
        cairo_scale(context, box.width / Double(side), box.height / Double(side))
        cairo_set_source_rgb(context, 0, 0, 0)
        let pattern = cairo_pattern_create_for_surface(bits)
        defer { cairo_pattern_destroy(pattern) }
        cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST)
        cairo_mask(context, pattern)
    }

    /// cairo counts bits as the machine counts octets.
    private static func bit(_ place: Int) -> UInt8 {
        UInt16(1).littleEndian == 1 ? 1 << UInt8(place) : 0x80 >> UInt8(place)
    }

    /// A thin line around a box.
    func frame(_ box: Box, isDashed: Bool = false) {
        let dashes = [3.0, 2.0]
        cairo_set_dash(context, dashes, isDashed ? 2 : 0, 0)
        cairo_set_line_width(context, 0.7)
        cairo_set_source_rgb(context, 0.64, 0.23, 0.13)
        cairo_rectangle(context, box.x, box.y, box.width, box.height)
        cairo_stroke(context)
        cairo_set_dash(context, dashes, 0, 0)
    }
}
