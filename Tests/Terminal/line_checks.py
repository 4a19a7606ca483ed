"""Checks 1 to 11: the line, and what comes above it."""
import random

from pane import Wrong

LONG = "".join(f"{number:03d} word " for number in range(16)).rstrip()
FAMILY = "\U0001F468\u200D\U0001F469\u200D\U0001F467"
CLUSTERS = [FAMILY, "e\u0301", "\u2764\uFE0F", "\U0001F44D\U0001F3FD", "\U0001F1EB\U0001F1F7"]


def check_1(open_pane):
    "half-typed text while messages arrive"
    pane = open_pane(rate=20)
    pane.type("half typed")
    pane.expect_line("half typed", 10)
    pane.keys("Left", "Left")
    pane.wait_for_messages(10)
    pane.expect_shown("half typed", 1)
    pane.expect(lambda: pane.cursor()[0] == 18 and pane.under_cursor() == "e", "the cursor has moved")


def check_2(open_pane):
    "three rows of text, and messages longer than a row"
    for is_long in (False, True):
        pane = open_pane(rate=20, is_long=is_long)
        pane.type(LONG)
        pane.expect_line(LONG)
        for keys, place in ((["End"], len(LONG)), (["Home"], 0), (["Right"] * 70, 70)):
            pane.keys(*keys)
            pane.expect_line(LONG, place)
            pane.wait_for_messages(10)
            pane.expect_shown(LONG, 3)
            under = (LONG + " ")[place]
            pane.expect(lambda: pane.under_cursor().strip() == under.strip(), f"the cursor is not on {under!r}")


def check_3(open_pane):
    "a long text that is emptied takes no message along"
    pane = open_pane(rate=20)
    for keys in (["C-u"], ["C-a", "C-k"]):
        pane.wait_for_messages(5)
        pane.type(LONG)
        pane.expect_line(LONG)
        pane.keys(*keys)
        pane.expect_line("", 0)
        pane.wait_for_messages(5)
        pane.expect_shown("", 1)


def check_4(open_pane):
    "the prompt is there once"
    pane = open_pane(rate=20)
    pane.wait_for_messages(30)
    if pane.prompts() != 1:
        raise Wrong(f"the prompt is there {pane.prompts()} times")
    pane.keys("C-l")
    pane.wait_for_messages(3)
    if pane.prompts() != 1:
        raise Wrong(f"after Ctrl-L the prompt is there {pane.prompts()} times")


def check_5(open_pane):
    "wide characters"
    pane = open_pane()
    pane.type("你好世界")
    pane.expect(lambda: pane.cursor()[0] == 18, "the cursor is not in column 18")
    pane.keys("Left", "Left")
    pane.expect(lambda: pane.cursor()[0] == 14, "the cursor is not in column 14")
    pane.type("X")
    pane.expect_line("你好X世界")
    pane.expect_shown("你好X世界", 1)
    pane.keys("BSpace", "BSpace")
    pane.expect_line("你世界")
    pane.expect_shown("你世界", 1)


def check_6(open_pane):
    "characters of several parts"
    for rate in (None, 3):
        pane = open_pane(rate=rate)
        for cluster in CLUSTERS:
            pane.type(f"a{cluster}b")
            pane.expect_line(f"a{cluster}b", 3)
            pane.keys("Left", "Left")
            # tmux gives some of them more than one place.
            pane.expect(lambda: cluster.startswith(pane.under_cursor() or "-"), f"the cursor is not on {cluster!r}")
            pane.keys("Right", "BSpace")
            pane.expect_line("ab", 1)
            pane.expect_shown("ab", 1)
            pane.keys("End", "C-u")
        pane.expect_messages()


def check_7(open_pane):
    "characters and keys at random: the screen is the line"
    keys = ["Left", "Right", "Home", "End", "BSpace", "DC", "C-w", "C-t", "C-y", "C-k", "M-b", "M-f", "M-d", "C-_"]
    clusters = [*CLUSTERS, *"abcxyz你好世界", "é", "한", "\U0001F600", " "]
    for seed in range(4):
        draw = random.Random(seed)
        pane = open_pane(rate=10)
        for step in range(10):
            for _ in range(12):
                if draw.random() < 0.6:
                    pane.type(draw.choice(clusters))
                else:
                    pane.keys(draw.choice(keys))
            pane.type("|")
            pane.expect(lambda: "|" in pane.text(), "| is not in the line")
            pane.keys("Left")
            where = f"seed {seed}, step {step}"
            pane.expect(lambda: pane.under_cursor() == "|", f"{where}: the cursor is on {pane.under_cursor()!r}")
            cursor, text = pane.line()
            wanted = (pane.subject.prompt + text).replace(" ", "")
            pane.expect(
                lambda: "".join("\n".join(pane.screen()).rstrip().split("\n")).replace(" ", "").endswith(wanted),
                f"{where}: the screen does not show {text!r}",
            )
            pane.keys("C-d")
        pane.expect_messages()


