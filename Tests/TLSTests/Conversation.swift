import TestKit

/// A whole conversation: handshake, a question, an answer, and both ends take their leave.
struct Conversation {
    let question = Array("Is anybody there?".utf8)
    let answer = Array("Yes.".utf8)

    let pair: TLSPair

    init(_ pair: TLSPair) {
        self.pair = pair
    }

    /// Holds it over whatever network the pair has. An end that has failed by then says nothing more.
    func hold() {
        pair.pump()
        try? pair.client.send(question)
        pair.pump()
        try? pair.server.send(answer)
        pair.pump()
        pair.client.close()
        pair.server.close()
        pair.pump()
    }

    /// Whether all that was understood was also said.
    var isFaithful: Bool {
        question.starts(with: pair.server.plaintext) && answer.starts(with: pair.client.plaintext)
    }

    var isComplete: Bool {
        pair.server.plaintext == question && pair.client.plaintext == answer && pair.client.isClosed
            && pair.server.isClosed
    }
}
