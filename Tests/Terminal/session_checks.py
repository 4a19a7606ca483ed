"""Checks 12 to 15, and 19 to 22: the terminal is given back, and nothing but a terminal is written to as one."""
import os
import re
import signal
import subprocess
import time

from pane import Wrong
from speed_checks import Child

LONG = "".join(f"{number:03d} word " for number in range(16)).rstrip()


def check_12(open_pane):
    "Ctrl-C and Ctrl-D"
    pane = open_pane(rate=10)
    pane.type("text")
    pane.expect_line("text")
    pane.keys("C-c")
    pane.expect_line("")
    pane.keys("C-c")
    pane.expect_sane("after Ctrl-C")
    pane = open_pane(rate=10)
    pane.type("text")
    pane.keys("Home", "C-d")
    pane.expect_line("ext", 0)
    pane.keys("C-u", "C-k", "C-d")
    pane.expect_sane("after Ctrl-D")


def is_stopped(pid):
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] == "T"


def is_running(pid):
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"


def is_raw(pane):
    done = subprocess.run(["stty", "-a", "-F", pane.show("#{pane_tty}")], capture_output=True, text=True)
    return "-icanon" in done.stdout


def check_13(open_pane):
    "Ctrl-Z, fg and bg"
    pane = open_pane(rate=10)
    pane.type(LONG)
    pane.keys(*["Left"] * 20)
    pane.expect_line(LONG, len(LONG) - 20)
    pane.keys("C-z")
    pane.until(lambda: is_stopped(pane.program), "it does not stop")
    pane.shell_line("stty -g >after")
    pane.shell_line("cmp before after && touch same")
    if not os.path.exists(os.path.join(pane.folder, "same")):
        raise Wrong("the shell has not got the terminal as it was")
    pane.shell_line("fg")
    pane.until(lambda: is_raw(pane), "it does not take the terminal again")
    pane.expect_line(LONG, len(LONG) - 20)
    pane.wait_for_messages(10)
    pane.expect_shown(LONG, 3)
    pane.keys("C-z")
    pane.until(lambda: is_stopped(pane.program), "it does not stop again")
    seen = pane.messages()
    pane.shell_line("bg")
    pane.until(lambda: is_stopped(pane.program), "it does not stop in the background")
    time.sleep(0.5)
    if pane.messages() != seen or is_raw(pane):
        raise Wrong("it writes while the shell has the terminal")
    pane.shell_line("fg")
    pane.until(lambda: is_raw(pane), "it does not take the terminal a third time")
    pane.expect_line(LONG, len(LONG) - 20)
    pane.wait_for_messages(5)


def check_14(open_pane):
    "signals to end, and crashes"
    for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGXCPU", "SIGSEGV", "SIGABRT"):
        pane = open_pane(rate=10)
        pane.type(LONG)
        pane.keys(*["Left"] * 70)
        pane.expect_line(LONG, len(LONG) - 70)
        pane.kill(getattr(signal, name))
        pane.expect_sane(f"after {name}")
        pane.expect_messages()
    pane = open_pane(rate=10)
    if pane.subject.trap:
        pane.type(pane.subject.trap)
        pane.keys("Enter")
    else:
        # What a fault of Swift's own comes to.
        pane.kill(signal.SIGILL)
    pane.expect_sane("after a trap")
    # Nobody reads what it writes, and it does not wait for ever.
    stuck = Child(pane.subject.words(pane.folder, 6000), pane.subject.environment(pane.folder))
    time.sleep(1)
    for _ in range(2):
        os.kill(stuck.pid, signal.SIGTERM)
        time.sleep(0.5)
    if is_running(stuck.pid):
        stuck.end()
        raise Wrong("a second SIGTERM does not end it while the terminal takes nothing")
    stuck.end()
    # The terminal goes away with all that is in it.
    pane = open_pane(rate=10)
    pane.close()
    end = time.monotonic() + 5
    while os.path.exists(f"/proc/{pane.program}"):
        if time.monotonic() > end:
            raise Wrong("it goes on without a terminal")
        time.sleep(0.05)


