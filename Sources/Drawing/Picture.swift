// Both know cairo; of the two the compiler takes its words from whichever it has read first.
internal import CPango
internal import CRsvg

/// Pictures from values.
public enum Picture {
    public struct Fault: Error, CustomStringConvertible { public let description: String }

    /// A PNG of an SVG, drawn by librsvg on cairo. Takes some milliseconds: off the loop.
    public static func png(svg: [UInt8], side: Int) throws -> [UInt8] {
        try png(svg: svg, width: side, height: side)
    }

    static func png(svg: [UInt8], width: Int, height: Int) throws -> [UInt8] {
        try DrawingLock.held { try drawPNG(svg, width, height) }
    }

    private static func drawPNG(_ svg: [UInt8], _ width: Int, _ height: Int) throws -> [UInt8] {
        let surface = cairo_image_surface_create(
            CAIRO_FORMAT_ARGB32, Int32(width), Int32(height))
        defer { cairo_surface_destroy(surface) }
        guard let context = cairo_create(surface) else {
            throw Fault(description: "no room for a picture")
        }
        defer { cairo_destroy(context) }
        try draw(svg: svg, into: context, Box(x: 0, y: 0, width: width, height: height))
        let sink = Sink()
        let status = cairo_surface_write_to_png_stream(
            surface, Sink.collect, Unmanaged.passUnretained(sink).toOpaque())
        guard status == CAIRO_STATUS_SUCCESS else { throw Fault(description: "no PNG was made") }
        return sink.bytes
    }

    /// Draws an SVG into the box, on whatever `context`, a `cairo_t`, draws.
    static func draw(svg: [UInt8], into context: OpaquePointer, _ box: Box) throws {
        guard
            let picture = svg.withUnsafeBufferPointer({
                rsvg_handle_new_from_data($0.baseAddress, gsize($0.count), nil)
            })
        else { throw Fault(description: "not an SVG") }
        defer { crsvg_free(picture) }
        var whole = RsvgRectangle(x: box.x, y: box.y, width: box.width, height: box.height)
        guard rsvg_handle_render_document(picture, context, &whole, nil) != 0 else {
            throw Fault(description: "the SVG cannot be drawn")
        }
    }
}

/// A place on a page or in a picture, in the unit of whatever is drawn on: points or pixels.
struct Box: Hashable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    init(x: Int, y: Int, width: Int, height: Int) {
        self.init(x: Double(x), y: Double(y), width: Double(width), height: Double(height))
    }

    /// From millimetres to points, the unit of a PDF page.
    static func millimetres(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Box {
        let point = 72 / 25.4
        return Box(x: x * point, y: y * point, width: width * point, height: height * point)
    }
}

/// Takes what cairo writes.
final class Sink {
    private(set) var bytes: [UInt8] = []

    /// What has come since this was asked for last.
    func take() -> [UInt8] {
        defer { bytes.removeAll() }
        return bytes
    }

    /// What cairo calls; the context is a `Sink`.
    static let collect: cairo_write_func_t = { context, bytes, count in
        guard let context, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
        let sink = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
        sink.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
    }
}
