internal import Enrollment
internal import Store
internal import Words

/// A line of あて名の一覧.
enum ShippingLabel {
    static var headings: [String] { MaterialWords.labelHeadings }

    static func cells(_ record: MaterialRecord) -> [String] {
        let (place, address) = (record.order.address.place, record.order.address)
        return [
            String(record.number), record.organizationCode, record.organizationName,
            record.placeName,
        ] + MaterialKind.allCases.map { String(record.order.counts[$0]) } + [
            MaterialWords.postalCode(place.postalCode),
            record.prefecture + record.city + place.street, address.building,
            address.addressee, address.phone, record.askedOn.description,
        ]
    }
}
