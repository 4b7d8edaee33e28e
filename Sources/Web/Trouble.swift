internal import Store

/// Which breakdowns pass by themselves.
enum Trouble {
    static func isUnavailable(_ error: any Error) -> Bool { StoreTrouble.isUnavailable(error) }
}
