internal import CRsvg

/// Pictures from values.
public enum Picture {
    public struct Fault: Error, CustomStringConvertible { public let description: String }

    /// A PNG of an SVG, drawn by librsvg on cairo. Takes some milliseconds: off the loop.
    public static func png(svg: [UInt8], side: Int) throws -> [UInt8] {
        guard
            let picture = svg.withUnsafeBufferPointer({
                rsvg_handle_new_from_data($0.baseAddress, gsize($0.count), nil)
            })
        else { throw Fault(description: "not an SVG") }
        defer { crsvg_free(picture) }
        let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(side), Int32(side))
        let context = cairo_create(surface)
        defer {
            cairo_destroy(context)
            cairo_surface_destroy(surface)
        }
        var whole = RsvgRectangle(x: 0, y: 0, width: Double(side), height: Double(side))
        guard rsvg_handle_render_document(picture, context, &whole, nil) != 0 else {
            throw Fault(description: "the SVG cannot be drawn")
        }
        let sink = Sink()
        let status = cairo_surface_write_to_png_stream(
            surface, collect, Unmanaged.passUnretained(sink).toOpaque())
        guard status == CAIRO_STATUS_SUCCESS else { throw Fault(description: "no PNG was made") }
        return sink.bytes
    }
}

private final class Sink {
    var bytes: [UInt8] = []
}

private func collect(
    _ context: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<UInt8>?, _ count: UInt32
) -> cairo_status_t {
    guard let context, let bytes else { return CAIRO_STATUS_WRITE_ERROR }
    let sink = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
    sink.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
    return CAIRO_STATUS_SUCCESS
}
