"""Checks 16 to 18: the window is pulled at."""
import random
import time

from pane import Wrong

LONG = "".join(f"{number:03d} word " for number in range(12)).rstrip()


def check_16(open_pane):
    "other sizes, one after the other"
    pane = open_pane()
    pane.type("/say 15")
    pane.keys("Enter")
    pane.until(lambda: "said 15." in pane.everything(), "nothing is said")
    pane.type(LONG)
    pane.expect_line(LONG)
    for columns, rows in [(40, 12), (25, 12), (60, 12), (80, 12), (33, 12), (60, 14), (33, 8), (60, 12)]:
        pane.resize(columns, rows)
        time.sleep(0.6)
    pane.expect_line(LONG)
    pane.expect_shown(LONG, 2)
    everything = pane.everything()
    lost = [number for number in range(1, 16) if everything.count(f"said {number}.") != 1]
    if lost:
        raise Wrong(f"messages missing or twice: {lost}")
    if pane.prompts() != 1:
        raise Wrong(f"there are {pane.prompts() - 1} copies of the prompt")


def check_17(open_pane):
    "sixty sizes in five seconds"
    draw = random.Random(17)
    pane = open_pane(rate=10)
    pane.wait_for_messages(15)
    pane.type(LONG)
    pane.expect_line(LONG)
    for _ in range(60):
        pane.resize(draw.randrange(20, 90), draw.randrange(6, 24))
        time.sleep(5 / 60)
    pane.resize(60, 12)
    time.sleep(1)
    pane.wait_for_messages(10)
    pane.expect_line(LONG)
    if pane.prompts() > 4:
        raise Wrong(f"there are {pane.prompts() - 1} copies of the prompt")


def check_18(open_pane):
    "the smallest sizes"
    pane = open_pane(rate=5)
    pane.type(LONG + "你好")
    pane.expect_line(LONG + "你好")
    for columns, rows in [(12, 3), (5, 2), (1, 1), (60, 12)]:
        pane.resize(columns, rows)
        time.sleep(0.8)
    pane.expect_line(LONG + "你好")
    pane.keys("C-u")
    pane.expect_line("")
    # tmux may have cut what was said at the width of one column; what comes now is whole again.
    before = max(pane.messages(), default=0)
    pane.until(lambda: max(pane.messages(), default=0) > before + 3, "no messages come")
