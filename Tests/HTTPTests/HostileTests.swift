import HTTP
import HostileRequests
import Testing

@Suite struct HostileTests {
    @Test func thereIsACorpus() {
        #expect(HostileRequest.forParser.count > 250)
        #expect(Set(HostileRequest.all.map(\.file)).count == 8)
    }

    @Test(arguments: HostileRequest.forParser)
    func aHostileRequestIsRefusedOrTakenInOneWay(_ request: HostileRequest) {
        let reading = read(request.withHidden)
        #expect(reading.status == (request.status == 200 ? nil : request.status))
        #expect(!reading.heads.contains { $0.target.path == "/hidden" })
        #expect(reading.heads.count <= 1)
        if request.status == 200 { #expect(reading.isComplete && reading.heads.count == 1) }
    }

    @Test(arguments: HostileRequest.forParser)
    func everyPrefixIsIncompleteOrRefusedAsTheWholeIs(_ request: HostileRequest) {
        let whole = read(request.withHidden)
        for end in request.cuts {
            let reading = read(Array(request.withHidden[..<end]))
            #expect(reading.status == nil || reading.status == whole.status)
            #expect(reading.heads.count <= whole.heads.count)
        }
    }

    @Test(arguments: HostileRequest.forParser)
    func aSplitAnywhereChangesNothing(_ request: HostileRequest) {
        let whole = read(request.withHidden)
        for cut in request.cuts { #expect(read(request.withHidden, splitAt: cut) == whole) }
    }
}

extension HostileRequest {
    /// Everywhere; in a long one at about two hundred places.
    fileprivate var cuts: StrideTo<Int> {
        stride(from: 0, to: withHidden.count, by: max(1, withHidden.count / 200))
    }
}
