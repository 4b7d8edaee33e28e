internal import CIsal

/// Unpacks raw deflate (RFC 1951) by ISA-L, in flat memory.
final class Inflater {
    /// Octets handed out at a time.
    static let room = 64 << 10

    private let state: UnsafeMutablePointer<inflate_state>
    private let chunk = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Inflater.room)

    init() {
        state = .allocate(capacity: 1)
        isal_inflate_init(state)
    }

    deinit {
        state.deallocate()
        chunk.deallocate()
    }

    /// Hands out what comes of the octets piece by piece, until `each` wants no more. Throws
    /// `.damaged` where they are no deflate, or stop before its end.
    func inflate(
        _ packed: ArraySlice<UInt8>,
        _ each: (UnsafeBufferPointer<UInt8>) throws(BookFault) -> Bool
    ) throws(BookFault) {
        // A closure of the standard library tells no types of its errors.
        let result = packed.withUnsafeBufferPointer { packed -> Result<Void, BookFault> in
            do throws(BookFault) { return .success(try run(packed, each)) } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    private func run(
        _ packed: UnsafeBufferPointer<UInt8>,
        _ each: (UnsafeBufferPointer<UInt8>) throws(BookFault) -> Bool
    ) throws(BookFault) {
        state.pointee.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
        state.pointee.avail_in = UInt32(packed.count)
        while true {
            state.pointee.next_out = chunk.baseAddress
            state.pointee.avail_out = UInt32(chunk.count)
            guard isal_inflate(state) >= 0 else { throw .damaged }
            let count = chunk.count - Int(state.pointee.avail_out)
            if count > 0, try !each(UnsafeBufferPointer(rebasing: chunk[..<count])) { return }
            if state.pointee.block_state == ISAL_BLOCK_FINISH { return }
            // Neither room nor octets are missing where nothing more comes.
            guard count > 0 || state.pointee.avail_in > 0 else { throw .damaged }
        }
    }
}
