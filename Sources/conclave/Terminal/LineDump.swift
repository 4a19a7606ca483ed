#if DEBUG
import ChatTerminal
import Dispatch
import Glibc

/// For `scripts/terminal-checks`, and in debug builds only: on SIGUSR1 the cursor and the text of the line are written
/// into the file that `CONCLAVE_DUMP` names.
struct LineDump {
    private let source: any DispatchSourceSignal

    init?(of session: TerminalSession) {
        guard let name = getenv("CONCLAVE_DUMP") else { return nil }
        let path = String(cString: name)
        signal(SIGUSR1, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGUSR1, queue: .global())
        source.setEventHandler {
            guard let file = fopen(path + ".new", "w") else { return }
            let line = session.line
            fputs("\(line.cursor)\n\(line.text)", file)
            fclose(file)
            rename(path + ".new", path)
        }
        source.activate()
    }

    func stop() { source.cancel() }
}
#endif
