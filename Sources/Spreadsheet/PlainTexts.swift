/// Reads texts that cells share in one pass, as long as they are plain.
struct PlainTexts: ~Copyable {
    private let kinds = OctetKinds()
    private var decoded: [UInt8] = []

    /// Adds the texts that these octets begin with, as long as there is room for so many octets
    /// (`left`). Gives how many octets those were: all, or up to what is not plain. They end with
    /// the end of a text.
    mutating func read(
        _ octets: UnsafeBufferPointer<UInt8>, into texts: inout OctetTexts, left: inout Int
    ) -> Int {
        guard let start = octets.baseAddress else { return 0 }
        let end = start + octets.count
        var xml = PlainXML(start, kinds)
        var done = start
        while done < end {
            xml.skipSpace()
            guard xml.take("<si>"), let text = Self.text(&xml) else { break }
            if text.octets.count > left { break }
            add(text, to: &texts, &left)
            done = xml.place
        }
        return done - start
    }

    private mutating func add(
        _ text: PlainXML.Text, to texts: inout OctetTexts, _ left: inout Int
    ) {
        if text.hasEntities {
            text.decoded(into: &decoded)
            left -= decoded.count
            decoded.withUnsafeBufferPointer { Self.put($0, into: &texts) }
        } else {
            left -= text.octets.count
            Self.put(text.octets, into: &texts)
        }
        texts.endText()
    }

    private static func put(_ octets: UnsafeBufferPointer<UInt8>, into texts: inout OctetTexts) {
        if EscapedText.mayHold(octets) {
            texts.put(EscapedText.plain(Array(octets)))
        } else {
            texts.put(octets)
        }
    }

    /// One text in one run, without kana; what Japanese spreadsheets say of kana that are not there
    /// may stand behind it.
    private static func text(_ xml: inout PlainXML) -> PlainXML.Text? {
        guard xml.take("<t>") || xml.take("<t xml:space=\"preserve\">"), let text = xml.text(),
            xml.take("</t>")
        else { return nil }
        if xml.take("</si>") { return text }
        guard xml.take("<phoneticPr fontId=\"") else { return nil }
        while (0x30...0x39).contains(xml.octet) { xml.advance() }
        return xml.take("\"/></si>") ? text : nil
    }
}
