"""Those who talk and read while the server is killed, over and over: each connects again by itself and goes on."""
import asyncio

from link import LOST, PATIENCE, Link, Refused
from record import Message


class Client:
    """One that comes back whenever it loses its connection, until it is told to stop."""

    def __init__(self, name, server, record, random, context):
        self.name, self.server, self.record, self.random, self.context = name, server, record, random, context
        self.is_stopping = False
        self.session = None
        self.link = None

    async def run(self):
        while not self.is_stopping:
            await self.server.ready.wait()
            try:
                await self.visit()
            except LOST:
                await asyncio.sleep(0.02)
            except Refused as error:
                # A name is free again when the server has noticed that its connection is gone.
                if error.code != "name-taken":
                    self.record.complain(f"{self.name}: {error}")
                await asyncio.sleep(0.05)
            finally:
                if self.link:
                    self.link.abort()

    async def visit(self):
        """One connection, as long as it lasts."""
        self.link = await Link.open(self.server.port, self.context, self.record, self.name, self.on_event)
        await self.enter()
        self.session = self.link.session
        await self.stay()

    async def enter_room(self, room, **more):
        """In the first room of a connection it shows that it is the member of before."""
        known = self.record.room(room).end
        if self.session:
            more["session"] = self.session

        def then(answer, error):
            if error is None:
                self.record.entered(self.name, answer, known, more.get("after"), more.get("epoch"))
                self.has_entered(answer)

        answer = await self.link.ask(then, op="enter", room=room, nick=self.name, **more)
        if answer.get("resumed"):
            # It is the old member, which keeps its secret.
            self.link.session = self.session
        self.session = None

    def has_entered(self, answer):
        pass

    def on_event(self, event):
        if event["event"] == "gap":
            self.record.complain(f"{self.name}: {event}")
        elif "seq" in event:
            self.record.saw(self.name, event)

    def drops(self):
        """Now and then a connection is lost by itself."""
        return self.random.random() < 0.02


class Sender(Client):
    """Says numbered messages, and each again until it is answered."""

    WINDOW = 8
    ROOMS = 2

    def __init__(self, *arguments, rooms):
        super().__init__(*arguments)
        self.rooms = self.random.sample(rooms, min(self.ROOMS, len(rooms)))
        self.count = 0
        self.pending = {}  # what is not answered yet, in order
        self.said = []  # the newest that were

    async def enter(self):
        for room in self.rooms:
            await self.enter_room(room)

    async def stay(self):
        for message in self.random.sample(self.said, min(3, len(self.said))) + list(self.pending.values()):
            self.say(message)
        while not self.link.task.done() and not (self.is_stopping and not self.pending):
            await asyncio.sleep(self.random.uniform(0, 0.01))
            if not self.is_stopping and len(self.pending) < self.WINDOW:
                self.say(self.invent())
            if not self.is_stopping and self.drops() and self.drops():
                self.link.abort()

    def invent(self):
        self.count += 1
        name = f"{self.name}-{self.count}"
        size = self.random.choice([0, 20, 60, 200, 2000])
        message = Message(name, self.random.choice(self.rooms), f"{name} " + "x" * self.random.randint(0, size) + "!")
        self.record.messages[name] = self.pending[name] = message
        return message

    def say(self, message):
        was_known = self.record.is_known(message)
        message.is_refused = False

        def then(answer, error):
            self.on_answer(message, was_known, answer, error)

        self.link.request(then, op="say", room=message.room, text=message.text, id=message.id)

    def on_answer(self, message, was_known, answer, error):
        if error is None:
            self.record.acknowledged(self.name, message, answer, was_known)
            self.pending.pop(message.id, None)
            self.said = self.said[-50:] + [message]
        elif error.code == "not-kept":
            self.record.refused(self.name, message, was_known)
            self.after_refusal(message)
        else:
            self.record.complain(f"{self.name}: {message.id}: {error}")

    def after_refusal(self, message):
        """Some are given up: they must never be seen."""
        if self.random.random() < 0.3:
            self.pending.pop(message.id, None)
        else:
            link, wait = self.link, self.random.uniform(0.05, 0.5)
            asyncio.get_running_loop().call_later(wait, lambda: link is self.link and self.say(message))


