// One terminal that is ours for a while, and that is given back whatever happens.
//
// What a signal handler does must be async-signal-safe: no allocation, no lock, no check of exclusive access, no global
// that is made when it is first used. Swift promises none of that, so this is in C; tcsetattr(3), tcflush(3), poll(2) and
// write(2) are on POSIX's list of what may be called.
#ifndef CTERMINAL_H
#define CTERMINAL_H

/// Remembers how the terminal is set up. `wake` is a pipe that does not block, into which the number of each signal is
/// written as one byte. Returns 0, or `errno`; EBUSY if there is a terminal of ours already.
int CTerminal_open(int input, int output, int wake);

/// Keys come one by one and are not shown, pastes are marked, and so is which window is in front. CR still becomes LF, and LF goes to the first column, so
/// that a shell can be used even after SIGKILL. Returns 0, or `errno`.
///
/// In the background this stops the process (SIGTTOU) until it is in the foreground.
int CTerminal_raw(void);

/// As it was found; nothing if it is so already. Async-signal-safe.
void CTerminal_restore(void);

/// Restores, and forgets all about it.
void CTerminal_close(void);

/// How many rows there are below the cursor that a crash must not write over.
void CTerminal_set_rows_below(int rows);

/// From now on SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP and SIGINT are told in the pipe, and a crash, a second signal
/// to end and exit(3) restore the terminal first.
void CTerminal_watch(void);

/// Lets the calling thread have these signals, and be stopped when it touches the terminal in the background. A thread
/// has the mask of who made it, and those of a pool of threads have nearly all signals blocked.
void CTerminal_unblock(void);

/// As signals were before.
void CTerminal_unwatch(void);

/// Stops the process as Ctrl-Z does (`group`: and those who run with it). It can return before it has happened: SIGCONT
/// says when it is over.
void CTerminal_stop(int group);

/// After a stop: SIGTSTP is told again.
void CTerminal_go_on(void);

/// Returns 0 and the size, or -1 if the terminal does not say.
int CTerminal_size(int terminal, int *columns, int *rows);

#endif
