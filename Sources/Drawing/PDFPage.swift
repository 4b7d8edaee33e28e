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

/// One page of A4 as PDF, by cairo. Lives inside `DrawingLock`; units are points.
final class PDFPage {
    private let sink = Sink()
    private let surface: OpaquePointer
    let context: OpaquePointer
    private let head: PDFHead

    static let width = 595.276
    static let height = 841.89

    init(_ head: PDFHead) throws {
        self.head = head
        guard
            let surface = cairo_pdf_surface_create_for_stream(
                Sink.collect, Unmanaged.passUnretained(sink).toOpaque(), Self.width, Self.height),
            let context = cairo_create(surface)
        else { throw Picture.Fault(description: "no room for a page") }
        self.surface = surface
        self.context = context
        // The first version with texts beside glyphs, without which an IVS is lost when copied. Its
        // table of objects is plain text in cairo 1.16, to which `PDFUpdate` adds.
        cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, head.title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, head.author)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, head.createdAt)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// The whole file. Nothing can be drawn afterwards.
    func finished() throws -> [UInt8] {
        cairo_show_page(context)
        cairo_surface_finish(surface)
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS,
            cairo_status(context) == CAIRO_STATUS_SUCCESS,
            let whole = PDFUpdate.adding(language: head.language, to: sink.bytes)
        else { throw Picture.Fault(description: "no PDF was made") }
        return whole
    }

    /// What `draw` draws is said to be of a kind ("H1", "P"), for whoever listens to the page.
    func tagged(_ tag: String, _ draw: () throws -> Void) rethrows {
        cairo_tag_begin(context, tag, "")
        try draw()
        cairo_tag_end(context, tag)
    }

    func draw(svg: [UInt8], _ box: Box) throws {
        try Picture.draw(svg: svg, into: context, box)
    }

    func draw(_ symbol: QRSymbol, _ box: Box) {
        let square = box.width / Double(symbol.side)
        cairo_set_source_rgb(context, 0, 0, 0)
        for strip in symbol.strips {
            cairo_rectangle(
                context, box.x + Double(strip.columns.lowerBound) * square,
                box.y + Double(strip.row) * square, Double(strip.columns.count) * square, square)
        }
        cairo_fill(context)
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
