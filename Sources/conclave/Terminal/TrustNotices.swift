import ChatClient
import CommandKit

/// Where notices about trust go: to standard error while there is nothing better, and then to the chat.
actor TrustNotices {
    private weak var chat: TerminalChat?

    func go(to chat: TerminalChat) { self.chat = chat }

    func tell(_ notice: TrustNotice) async {
        if let chat { await chat.tell(notice) } else { Conclave.complain("\(notice)") }
    }
}
