import ChatClient
import ChatTerminal
import CommandKit

/// Where notices about trust go: to standard error while there is nothing better, and then to the chat.
actor TrustNotices {
    private let texts: Texts
    private weak var chat: TerminalChat?

    init(_ texts: Texts) { self.texts = texts }

    func go(to chat: TerminalChat) { self.chat = chat }

    func tell(_ notice: TrustNotice) async {
        if let chat { await chat.tell(notice) } else { Conclave.complain(texts.news(TrustNews(notice))) }
    }
}
