"""Checks 23 to 25: how fast it is, how slow it may be, and how it writes."""
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import termios
import time

from pane import Wrong

# What a program at the end of a slow line types: letters, an arrow, a paste, Home.
SLOW = b"ab\x1b[Dc\x1b[200~x\ry\x1b[201~\x1b[H!"


class Child:
    """The program at a terminal of ours, of which every byte is seen."""

    def __init__(self, words, columns=60, rows=12):
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="tmux-256color", LC_ALL="C.UTF-8")
            os.execvp(words[0], words)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.seen = b""
        self.read_until(b"alice")

    def read(self, timeout):
        if select.select([self.master], [], [], timeout)[0]:
            try:
                self.seen += os.read(self.master, 1 << 16)
            except OSError:
                pass

    def read_until(self, text, patience=10):
        end = time.monotonic() + patience
        while text not in self.seen:
            if time.monotonic() > end:
                raise Wrong(f"{text!r} does not come")
            self.read(0.05)

    def read_for(self, seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(left)

    def type(self, data):
        os.write(self.master, data)

    def processor_seconds(self):
        with open(f"/proc/{self.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.master)


def dump(child, folder):
    path = os.path.join(folder, "dump")
    if os.path.exists(path):
        os.remove(path)
    os.kill(child.pid, signal.SIGUSR1)
    end = time.monotonic() + 10
    while not os.path.exists(path):
        if time.monotonic() > end:
            raise Wrong("the program does not say what is in its line")
        child.read(0.02)
    with open(path, encoding="utf-8", newline="") as file:
        return file.read().partition("\n")[2]


def check_23(open_pane):
    "600 messages a second while somebody types"
    pane = open_pane(is_started=False)
    child = Child(pane.subject.words(pane.folder, 600))
    try:
        child.read_for(1)
        began, before = time.monotonic(), child.processor_seconds()
        typed, delays = "", []
        for index in range(100):
            letter = "abcdefghijklmnopqrstuvwxyz"[index % 26]
            typed += letter
            mark = len(child.seen)
            pressed = time.monotonic()
            child.type(letter.encode())
            # The last of the line, and then the cursor: so the key is on the screen.
            wanted = letter.encode() + b"\x1b[?7h"
            while wanted not in child.seen[mark:]:
                if time.monotonic() > pressed + 5:
                    raise Wrong(f"{letter} is not shown")
                child.read(0.5)
            delays.append(time.monotonic() - pressed)
            child.read_for(0.03)
        spent = (child.processor_seconds() - before) / (time.monotonic() - began)
        if dump(child, pane.folder) != typed:
            raise Wrong("the text is not what was typed")
        numbers = [int(number) for number in re.findall(rb"message <(\d+)>", child.seen)]
        if numbers != list(range(1, len(numbers) + 1)):
            raise Wrong("messages are missing, or there twice")
        slowest = sorted(delays)[98] * 1000
        result = f"{spent * 100:.1f} % of a processor, p99 {slowest:.1f} ms from key to screen"
        if spent > 0.05 or slowest > 20:
            raise Wrong(result)
        return result
    finally:
        child.end()


def check_24(open_pane):
    "a byte each tenth of a second"
    pane = open_pane(is_started=False)
    child = Child(pane.subject.words(pane.folder, None))
    try:
        for byte in SLOW:
            child.type(bytes([byte]))
            child.read_for(0.1)
        text = dump(child, pane.folder)
        if text != "acx\n!yb":
            raise Wrong(f"the line is {text!r}")
    finally:
        child.end()


def check_25(open_pane):
    "one write for each frame"
    if not shutil.which("strace"):
        raise Wrong("there is no strace; run scripts/setup --test")
    pane = open_pane(is_started=False)
    log = os.path.join(pane.folder, "writes")
    words = pane.subject.words(pane.folder, 50)
    child = Child(["strace", "-f", "-qq", "-e", "trace=write", "-s", "100000", "-o", log, *words])
    try:
        child.type("你好 and a line that is longer than one row of this terminal, so that there are two".encode())
        child.read_for(1)
        child.type(b"\x1b[H")
        child.read_for(1)
    finally:
        child.end()
    with open(log, errors="replace") as file:
        writes = re.findall(r'write\(1, "(.*)", \d+\)', file.read())
    frames = [text for text in writes if "2004h" not in text]
    broken = [text for text in frames if not (text.startswith(r"\33[?2026h") and text.count("2026h") == 1 and "2026l" in text)]
    if len(frames) < 30 or broken:
        raise Wrong(f"{len(frames)} writes, of which {len(broken)} are no frame: {broken[:2]}")
    return f"{len(frames)} frames"
