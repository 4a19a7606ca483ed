#include "CTerminal.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static const int told[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT, SIGQUIT};
static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSYS, SIGXCPU, SIGXFSZ};
enum { TOLD = sizeof told / sizeof *told, FATAL = sizeof fatal / sizeof *fatal };

static volatile sig_atomic_t is_open, is_raw, is_ending, rows_below;
static volatile sig_atomic_t input_fd = -1, output_fd = -1, wake_fd = -1;
// Written before is_open is set, and read only while it is.
static struct termios found;
static struct sigaction told_before[TOLD], fatal_before[FATAL];
static int is_watching;

static void put(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(output_fd, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

static void put_sane(void) {
  static const char sane[] = "\033[?2026l\033[?7h\033[?25h\033[?1004l\033[?2004l\033[0m";
  put(sane, sizeof sane - 1);
}

void CTerminal_restore(void) {
  if (!is_raw) return;
  is_raw = 0;
  put_sane();
  tcsetattr(input_fd, TCSANOW, &found);
}

// The end came without a warning: below the input, and without what was typed for us and would now go to the shell.
static void restore_at_once(void) {
  if (!is_open || !is_raw) return;
  is_raw = 0;
  // Nobody is to wait for a terminal that takes nothing.
  struct pollfd output = {.fd = output_fd, .events = POLLOUT};
  if (poll(&output, 1, 200) > 0 && output.revents & POLLOUT) {
    put_sane();
    for (int row = 0; row <= rows_below && row < 1000; row++) put("\r\n", 2);
  }
  tcflush(input_fd, TCIFLUSH);
  tcsetattr(input_fd, TCSANOW, &found);
}

static void die_by(int signal, const struct sigaction *before) {
  sigset_t set;
  sigaction(signal, before, NULL);
  sigemptyset(&set);
  sigaddset(&set, signal);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  raise(signal);
}

static void tell(int signal) {
  int saved = errno;
  // A terminal that goes away can say so twice, and that is no hurry.
  if (signal == SIGTERM || signal == SIGINT || signal == SIGQUIT) {
    if (is_ending) {
      // Whoever should have ended has not; perhaps it waits for the terminal.
      static const struct sigaction standard = {.sa_handler = SIG_DFL};
      restore_at_once();
      die_by(signal, &standard);
    }
    is_ending = 1;
  }
  unsigned char byte = (unsigned char)signal;
  ssize_t ignored = write(wake_fd, &byte, 1);
  (void)ignored;
  errno = saved;
}

static void crash(int signal) {
  int saved = errno;
  restore_at_once();
  for (int index = 0; index < FATAL; index++) {
    // Where the signal came from a fault, the fault comes again, to whoever cared for it before.
    if (fatal[index] == signal) die_by(signal, &fatal_before[index]);
  }
  errno = saved;
}

int CTerminal_open(int input, int output, int wake) {
  if (is_open) return EBUSY;
  if (tcgetattr(input, &found) != 0) return errno;
  input_fd = input;
  output_fd = output;
  wake_fd = wake;
  rows_below = 0;
  is_ending = 0;
  is_open = 1;
  return 0;
}

int CTerminal_raw(void) {
  if (!is_open) return EBADF;
  struct termios raw = found;
  raw.c_iflag &= ~(tcflag_t)(BRKINT | INPCK | ISTRIP | IXON | INLCR | IGNCR);
  raw.c_iflag |= ICRNL;
  raw.c_oflag |= OPOST | ONLCR;
  raw.c_lflag &= ~(tcflag_t)(ECHO | ICANON | IEXTEN | ISIG);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  while (tcsetattr(input_fd, TCSANOW, &raw) != 0) {
    if (errno != EINTR) return errno;
  }
  is_raw = 1;
  static const char marked[] = "\033[?2004h\033[?1004h";
  put(marked, sizeof marked - 1);
  return 0;
}

void CTerminal_close(void) {
  CTerminal_restore();
  CTerminal_unwatch();
  is_open = 0;
}

void CTerminal_set_rows_below(int rows) { rows_below = rows; }

void CTerminal_watch(void) {
  static int is_registered;
  if (is_watching) return;
  is_watching = 1;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = tell;
  action.sa_flags = SA_RESTART;
  for (int index = 0; index < TOLD; index++) sigaction(told[index], &action, &told_before[index]);
  // In the background, tcsetattr(3) goes on instead of stopping a program that crashes.
  sigaddset(&action.sa_mask, SIGTTOU);
  action.sa_handler = crash;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  for (int index = 0; index < FATAL; index++) sigaction(fatal[index], &action, &fatal_before[index]);
  if (!is_registered) {
    is_registered = 1;
    atexit(restore_at_once);
  }
}

void CTerminal_unblock(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTTOU);
  sigaddset(&set, SIGTTIN);
  for (int index = 0; is_watching && index < TOLD; index++) sigaddset(&set, told[index]);
  for (int index = 0; is_watching && index < FATAL; index++) sigaddset(&set, fatal[index]);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

void CTerminal_unwatch(void) {
  if (!is_watching) return;
  is_watching = 0;
  for (int index = 0; index < TOLD; index++) sigaction(told[index], &told_before[index], NULL);
  for (int index = 0; index < FATAL; index++) sigaction(fatal[index], &fatal_before[index], NULL);
}

void CTerminal_stop(int group) {
  struct sigaction standard;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  sigemptyset(&standard.sa_mask);
  // Whoever is in the background must not write into the shell.
  sigaction(SIGTTOU, &standard, NULL);
  sigaction(SIGTSTP, &standard, NULL);
  kill(group ? 0 : getpid(), SIGTSTP);
}

void CTerminal_go_on(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = tell;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  if (is_watching) sigaction(SIGTSTP, &action, NULL);
}

int CTerminal_size(int terminal, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}
