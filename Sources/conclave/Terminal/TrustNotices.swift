import ChatClient
import CommandKit
import Synchronization

/// Where notices about trust go: to standard error while there is nothing better, and then to the chat.
final class TrustNotices: Sendable {
    private let chat = Mutex<TerminalChat?>(nil)

    func go(to chat: TerminalChat?) { self.chat.withLock { $0 = chat } }

    func tell(_ notice: TrustNotice) async {
        if let chat = chat.withLock({ $0 }) { await chat.tell(notice) } else { Conclave.complain("\(notice)") }
    }
}
