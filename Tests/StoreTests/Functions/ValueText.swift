import Enrollment

/// A value as text that is the same each time: fields by their names, those that say nothing left
/// out; what has no order of its own in the order of its text; of what is long the beginning.
enum ValueText {
    static let most = 4

    /// A line for each element of a list; `nothing` for none.
    static func lines(_ value: Any) -> String {
        let shown = unwrapped(value)
        guard let shown, !(shown is ()) else { return value is () ? "done\n" : "nothing\n" }
        guard let all = elements(shown) else { return of(shown) + "\n" }
        if all.isEmpty { return "nothing\n" }
        return all.map { $0 + "\n" }.joined()
    }

    private static func of(_ value: Any) -> String {
        guard let value = unwrapped(value) else { return "" }
        if let text = value as? String { return "“\(text.replacing("\n", with: "⏎").prefix(160))”" }
        if let octets = value as? [UInt8], !octets.isEmpty { return octetText(octets) }
        if let draft = value as? ApplicationDraft { return draftText(draft) }
        if let all = elements(value) { return "[\(all.joined(separator: ", "))]" }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .enum: return enumText(value, mirror)
        case .struct, .tuple: return structText(value, mirror)
        default: return String(describing: value)
        }
    }

    /// As many as are shown, and how many there are if those are not all.
    private static func shortened(_ all: some Collection<String>, of count: Int) -> [String] {
        count <= most ? Array(all) : all.prefix(most) + ["… \(count)"]
    }

    private static func octetText(_ octets: [UInt8]) -> String {
        let start = octets.prefix(4).map { (($0 < 16) ? "0" : "") + String($0, radix: 16) }
        return "\(start.joined())(\(octets.count))"
    }

    private static func elements(_ value: Any) -> [String]? {
        if let octets = value as? [UInt8], !octets.isEmpty { return nil }
        let mirror = Mirror(reflecting: value)
        let children = mirror.children
        switch mirror.displayStyle {
        case .collection:
            return shortened(children.prefix(most).map { of($0.value) }, of: children.count)
        // What has no order is put in one, which takes too long for a gazetteer.
        case .set, .dictionary:
            if children.count > 200 { return ["… \(children.count)"] }
            return shortened(children.map { pairText($0.value) }.sorted(), of: children.count)
        default: return nil
        }
    }

    /// The answers in the order of the form.
    private static func draftText(_ draft: ApplicationDraft) -> String {
        let given = ApplicationField.plain.filter { !draft[$0].isEmpty }
        let shown = given.map { "\($0.key): “\(draft[$0])”" }
        return "[\(shortened(shown, of: shown.count).joined(separator: ", "))]"
    }

    /// An element of a set, or of a dictionary with its key.
    private static func pairText(_ value: Any) -> String {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .tuple else { return of(value) }
        return mirror.children.map { of($0.value) }.joined(separator: ": ")
    }

    private static func enumText(_ value: Any, _ mirror: Mirror) -> String {
        if let raw = value as? any RawRepresentable { return String(describing: raw.rawValue) }
        guard let inside = mirror.children.first else { return String(describing: value) }
        return "\(inside.label ?? "")(\(of(inside.value)))"
    }

    private static func structText(_ value: Any, _ mirror: Mirror) -> String {
        if let named = value as? any CustomStringConvertible { return named.description }
        let fields = mirror.children.compactMap { field -> String? in
            let (name, text) = (field.label ?? "", of(field.value))
            if ["", "“”", "[]", "false", "()"].contains(text) { return nil }
            // Numbers of transactions are another each time.
            if name == "writtenBy" { return nil }
            return name.hasPrefix(".") ? text : "\(name): \(text)"
        }
        return "(\(fields.joined(separator: ", ")))"
    }

    private static func unwrapped(_ value: Any) -> Any? {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .optional else { return value }
        return mirror.children.first.flatMap { unwrapped($0.value) }
    }
}
