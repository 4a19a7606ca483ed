"""One program in a terminal of tmux, in which a shell runs that it was started from."""
import os
import re
import signal
import subprocess
import time

PATIENCE = 10


class Wrong(Exception):
    """What a check found."""


class Tmux:
    """A server of tmux of our own, which knows nothing of anybody's settings."""

    def __init__(self, folder):
        self.socket = os.path.join(folder, "tmux")
        self.folder = folder
        self.count = 0
        # One session stays, or the server would end with each program.
        self.run("new-session", "-d", "-s", "anchor", "sleep 100000")
        self.run("set-option", "-g", "history-limit", "100000")

    def run(self, *words, text=None):
        command = ["tmux", "-S", self.socket, "-f", "/dev/null", "-u", *words]
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise Wrong(f"tmux {words[0]} failed: {done.stderr.strip()}")
        return done.stdout

    def stop(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], capture_output=True)


class Pane:
    """A terminal of 60 columns and 12 rows, with dash in it: bash would mend a terminal by itself."""

    def __init__(self, tmux, subject, environment=(), size=(60, 12)):
        self.tmux, self.subject = tmux, subject
        tmux.count += 1
        self.name = f"check{tmux.count}"
        self.folder = os.path.join(tmux.folder, self.name)
        os.mkdir(self.folder)
        self.program = None
        # What Swift says about a crash is long, and it asks at a terminal what to do then.
        variables = ["PS1=$ ", "LC_ALL=C.UTF-8", "SWIFT_BACKTRACE=enable=no", *environment]
        words = ["env", "-u", "NO_COLOR", "-u", "STY", *variables, "dash", "-i"]
        tmux.run("new-session", "-d", "-s", self.name, "-x", str(size[0]), "-y", str(size[1]), "-c", self.folder, *words)
        self.shell = int(self.show("#{pane_pid}"))
        self.until(lambda: "$" in self.screen()[0], "there is no shell")

    def start(self, *, rate=None, is_long=False, arguments=(), before=""):
        """Starts the program from the shell, and waits for its prompt."""
        self.write_script(rate, is_long, arguments)
        self.shell_line("stty -g >before")
        self.shell_line("clear")
        self.shell_line(before + "./p")
        self.until(lambda: any(row.startswith(self.subject.prompt.rstrip()) for row in self.screen()), "no prompt")
        self.program = self.child()
        return self

    def start_plainly(self, line, **options):
        """Starts it as `line` does, and waits for nothing."""
        self.write_script(**options)
        self.type(line)
        self.keys("Enter")
        self.until(lambda: self.child() is not None, "it does not start")

    def write_script(self, rate=None, is_long=False, arguments=()):
        script = os.path.join(self.folder, "p")
        with open(script, "w") as file:
            file.write("#!/bin/sh\nexec " + self.subject.command(self.folder, rate, is_long, arguments) + "\n")
        os.chmod(script, 0o755)

    def child(self):
        """The process that the shell runs."""
        with open(f"/proc/{self.shell}/task/{self.shell}/children") as file:
            children = file.read().split()
        return int(children[-1]) if children else None

    def shell_line(self, line):
        """Has the shell do something, and waits until it has."""
        mark = os.path.join(self.folder, "mark")
        if line in ("clear",) or line.endswith("./p") or line in ("fg", "bg"):
            self.type(line)
            self.keys("Enter")
            return
        self.type(f"{line}; touch mark")
        self.keys("Enter")
        self.until(lambda: os.path.exists(mark), f"the shell does not do '{line}'")
        os.remove(mark)

    # what goes in

    def type(self, text):
        self.tmux.run("send-keys", "-t", self.name, "-l", "--", text)

    def keys(self, *names):
        self.tmux.run("send-keys", "-t", self.name, *names)

    def paste(self, text):
        self.tmux.run("load-buffer", "-b", "paste", "-", text=text)
        self.tmux.run("paste-buffer", "-p", "-b", "paste", "-t", self.name)

    def resize(self, columns, rows):
        self.tmux.run("resize-window", "-t", self.name, "-x", str(columns), "-y", str(rows))

    def kill(self, number):
        os.kill(self.program, number)

    # what comes out

    def show(self, form):
        return self.tmux.run("display-message", "-p", "-t", self.name, form).rstrip("\n")

    def cursor(self):
        column, row = self.show("#{cursor_x} #{cursor_y}").split()
        return int(column), int(row)

    def under_cursor(self):
        return self.show("#{cursor_character}")

    def screen(self, *flags):
        return self.tmux.run("capture-pane", "-p", *flags, "-t", self.name).split("\n")[:-1]

    def everything(self):
        """All that was ever shown, with the rows that the terminal broke joined."""
        return self.tmux.run("capture-pane", "-p", "-J", "-S", "-", "-t", self.name)

    def line(self):
        """The cursor and the text, as the program knows them."""
        path = os.path.join(self.folder, "dump")
        if os.path.exists(path):
            os.remove(path)
        self.kill(signal.SIGUSR1)
        self.until(lambda: os.path.exists(path), "the program does not say what is in its line")
        with open(path, encoding="utf-8", newline="") as file:
            cursor, _, text = file.read().partition("\n")
        return int(cursor), text

    def text(self):
        return self.line()[1]

    def sent(self):
        """The lines that were sent."""
        path = os.path.join(self.folder, "sent")
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8", newline="") as file:
            return file.read().split("\0")[:-1]

    def messages(self):
        """The numbers of the messages that can be read, in order."""
        return [int(number) for number in re.findall(r"message <(\d+)>", self.everything())]

    # what is expected

    def until(self, condition, what, patience=PATIENCE):
        end = time.monotonic() + patience
        while not condition():
            if time.monotonic() > end:
                raise Wrong(what + "; the screen:\n" + "\n".join("    |" + row for row in self.screen()))
            time.sleep(0.03)

    def expect(self, condition, what):
        """Something that is so, or becomes so at once."""
        self.until(condition, what, 3)

    def expect_line(self, text, cursor=None):
        """The text of the line, and how many characters of it are before the cursor; then it is on the screen too."""
        found = []

        def is_so():
            found[:] = self.line()
            return found[1] == text and cursor in (None, found[0])

        try:
            self.expect(is_so, "")
        except Wrong:
            raise Wrong(f"the line is {found[1]!r} at {found[0]}, and not {text!r} at {cursor}") from None

    def expect_shown(self, text, rows):
        """The last rows of the screen are the prompt and the text, however it is broken."""
        wanted = (self.subject.prompt + text).replace(" ", "")

        def shown():
            filled = "\n".join(self.screen()).rstrip().split("\n")
            return "".join(filled[-rows:]).replace(" ", "")

        self.expect(lambda: shown() == wanted, f"the last {rows} rows are not {wanted!r}")

    def expect_messages(self):
        """Each from the first to the last, once, in order."""
        numbers = self.messages()
        if numbers != list(range(1, len(numbers) + 1)):
            twice = sorted({number for number in numbers if numbers.count(number) > 1})
            missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
            raise Wrong(f"messages missing: {missing}, twice: {twice}, of {len(numbers)}")

    def wait_for_messages(self, count):
        """Waits until so many more have come, and checks that all are there."""
        goal = max(self.messages(), default=0) + count
        self.until(lambda: max(self.messages(), default=0) >= goal, f"message {goal} does not come", 30)
        self.expect_messages()

    def prompts(self):
        return self.everything().count(self.subject.prompt.rstrip())

    def expect_sane(self, what):
        """The program has ended, and the terminal is as it was before."""
        self.until(lambda: self.child() is None, f"{what}: it does not end")
        self.shell_line("stty -g >after")
        with open(os.path.join(self.folder, "before")) as before, open(os.path.join(self.folder, "after")) as after:
            if before.read() != after.read():
                raise Wrong(f"{what}: the terminal is not as it was")
        flags = self.show("#{wrap_flag} #{cursor_flag} #{alternate_on}")
        if flags != "1 1 0":
            raise Wrong(f"{what}: wrapping, cursor and alternate screen are {flags}")
        self.type("cat -v >pasted")
        self.keys("Enter")
        self.until(lambda: self.child() is not None, "cat does not run")
        self.paste("pasted\n")
        self.keys("C-d")
        self.until(lambda: self.child() is None, "cat does not end")
        with open(os.path.join(self.folder, "pasted")) as file:
            pasted = file.read()
        if pasted != "pasted\n":
            raise Wrong(f"{what}: what is pasted is {pasted!r}")

    def close(self):
        try:
            self.tmux.run("kill-session", "-t", self.name)
        except Wrong:
            pass