def check_15(open_pane):
    "SIGSTOP and fg, and kill -9"
    pane = open_pane(rate=10)
    pane.type("text")
    pane.expect_line("text")
    pane.kill(signal.SIGSTOP)
    pane.until(lambda: is_stopped(pane.program), "it does not stop")
    pane.until(lambda: "Stopped" in "\n".join(pane.screen()), "the shell does not notice")
    # The terminal is raw still, and the shell's own line works all the same.
    pane.type("stty sane; fg")
    pane.keys("Enter")
    pane.until(lambda: not is_stopped(pane.program) and is_raw(pane), "it does not take the terminal again")
    pane.wait_for_messages(5)
    pane.expect_line("text", 4)
    pane.kill(signal.SIGKILL)
    pane.until(lambda: pane.child() is None, "it does not end")
    pane.shell_line("true")


def check_19(open_pane):
    "colours, as many as are wished for"
    for environment in ([], ["NO_COLOR=1"]):
        pane = open_pane(rate=10, environment=environment)
        pane.wait_for_messages(2)
        pane.type("text")
        pane.expect_shown("text", 1)
        pane.expect(lambda: pane.cursor()[0] == len(pane.subject.prompt) + 4, "what is no text counts for columns")
        everything = pane.screen("-e")
        prompt = next(row for row in everything if "text" in row)
        message = next(row for row in everything if "message <" in row)
        has_colour = re.search(r"\x1b\[[0-9;]*3[0-8]", prompt + message) is not None
        if has_colour != (not environment) or not re.search(r"\x1b\[[12]m", prompt):
            raise Wrong(f"with {environment} there is {prompt!r} and {message!r}")


def check_20(open_pane):
    "pipes, and terminals that can do nothing"
    pane = open_pane(is_started=False)
    words = pane.subject.words(pane.folder, 10)
    environment = {**os.environ, **pane.subject.environment(pane.folder)}
    for text in ("one\ntwo\n", "你好\n"):
        done = subprocess.run(words, env=environment, input=text.encode(), capture_output=True, timeout=20)
        if b"\x1b" in done.stdout + done.stderr:
            raise Wrong("there are escapes in a pipe")
        said = "message <1>" in done.stdout.decode() or not pane.subject.talks_in_a_pipe
        if not said or text.split("\n")[0] not in done.stdout.decode():
            raise Wrong(f"a pipe has {done.stdout!r}")
    if pane.subject.has_server:
        chinese = {**environment, "LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.UTF-8"}
        done = subprocess.run(words, env=chinese, input="你好\n".encode(), capture_output=True, timeout=20)
        if b"\x1b" in done.stdout or not {"* 你在 #lobby", "alice: 你好"} <= set(done.stdout.decode().split("\n")):
            raise Wrong(f"in Chinese a pipe has {done.stdout.decode()!r}")
    pane.start_plainly("TERM=dumb ./p | cat -v >out" , rate=10)
    pane.type("one")
    pane.keys("Enter", "C-d")
    pane.until(lambda: pane.child() is None, "it does not end")
    pane.start_plainly("script -qc 'TERM=dumb ./p' /dev/null >out", rate=10)
    pane.type("two")
    pane.keys("Enter")

    def written():
        with open(os.path.join(pane.folder, "out"), "rb") as file:
            return file.read()

    pane.until(lambda: b"message <" in written() and re.search(rb"alice: ?two", written()), "nothing is said")
    pane.keys("C-d")
    pane.until(lambda: pane.child() is None, "it does not end")
    out = written()
    if b"\x1b" in out:
        raise Wrong(f"with TERM=dumb it writes {out!r}")


def check_21(open_pane):
    "no locale"
    pane = open_pane(environment=["LC_ALL=C", "LANG=C"])
    pane.type("你好é")
    pane.expect_line("你好é", 3)
    pane.keys("Enter")
    pane.expect_sent(["你好é"])


def check_22(open_pane):
    "nothing that others say moves anything"
    pane = open_pane(rate=10)
    title = pane.show("#{pane_title}")
    pane.wait_for_messages(3)
    pane.subject.say_evil(pane.folder, pane)
    pane.until(lambda: "evil" in pane.everything(), "it is not said")
    pane.wait_for_messages(3)
    pane.expect_shown("", 1)
    if pane.show("#{pane_title}") != title:
        raise Wrong("the title has changed")
