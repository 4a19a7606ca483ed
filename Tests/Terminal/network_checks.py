"""Checks 26 to 28: connections that break while somebody types."""
import glob
import os
import signal
import time

from pane import Wrong

PATIENCE = 40


def is_connected(pane):
    return pane.screen()[pane.cursor()[1]].startswith(pane.subject.prompt)


def expect_all(pane, last):
    """All messages up to that one, each once, in order."""
    pane.until(lambda: last in pane.messages(), f"message {last} does not come", PATIENCE)
    pane.expect_messages()


def say(bot, numbers):
    for number in numbers:
        bot.say(f"message <{number}>")


def check_26(open_pane):
    "the server starts again while somebody types"
    pane = open_pane(is_started=False)
    if not pane.subject.has_server:
        return "there is no server"
    server, _ = pane.subject.prepare(pane.folder, keeps=True)
    pane.start()
    say(server.bot("bob"), range(1, 6))
    expect_all(pane, 5)
    pane.type("half ")
    server.stop()
    pane.until(lambda: not is_connected(pane), "it does not notice")
    pane.type("typed")
    server.start()
    server.let_in(["bob"])
    say(server.bot("bob"), range(6, 11))
    pane.until(lambda: is_connected(pane), "it does not come back", PATIENCE)
    expect_all(pane, 10)
    pane.expect_line("half typed", 10)
    pane.expect_shown("half typed", 1)
    pane.keys("Enter")
    pane.expect_sent(["half typed"])
    pane.until(lambda: pane.everything().count("alice› half typed") == 1, "its own line is not there once")


def check_27(open_pane):
    "a connection breaks while others talk, and what is said meanwhile is said once"
    pane = open_pane(is_started=False)
    if not pane.subject.has_server:
        return "there is no server"
    server, proxy = pane.subject.prepare(pane.folder)
    pane.start(rate=20)
    pane.wait_for_messages(5)
    pane.type("while it is away")
    proxy.cut()
    pane.until(lambda: not is_connected(pane), "it does not notice")
    pane.keys("Enter")
    pane.expect_line("")
    pane.type("draft")
    time.sleep(1)
    proxy.open()
    pane.until(lambda: is_connected(pane), "it does not come back", PATIENCE)
    pane.wait_for_messages(30)
    pane.expect_line("draft", 5)
    pane.expect_sent(["while it is away"])
    pane.until(lambda: pane.everything().count("alice› while it is away") == 1, "its own line is not there once")
    if "0 lost" not in pane.everything():
        raise Wrong("it does not say what was missed")


def check_28(open_pane):
    "an hour asleep"
    pane = open_pane(is_started=False)
    if not pane.subject.has_server:
        return "there is no server"
    library = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
    if not library:
        raise Wrong("there is no faketime; run scripts/setup --test")
    server, proxy = pane.subject.prepare(pane.folder)
    clock = os.path.join(pane.folder, "clock")
    with open(clock, "w") as file:
        file.write("+0")
    # The time of day jumps. How long something takes is not measured by it.
    variables = {
        "LD_PRELOAD": library[0], "FAKETIME_TIMESTAMP_FILE": clock, "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    pane.start(before=" ".join(f"{name}={value}" for name, value in variables.items()) + " ")
    say(server.bot("bob"), range(1, 6))
    expect_all(pane, 5)
    pane.type("half typed")
    pane.expect_line("half typed")
    pane.kill(signal.SIGSTOP)
    pane.until(lambda: "Stopped" in "\n".join(pane.screen()), "the shell does not notice")
    proxy.cut()
    say(server.bot("bob"), range(6, 31))
    with open(clock + ".new", "w") as file:
        file.write("+3600")
    os.rename(clock + ".new", clock)
    proxy.open()
    pane.type("stty sane; fg")
    pane.keys("Enter")
    expect_all(pane, 30)
    pane.until(lambda: is_connected(pane), "it does not come back", PATIENCE)
    pane.expect_line("half typed", 10)
    say(server.bot("bob"), [31])
    expect_all(pane, 31)
    if pane.everything().count("unread") != 1:
        raise Wrong("what has come meanwhile is not marked")
