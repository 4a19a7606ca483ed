import ChatTerminal

/// A view, the line in it, and the screen that its frames are played into.
struct Stage {
    var view: InlineView
    var screen: Screen
    var editor = LineEditor()
    var prompt: StyledText = "> "

    init(_ columns: Int, _ rows: Int, depth: ColorDepth = .sixteen, reflows: Bool = true) {
        view = InlineView(size: TerminalSize(columns: columns, rows: rows), depth: depth, reflows: reflows)
        screen = Screen(columns, rows, reflows: reflows)
    }

    var input: InlineView.Input { InlineView.Input(prompt: prompt, text: editor.text, cursor: editor.cursor) }

    mutating func type(_ text: String) {
        _ = editor.handle(.text(text))
        draw()
    }

    mutating func press(_ keys: Key...) {
        for key in keys { _ = editor.handle(key) }
        draw()
    }

    mutating func draw(_ lines: StyledText...) {
        screen.play(view.frame(printing: lines, input: input))
    }

    mutating func resize(_ columns: Int, _ rows: Int, isCertain: Bool = true) {
        screen.resize(columns, rows)
        view.resize(to: TerminalSize(columns: columns, rows: rows), isCertain: isCertain)
        draw()
    }
}
