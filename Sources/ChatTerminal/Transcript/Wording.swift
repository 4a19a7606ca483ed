internal import ChatCore

/// Tells happenings: which words, and how they look.
struct Wording {
    let look: Look
    /// Who the user is.
    let own: Author?

    /// One line, before it is wrapped.
    struct Line {
        var head = StyledText()
        var text = StyledText()
    }

    private static let quiet = Style.dim

    func isOwn(_ author: Author) -> Bool { author.member == own?.member }

    /// What is said, with names and links as they are: `10:31 bob: hello`.
    /// - Parameter isMention: whether one's own name is to stand out.
    func speech(_ author: Author, _ text: CleanText, at stamp: String, isMention: Bool) -> Line {
        var head = self.head(stamp)
        head += name(author)
        // Not by its looks alone: one's own lines have the sign of the prompt.
        head.append(isOwn(author) ? "› " : ": ")
        return Line(head: head, text: said(text, marking: isMention))
    }

    /// `10:31 * bob waves`.
    func action(_ author: Author, _ text: CleanText, at stamp: String, isMention: Bool) -> Line {
        var head = self.head(stamp)
        head.append("* ", Self.quiet)
        return Line(head: head, text: name(author) + " " + said(text, marking: isMention))
    }

    /// `10:31 bob → you: psst`, and back.
    func whisper(_ author: Author, _ text: CleanText, isOurs: Bool, at stamp: String) -> Line {
        let you = StyledText(look.texts.you, Style(bold: true))
        let arrow = StyledText(" → ")
        let head = self.head(stamp) + (isOurs ? you + arrow + name(author) : name(author) + arrow + you)
        return Line(head: head + ": ", text: said(text, marking: false))
    }

    /// Who has come and gone: `10:31 → bob, carol entered`.
    func presence(_ sign: String, _ sentence: Sentence, at stamp: String) -> Line {
        var head = self.head(stamp)
        head.append(sign + " ", Self.quiet)
        return Line(head: head, text: styled(sentence, Self.quiet))
    }

    /// What the room and the server say: `10:31 * slow mode is off, says bob`.
    func notice(_ sentence: Sentence, at stamp: String, style: Style = .plain) -> Line {
        var head = self.head(stamp)
        head.append("* ", Self.quiet)
        return Line(head: head, text: styled(sentence, style))
    }

    /// Across the screen: `── #lobby · what it is about ──────`.
    func rule(_ title: StyledText) -> [StyledText] {
        var row = StyledText("── ", Self.quiet)
        row += title
        let used = row.string.reduce(0) { $0 + columns($1) }
        // What does not fit stands under it, without a line beside it.
        guard used + 3 <= look.width else {
            return Wrapping(head: StyledText("── ", Self.quiet), text: title, width: look.width).rows()
        }
        row.append(" " + String(repeating: "─", count: min(look.width - used - 1, 40)), Self.quiet)
        return [row]
    }

    // MARK: Parts

    private func head(_ stamp: String) -> StyledText {
        stamp.isEmpty ? StyledText() : StyledText(stamp + " ", Self.quiet)
    }

    func name(_ author: Author) -> StyledText {
        StyledText(CleanText(author.label).string, NameColors.style(of: author, isOwn: isOwn(author)))
    }

    func styled(_ sentence: Sentence, _ style: Style = .plain) -> StyledText {
        var text = StyledText()
        for part in sentence.parts {
            switch part {
            case .words(let words): text.append(CleanText(words).string, style)
            case .name(let author): text += name(author)
            case .room(let room): text.append(CleanText("\(room)").string, Style(nil, bold: true, isolated: true))
            case .quote(let quote): text.append(CleanText(quote.string).string, style)
            }
        }
        return text
    }

    private func said(_ text: CleanText, marking isMention: Bool) -> StyledText {
        // Cleaned once more: it is the last place before the terminal.
        let clean = CleanText(text.string).string
        guard isMention, let name = own?.name else { return StyledText(clean) }
        let ranges = Mentions.ranges(of: name, in: clean)
        guard !ranges.isEmpty else { return StyledText(clean) }
        let characters = Array(clean)
        var styled = StyledText()
        var place = 0
        for range in ranges {
            styled.append(String(characters[place..<range.lowerBound]))
            styled.append(String(characters[range]), Style(bold: true, inverse: true))
            place = range.upperBound
        }
        styled.append(String(characters[place...]))
        return styled
    }
}
