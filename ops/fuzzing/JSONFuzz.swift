// Compiled into one module with Sources/JSON by ops/fuzz, as Fuzz.swift is with the parser of HTTP.

/// Whatever the octets are, they are read or refused where a fault stands; what is read comes back the
/// same from what is written, and what is written is written the same again.
private func checkReader(_ octets: [UInt8], _ limits: JSONLimits) {
    do {
        let value = try JSONValue(reading: octets, limits: limits)
        let written = value.octets
        var wide = limits
        wide.size = 6 * octets.count + 6
        guard let again = try? JSONValue(reading: written, limits: wide) else {
            preconditionFailure("written, but not read")
        }
        precondition(again == value, "read otherwise")
        precondition(again.octets == written, "written otherwise")
    } catch let fault as JSONFault {
        precondition((0...octets.count).contains(fault.offset), "a fault beyond the octets")
        // Nothing before a fault is one: what is cut off there ends too early or is another value.
        let start = try? JSONValue(reading: octets[..<fault.offset], limits: limits)
        precondition(start == nil || fault.reason != .end, "an end where none is")
    } catch { preconditionFailure("another error") }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let octets = Array(UnsafeBufferPointer(start: start, count: count))
    checkReader(octets, JSONLimits())
    checkReader(octets, JSONLimits(size: 64, depth: 3, count: 8))
    if let text = String(validating: octets, as: UTF8.self) {
        precondition((try? JSONValue(reading: JSONValue.string(text).octets)) == .string(text))
    }
    return 0
}
