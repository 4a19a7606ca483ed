/// One end of a connection in memory: ours (``TLSEnd``), or libssl driven by hand (``RawTLSPeer``).
public protocol TLSPeer: AnyObject {
    /// Gives the end ciphertext and lets it act. No bytes let it act too: that is how a client begins.
    func receive(_ ciphertext: [UInt8])
    /// Takes the ciphertext that the end wants to send.
    func takeOutput() -> [UInt8]
    /// Tells the end that the transport has ended, and lets it act.
    func endInput()
}
