internal import CPango

/// The families of a text: the first for the eye, the others for what it has not.
struct FontFamilies: Hashable {
    /// In the order in which they are asked.
    let names: [String]

    /// 明朝: BIZ UD for everything that people type; Noto for 𠮷; IPAmj for characters and forms of
    /// the family registers (IVS).
    static let mincho = FontFamilies(names: [
        "BIZ UDPMincho", "Noto Serif CJK JP", "IPAmjMincho",
    ])
    static let gothic = FontFamilies(names: ["BIZ UDPGothic", "Noto Sans CJK JP", "IPAmjMincho"])

    /// Octets of the text that another family than the first must set. A font is chosen by the
    /// character alone; one that has the character and not the form that its selector (IVS, UTS
    /// #37) asks for would show somebody's name otherwise than they write it.
    func exceptions(
        in text: String, _ context: OpaquePointer
    ) -> [(octets: Range<Int>, family: String)] {
        var found: [(octets: Range<Int>, family: String)] = []
        var place = 0
        var before: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            let count = UTF8.width(scalar)
            if Self.isSelector(scalar), let base = before {
                let family = names.first { has(base, scalar, in: $0, context) }
                if let family, family != names.first {
                    found.append((place - UTF8.width(base)..<place + count, family))
                }
            }
            (place, before) = (place + count, scalar)
        }
        return found
    }

    private static func isSelector(_ scalar: Unicode.Scalar) -> Bool {
        (0xFE00...0xFE0F).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value)
    }

    /// Whether a family has the form of a character that a selector asks for.
    private func has(
        _ base: Unicode.Scalar, _ selector: Unicode.Scalar, in family: String,
        _ context: OpaquePointer
    ) -> Bool {
        guard let wanted = pango_font_description_new() else { return false }
        defer { pango_font_description_free(wanted) }
        pango_font_description_set_family(wanted, family)
        pango_font_description_set_absolute_size(wanted, 12 * Double(PANGO_SCALE))
        guard let font = pango_context_load_font(context, wanted) else { return false }
        defer { cpango_free(font) }
        var glyph: hb_codepoint_t = 0
        return hb_font_get_variation_glyph(
            pango_font_get_hb_font(font), base.value, selector.value, &glyph) != 0
    }
}
