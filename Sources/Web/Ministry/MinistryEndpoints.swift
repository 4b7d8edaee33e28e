extension Route {
    static let numbers = Route("/numbers")
    static let exports = Route("/exports")
    static let exportFile = Route("/exports/file")
}

/// For whoever may see everybody's numbers.
let ministryEndpoints: [Endpoint] = [
    .get(.numbers, Numbers.show).menu("集計").takingLong,
    .get(.exports, Exports.show).menu("書き出し"),
    .post(.exports, Exports.ask),
    .get(.exportFile, Exports.download),
]