def check_8(open_pane):
    "history, and keys that move and cut"
    pane = open_pane()
    for line in ("foo one", "bar two"):
        pane.type(line)
        pane.keys("Enter")
        pane.expect(lambda: line in pane.sent(), f"{line} is not sent")
    pane.type("draft")
    pane.keys("Up", "Up")
    pane.expect_line("foo one")
    pane.keys("Down", "Down")
    pane.expect_line("draft", 5)
    pane.keys("C-u")
    table = [
        (["C-a"], "one two", 0), (["C-e"], "one two", 7), (["M-b"], "one two", 4), (["M-b"], "one two", 0),
        (["M-f"], "one two", 3), (["C-Right"], "one two", 7), (["C-Left"], "one two", 4), (["C-k"], "one ", 4),
        (["C-y"], "one two", 7), (["C-w"], "one ", 4), (["C-u"], "", 0), (["C-y"], "one two", 7), (["Home"], "one two", 0),
        (["DC"], "ne two", 0), (["End"], "ne two", 6), (["C-_"], "one two", 0),
    ]
    pane.type("one two")
    for keys, text, cursor in table:
        pane.keys(*keys)
        pane.expect_line(text, cursor)
        column = len(pane.subject.prompt) + cursor
        pane.expect(lambda: pane.cursor()[0] == column, f"after {keys} the cursor is not in column {column}")
    pane.keys("C-c")
    sent = pane.sent()
    pane.keys("C-r")
    pane.type("foo")
    pane.expect(lambda: "foo one" in "\n".join(pane.screen()[-3:]) or "foo one" in pane.screen()[pane.cursor()[1]], "no hit")
    pane.keys("Escape")
    pane.expect_line("foo one")
    pane.expect_shown("foo one", 1)
    if pane.sent() != sent:
        raise Wrong("the hit was sent")


def check_9(open_pane):
    "keys that there are not, and a lone Esc"
    pane = open_pane(rate=10)
    pane.type("ab")
    pane.keys("F5", "PPage", "C-Up", "S-Right", "F12", "M-x")
    pane.type("c")
    pane.expect_line("abc", 3)
    pane.keys("Escape")
    pane.wait_for_messages(5)
    pane.type("d")
    pane.expect_line("abcd", 4)


def check_10(open_pane):
    "names are completed"
    pane = open_pane()
    for typed, tabs, text in [
        ("car", 1, "carol: "), ("hi al", 1, "hi ali"), ("hi alic", 1, "hi alice "), ("al", 1, "ali"),
        ("al", 2, "alice: "), ("al", 3, "alina: "), ("小", 1, "小明: "),
    ]:
        pane.type(typed)
        pane.expect_line(typed)
        for _ in range(tabs):
            before = pane.text()
            pane.keys("Tab")
            pane.expect(lambda: pane.text() != before, f"Tab does nothing to {before!r}")
        pane.expect_line(text, len(text))
        pane.keys("C-u")
        pane.expect_line("")


def check_11(open_pane):
    "pastes"
    pane = open_pane(rate=5)
    pane.paste("one\ntwo\nthree")
    pane.expect_line("one\ntwo\nthree")
    if pane.sent():
        raise Wrong("it is sent before Enter")
    pane.keys("Enter")
    pane.expect(lambda: pane.sent() == ["one\ntwo\nthree"], f"sent is {pane.sent()}")
    long = "".join(f"{number:05d} " for number in range(376))[:2253]
    pane.paste(long)
    pane.expect_line(long)
    pane.wait_for_messages(3)
    pane.expect(lambda: any("message <" in row for row in pane.screen()), "no message is to be seen")
    pane.keys("Enter")
    pane.expect(lambda: pane.sent()[1:] == [long], "the long one is not sent whole")
    pane.expect_messages()
