import HTML
import Testing

@Suite struct HTMLTests {
    @Test(arguments: [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\" onfocus='x", "&quot; onfocus=&#39;x"), ("a & b", "a &amp; b"), ("𠮷髙", "𠮷髙"),
    ])
    func whatIsInterpolatedIsEscaped(text: String, markup: String) {
        let html: HTML = "<p title=\"\(text)\">\(text)</p>"
        #expect(html.string == "<p title=\"\(markup)\">\(markup)</p>")
    }

    @Test func markupPassesAsItIs() {
        let item: HTML = "<li>\("<")</li>"
        let list: HTML = "<ul>\(each(1...2) { _ in item })</ul>\(when(false, "x"))\(7)"
        #expect(list.string == "<ul><li>&lt;</li><li>&lt;</li></ul>7")
    }

    @Test(arguments: [
        "javascript:alert(1)", "//evil.example", "/\\evil", "data:text/html,x",
        "//\u{30F}evil.example", "/\\\u{30F}evil.example",
    ])
    func aForeignTargetIsDropped(target: String) { #expect(href(target).string == "#") }

    @Test(arguments: ["/a?b=1", "https://example.jp/", "tel:0120", "#main"])
    func anOwnTargetStays(target: String) { #expect(href(target).string == target) }

    @Test func markupIsWrittenAsATreeAndReadAsALine() {
        let list: HTML = """
            <ul class="a"
                id="\("b")">
              <li>\("1 < 2")、
                  つづき</li>

              \(when(true, "<li>x</li>"))
            </ul>
            """
        #expect(
            list.string
                == "<ul class=\"a\" id=\"b\"><li>1 &lt; 2、つづき</li><li>x</li></ul>")
    }

    @Test func whatIsInterpolatedKeepsItsLines() {
        let lines = "a\n  b"
        let html: HTML = """
            <textarea>
              \(lines)
            </textarea>
            """
        #expect(html.string == "<textarea>a\n  b</textarea>")
    }
}
