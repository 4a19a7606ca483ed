"""Checks 29 to 31: what is said to one alone, what was said before, and all of it in Chinese."""
from pane import Wrong


def is_shown(pane, text):
    """Wherever the rows were broken."""
    return "".join(text.split()) in "".join(pane.everything().split())


def expect_shown(pane, *texts):
    for text in texts:
        pane.until(lambda: is_shown(pane, text), f"'{text}' is not shown")


def command(pane, text):
    pane.type(text)
    pane.keys("Enter")


def check_29(open_pane):
    "Chinese, in 20 columns"
    pane = open_pane(is_started=False)
    if not pane.subject.has_server:
        return "there is no server"
    pane.start(before="LC_ALL=zh_CN.UTF-8 ")
    pane.resize(20, 12)
    pane.until(lambda: "#lobby ›" in "\n".join(pane.screen()), "the prompt is not that of a narrow window")
    server = pane.subject.servers[pane.folder]
    server.bot("小明").say("你好，这是一句比窗口更长的话，所以它要占好几行。")
    expect_shown(pane, "小明: 你好，这是一句比窗口更长的话，所以它要占好几行。")
    for row in pane.screen():
        columns = sum(2 if ord(character) > 0x2E80 else 1 for character in row)
        if columns > 20:
            raise Wrong(f"a row has {columns} columns: {row!r}")
    command(pane, "/status")
    expect_shown(pane, "服务器：localhost", "TLSv1.3")
    command(pane, "/nonsense")
    expect_shown(pane, "/nonsense", "/help")
    pane.type("打了一半")
    pane.expect_line("打了一半", 4)
    pane.keys("Enter")
    pane.expect_sent(["打了一半"])


def check_30(open_pane):
    "what is said to one alone, and the answer to who has said it"
    pane = open_pane()
    if not pane.subject.has_server:
        return "there is no server"
    server = pane.subject.servers[pane.folder]
    carol, bob = server.bot("carol"), server.bot("bob")
    carol.whisper("alice", "psst")
    expect_shown(pane, "psst")
    command(pane, "/msg bob you too?")
    expect_shown(pane, "you too?")
    # To who has whispered last, and not to whom one has.
    command(pane, "/reply yes")
    pane.until(lambda: carol.whispered_by("alice") == ["yes"], "the answer goes elsewhere")
    if bob.whispered_by("alice") != ["you too?"]:
        raise Wrong(f"bob has heard {bob.whispered_by('alice')}")
    command(pane, "/msg nobody hello")
    expect_shown(pane, "nobody")
    pane.expect_sent([])


def check_31(open_pane):
    "what was said before, and what is searched for"
    pane = open_pane(is_started=False)
    if not pane.subject.has_server:
        return "there is no server"
    server, _ = pane.subject.prepare(pane.folder, keeps=True)
    for number in range(1, 31):
        server.bot("bob").say(f"message <{number}> of {'tea' if number % 10 else 'coffee'}")
    pane.start()
    pane.until(lambda: 30 in pane.messages(), "the newest messages are not shown")
    if 1 in pane.messages():
        raise Wrong("who enters is shown more than was asked for")
    command(pane, "/history 30")
    pane.until(lambda: 1 in pane.messages(), "the oldest message is not shown")
    command(pane, "/search coffee")
    pane.until(lambda: pane.everything().count("of coffee") >= 3 + 3, "not all that is searched for is shown")
    command(pane, "/search cocoa")
    pane.type("and on")
    pane.expect_line("and on", 6)
