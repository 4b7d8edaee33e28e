internal import HTML

/// One question of a form: what it is called, what was typed, what is wrong with it.
struct Field {
    let name: String
    let label: String
    var isRequired = true
    /// Whether it is said at all if an answer is required; a choice of what is shown asks nothing.
    var isMarked = true
    /// Whether somebody who applies as よびかけ員 need not answer what a 推進委員 must: then the mark
    /// follows the kind as it is chosen on the page. `isRequired` is for as long as none is.
    var isForPromoters = false
    var hint = ""
    var value = ""
    var problems: [String] = []
    /// What the office says of the question, above what is typed.
    var said = ""
    /// What else can be done about a problem, behind the words that say what is wrong.
    var way: HTML = .none
    var autocomplete = "off"
    var inputMode = ""
    var isShort = false

    var errorID: String { name + "-e" }

    /// Error first, then hint, as screen readers should read them.
    private var describedBy: String {
        [
            problems.isEmpty ? "" : errorID, said.isEmpty ? "" : name + "-s",
            hint.isEmpty ? "" : name + "-h",
        ]
        .filter { !$0.isEmpty }.joined(separator: " ")
    }

    var textInput: HTML { input("text") }

    func input(_ type: String) -> HTML {
        wrapped(
            """
            <input\(when(isShort, " class=\"half\"")) id="\(name)" name="\(name)" type="\(type)"
                autocomplete="\(autocomplete)" value="\(value)"\(mode)\(state)>
            """)
    }

    /// A file to choose; a browser never fills it in again.
    /// `accept` names the kinds that a browser offers first.
    func fileInput(accept: String) -> HTML {
        wrapped(
            """
            <input id="\(name)" name="\(name)" type="file" accept="\(accept)"\(state)>
            """)
    }

    func textArea(rows: Int) -> HTML {
        wrapped(
            """
            <textarea id="\(name)" name="\(name)" rows="\(rows)"\(state)>
            \(value)</textarea>
            """)
    }

    /// Choices as `(value, label)`; an empty choice comes first.
    func select(_ choices: [(String, String)], empty: String = "選んでください") -> HTML {
        wrapped(
            """
            <select id="\(name)" name="\(name)"\(state)>
              <option value="">\(empty)</option>
              \(each(choices, option))
            </select>
            """)
    }

    private func option(_ choice: (String, String)) -> HTML {
        """
        <option value="\(choice.0)"\(when(choice.0 == value, " selected"))>\(choice.1)</option>
        """
    }

    /// Choices as `(value, label, explanation)`. What is wrong is said of the whole group: none of
    /// its buttons is wrong by itself.
    func radios(_ choices: [(String, String, String)]) -> HTML {
        """
        <fieldset class="field\(when(!problems.isEmpty, " err"))" role="radiogroup"\(state)>
          <legend>\(label)\(mark)</legend>\(hintText)
          <div class="rows">
            \(each(choices) { radio($0, isFirst: $0.0 == choices[0].0) })
          </div>
          \(message)
        </fieldset>
        """
    }

    private func radio(_ choice: (String, String, String), isFirst: Bool) -> HTML {
        let (code, word, explanation) = choice
        return """
            <label>
              <input type="radio"\(when(isFirst, " id=\"\(name)\"")) name="\(name)"
                  value="\(code)"\(when(code == value, " checked"))>
              <span>\(word)\(when(!explanation.isEmpty, "<small>\(explanation)</small>"))</span>
            </label>
            """
    }

    /// One box to tick; the question is its own label.
    func checkbox(_ text: String) -> HTML {
        """
        <div class="field\(when(!problems.isEmpty, " err"))">
          <div class="rows">
            <label>
              <input type="checkbox" id="\(name)" name="\(name)"
                  value="yes"\(when(value == "yes", " checked"))\(state)><span>\(text)\(mark)</span>
            </label>
          </div>
          \(hintText)\(message)
        </div>
        """
    }

    private func wrapped(_ control: HTML) -> HTML {
        """
        <div class="field\(when(!problems.isEmpty, " err"))">
          <label for="\(name)">\(label)\(mark)</label>\(hintText)\(control)\(message)
        </div>
        """
    }

    private var mark: HTML {
        guard isMarked else { return .none }
        guard isForPromoters else {
            return isRequired
                ? "<span class=\"req\">※必須</span>" : "<span class=\"opt\">※任意</span>"
        }
        return """
            <span class="req if-promoter"\(when(!isRequired, " hidden"))>※必須</span>
            <span class="opt unless-promoter"\(when(isRequired, " hidden"))>※任意</span>
            """
    }

    private var hintText: HTML {
        when(!said.isEmpty, Part.said(said, of: name))
            + when(!hint.isEmpty, "<p class=\"hint\" id=\"\(name)-h\">\(hint)</p>")
    }

    private var mode: HTML { when(!inputMode.isEmpty, " inputmode=\"\(inputMode)\"") }

    private var described: HTML {
        when(!describedBy.isEmpty, " aria-describedby=\"\(describedBy)\"")
    }

    private var state: HTML {
        described + when(!problems.isEmpty, " aria-invalid=\"true\"")
    }

    private var message: HTML {
        when(
            !problems.isEmpty,
            """
            <p class="msg" id="\(errorID)">
              \(Icon.field)
              <span><span class="vh">エラー：</span>\(problems.joined(separator: " "))\(way)</span>
            </p>
            """
        )
    }
}
