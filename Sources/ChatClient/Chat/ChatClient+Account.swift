public import ChatCore
internal import ChatWire

/// Keys, and the names that are kept for them.
extension ChatClient {
    /// Who somebody is: its key or keys, and what its connections have agreed on.
    public func whois(_ whom: Whom) async throws(RequestError) -> Profile {
        guard case .whois(let profile) = try await core.call(.whois(whom)) else { throw .notUnderstood }
        return profile
    }

    /// Has a name kept for our account no more. An operator may do so with any.
    public func release(_ name: Nickname) async throws(RequestError) {
        _ = try await core.call(.release(name))
    }

    /// A code by which another key becomes one of our account, with ``link(_:)`` on a connection that has shown it.
    /// - Returns: the code, and for how many seconds it is good. It is good once, and makes the one of before void.
    public func linkCode() async throws(RequestError) -> (code: LinkCode, seconds: Int) {
        guard case .code(let code, let seconds) = try await core.call(.link(nil)) else { throw .notUnderstood }
        return (code, seconds)
    }

    /// Makes our key one of the account that the code was made for.
    /// - Returns: the names that are kept for that account.
    @discardableResult
    public func link(_ code: LinkCode) async throws(RequestError) -> [Nickname] {
        guard case .linked(let names) = try await core.call(.link(code)) else { throw .notUnderstood }
        return names
    }

    /// The four words that the server and the other end of a connection have in common; of somebody with several
    /// connections those of each.
    /// - Parameter whom: nil: our own connection.
    public func verify(_ whom: Whom? = nil) async throws(RequestError) -> (author: Author, words: [String]) {
        guard case .words(let author, let words) = try await core.call(.verify(whom)) else { throw .notUnderstood }
        return (author, words)
    }

    /// Lets a key come in where only members may. For operators.
    /// - Parameter name: is kept for it.
    public func admit(_ key: KeyFingerprint, as name: Nickname? = nil) async throws(RequestError) {
        _ = try await core.call(.admit(key, name))
    }
}
