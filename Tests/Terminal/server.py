"""A conclaved of our own, and those who talk in it: over conclave/1, with nothing but Python's own modules."""
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import threading
import time


class Server:
    """A server on a port that the system picks, and whoever was let in."""

    def __init__(self, program, certificates, folder, *, keeps=False):
        self.certificates, self.folder, self.port, self.bots = certificates, folder, 0, {}
        self.words = [program, "--cert", certificates + "/server.pem", "--key", certificates + "/server.key"]
        self.words += ["--message-rate", "0", *(["--data", folder + "/data"] if keeps else ["--no-history"])]
        self.start()

    def start(self):
        self.log = open(os.path.join(self.folder, "server.log"), "a")
        words = [*self.words, "--listen", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"listening on .*:(\d+)$", line.strip())
        if not found:
            raise RuntimeError(f"conclaved does not start: {line!r}; see {self.log.name}")
        self.port = int(found.group(1))

    def let_in(self, names):
        for name in names:
            self.bots[name] = Bot(self.port, self.certificates + "/ca.pem", name)

    def bot(self, name):
        return self.bots[name]

    def stop(self):
        for bot in self.bots.values():
            bot.close()
        self.bots = {}
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.log.close()


class Proxy:
    """Stands between somebody and a server, until it is cut."""

    def __init__(self, target):
        self.target, self.port, self.pairs = target, 0, []
        self.open()

    def open(self):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        self.listener.listen()
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def accept(self, listener):
        while True:
            try:
                one = listener.accept()[0]
            except OSError:
                return
            try:
                other = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                one.close()
                continue
            self.pairs.append((one, other))
            for here, there in ((one, other), (other, one)):
                threading.Thread(target=self.carry, args=(here, there), daemon=True).start()

    def carry(self, here, there):
        try:
            while data := here.recv(1 << 16):
                there.sendall(data)
            there.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def cut(self):
        """Nobody gets through any more, and who had is thrown out."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for pair in self.pairs:
            for end in pair:
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
                end.close()
        self.pairs = []


class Bot:
    """Somebody in the lobby, with a thread that reads and perhaps one that talks."""

    def __init__(self, port, authority, name):
        context = ssl.create_default_context(cafile=authority)
        context.set_alpn_protocols(["conclave/1"])
        plain = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket = context.wrap_socket(plain, server_hostname="localhost")
        self.socket.settimeout(None)
        self.lock = threading.Lock()
        self.changed = threading.Condition()
        self.present, self.heard, self.whispers = set(), [], []
        self.is_closed = False
        self.entered = threading.Event()
        threading.Thread(target=self.read, daemon=True).start()
        self.send({"op": "enter", "room": "lobby", "nick": name, "ref": "enter"})
        if not self.entered.wait(10):
            raise RuntimeError(f"{name} cannot enter")

    def send(self, request):
        with self.lock:
            self.socket.sendall(json.dumps(request, ensure_ascii=False).encode() + b"\n")

    def read(self):
        try:
            for line in self.socket.makefile("r", encoding="utf-8", newline="\n"):
                self.take(json.loads(line))
        except (OSError, ValueError):
            pass

    def take(self, event):
        with self.changed:
            if event.get("ref") == "enter":
                self.entered.set()
            kind = event.get("event")
            if kind == "entered":
                self.present.add(event["who"]["nick"])
            elif kind == "renamed":
                self.present.add(event["nick"])
            elif kind == "whispered":
                self.whispers.append((event["from"]["nick"], event["text"]))
            elif kind == "said":
                self.heard.append((event["from"]["nick"], event["text"]))
            self.changed.notify_all()

    def heard_from(self, name):
        with self.changed:
            return [text for who, text in self.heard if who == name]

    def whispered_by(self, name):
        with self.changed:
            return [text for who, text in self.whispers if who == name]

    def say(self, text):
        self.send({"op": "say", "room": "lobby", "text": text})

    def whisper(self, name, text):
        self.send({"op": "whisper", "to": name, "text": text})

    def say_numbers(self, rate, is_long=False, after=None, first=1):
        """Says `message <1>` and so on, so many a second, once somebody is there."""
        if not rate:
            return

        def run():
            with self.changed:
                self.changed.wait_for(lambda: after in self.present or self.is_closed)
            begin, number = time.monotonic(), first - 1
            rest = " and on" * 12 if is_long else ""
            while not self.is_closed:
                number += 1
                time.sleep(max(0, begin + (number - first + 1) / rate - time.monotonic()))
                try:
                    self.say(f"message <{number}>{rest}")
                except OSError:
                    return

        threading.Thread(target=run, daemon=True).start()

    def close(self):
        self.is_closed = True
        with self.changed:
            self.changed.notify_all()
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.socket.close()
