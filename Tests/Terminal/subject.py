"""What is checked: how it is started, what its screen has in it, and who it talks to."""
import shlex

from server import Proxy, Server


class Subject:
    """A program at a terminal that knows carol, 小明 and two others, and on SIGUSR1 says what is in its line."""

    # Whether several lines are sent as one, and others talk before the end of a pipe.
    sends_lines_together = talks_in_a_pipe = True
    # Whether there is a server, so that a connection can break.
    has_server = False
    # Whether it is built without optimization.
    is_slow = False
    # Two names that begin alike, in the order in which they complete.
    alike = ("alice", "alina")
    # What makes it do something that a server or a fault would do; None: nothing does.
    trap = None

    def words(self, folder, rate=None, is_long=False, arguments=()):
        """How it is started so that `message <1>`, `message <2>` and so on come, so many a second."""
        raise NotImplementedError

    def environment(self, folder):
        return {}

    def command(self, folder, rate, is_long, arguments):
        variables = [f"{name}={shlex.quote(value)}" for name, value in self.environment(folder).items()]
        words = shlex.join(self.words(folder, rate, is_long, arguments))
        return " ".join(["exec env", *variables, words] if variables else ["exec", words])

    def sent(self, folder):
        """What was sent, in order."""
        raise NotImplementedError

    def end(self, folder):
        """Nobody needs what `words` has begun any more."""


class Demo(Subject):
    """terminal-demo, of Tests/Bots/TerminalDemo: a chat with nobody, which sends into a file."""

    prompt = "[alice] > "
    trap = "/trap"

    def __init__(self, program, is_slow):
        self.program, self.is_slow = program, is_slow

    def words(self, folder, rate=None, is_long=False, arguments=()):
        words = [self.program, "--dump", folder + "/dump", "--sent", folder + "/sent", *arguments]
        if rate:
            words += ["--rate", str(rate)]
        if is_long:
            words += ["--long"]
        return words

    def sent(self, folder):
        try:
            with open(folder + "/sent", encoding="utf-8", newline="") as file:
                return file.read().split("\0")[:-1]
        except FileNotFoundError:
            return []

    def say(self, folder, pane, count):
        pane.type(f"/say {count}")
        pane.keys("Enter")

    def say_evil(self, folder, pane):
        pane.type("/evil")
        pane.keys("Enter")


class Conclave(Subject):
    """conclave, with a conclaved of its own, in which bob says what is to be said."""

    prompt = "#lobby alice › "
    sends_lines_together = talks_in_a_pipe = False
    has_server = True
    alike = ("alika", "alina")
    names = ("carol", *alike, "小明", "bob")

    def __init__(self, program, server_program, certificates, is_slow):
        self.is_slow = is_slow
        self.program, self.server_program, self.certificates = program, server_program, certificates
        self.servers, self.proxies = {}, {}

    def prepare(self, folder, keeps=False):
        """Starts the server, with a proxy before it, and lets the others in."""
        server = self.servers[folder] = Server(self.server_program, self.certificates, folder, keeps=keeps)
        self.proxies[folder] = Proxy(server.port)
        server.let_in(self.names)
        return server, self.proxies[folder]

    def words(self, folder, rate=None, is_long=False, arguments=()):
        if folder not in self.servers:
            self.prepare(folder)
        server = self.servers[folder]
        # From the first message on there is somebody to hear it.
        server.bot("bob").say_numbers(rate, is_long, after="alice")
        place = f"localhost:{self.proxies[folder].port}"
        return [self.program, "--guest", "--nick", "alice", "--ca", self.certificates + "/ca.pem", *arguments, place]

    def environment(self, folder):
        return {"CONCLAVE_DUMP": folder + "/dump", "XDG_CONFIG_HOME": folder + "/config"}

    def sent(self, folder):
        return self.servers[folder].bot("bob").heard_from("alice")

    def say(self, folder, pane, count):
        for number in range(1, count + 1):
            self.servers[folder].bot("bob").say(f"said {number}.")

    def say_evil(self, folder, pane):
        self.servers[folder].bot("bob").say("evil \x1b[2J\x1b]0;title\x07\u009b1;1H\u202eend")

    def end(self, folder):
        server, proxy = self.servers.pop(folder, None), self.proxies.pop(folder, None)
        if server:
            server.stop()
        if proxy:
            proxy.cut()