class Receiver(Client):
    """Reads all rooms, and goes on after the last number that it has seen: each event must come once, in order."""

    def __init__(self, *arguments, rooms):
        super().__init__(*arguments)
        self.rooms = rooms
        self.last = {room: 0 for room in rooms}
        self.epochs = {}

    async def enter(self):
        for room in self.random.sample(self.rooms, len(self.rooms)):
            epoch = {"epoch": self.epochs[room]} if room in self.epochs else {}
            await self.enter_room(room, after=self.last[room], **epoch)

    def has_entered(self, answer):
        if answer.get("reset"):
            self.last[answer["room"]] = None
        self.epochs[answer["room"]] = answer["epoch"]

    async def stay(self):
        while not self.link.task.done() and not self.is_stopping:
            await asyncio.sleep(self.random.uniform(0, 0.2))
            if self.random.random() < 0.1:
                await self.look_back()
            if self.drops():
                self.link.abort()

    async def look_back(self):
        room = self.random.choice(self.rooms)
        before = self.random.randint(1, self.record.room(room).head + 1)
        page = await self.link.ask(op="history", room=room, before=before, limit=self.random.randint(1, 100))
        for event in page["events"]:
            self.record.saw(self.name, event)
        self.record.counts["pages"] += 1

    def on_event(self, event):
        super().on_event(event)
        if "seq" not in event:
            return
        room, sequence = event["room"], event["seq"]
        if self.last[room] is not None and sequence != self.last[room] + 1:
            self.record.complain(f"{self.name}: #{room} {sequence} came after {self.last[room]}")
        self.last[room] = sequence
        self.record.counts["deliveries"] += 1


class TextMember(Client):
    """Speaks the text protocol: what it sees said must be in the history too."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.count = 0
        self.seen = set()  # what somebody has said, as "name:first word"
        self.writer = None

    async def visit(self):
        opening = asyncio.open_connection(
            "127.0.0.1", self.server.port, ssl=self.context, server_hostname="localhost", limit=1 << 20
        )
        reader, self.writer = await asyncio.wait_for(opening, PATIENCE)
        talking = asyncio.create_task(self.talk())
        try:
            while not self.is_stopping:
                try:
                    line = await asyncio.wait_for(reader.readline(), 0.5)
                except asyncio.TimeoutError:
                    continue
                if not line.endswith(b"\n"):
                    raise EOFError
                self.on_line(line.decode().rstrip("\r\n"))
        finally:
            talking.cancel()
            self.writer.transport.abort()

    async def talk(self):
        while True:
            await asyncio.sleep(self.random.uniform(0.02, 0.2))
            self.count += 1
            self.writer.write(f"t{self.count} in plain text\n".encode())

    def on_line(self, line):
        if line.startswith("Welcome, "):
            self.record.welcomed(self.name, int(line.partition("UID:")[2].partition(",")[0]))
        name, colon, text = line.partition("] ")[2].partition(":") if line.startswith("* [") else line.partition(":")
        if colon and (name.isdigit() or name.startswith("sender")):
            self.seen.add(f"{name}:{text.partition(' ')[0]}")

    def check_all(self, events):
        """`events` is the whole history of the lobby."""
        said = {f"{name(e['from'])}:{e['text'].partition(' ')[0]}" for e in events if e["event"] == "said"}
        lost = sorted(self.seen - said)
        if lost:
            self.record.complain(f"{self.name} saw what is not there: {', '.join(lost[:5])} ({len(lost)} in all)")


def name(member):
    return member["nick"] or member["uid"]
