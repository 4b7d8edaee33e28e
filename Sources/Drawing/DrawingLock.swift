internal import CPango
internal import Synchronization

/// Pango, fontconfig and librsvg share their fonts: one drawing at a time in a process.
enum DrawingLock {
    private static let lock = Mutex(())
    /// The fonts that were opened, once for all threads: pango's own would be one a thread. Only
    /// inside the lock.
    nonisolated(unsafe) static let fonts = pango_cairo_font_map_new()

    static func held<Value>(_ draw: () throws -> Value) rethrows -> Value {
        try lock.withLock { _ in try draw() }
    }
}
