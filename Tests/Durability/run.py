"""The rounds: load, trouble, the end of the server, and what must be true of its next life."""
import asyncio

from clients import Receiver, Sender, TextMember
from faults import RECOVERY
from link import LOST, Link, Refused, tls

ROOMS = ["lobby", "tea", "den", "attic"]


class Run:
    def __init__(self, server, record, fault, random):
        self.server, self.record, self.fault, self.random = server, record, fault, random
        context = tls(server.certificates, "conclave/1")
        shared = (server, record, random)
        self.context = context
        self.senders = [Sender(f"sender{n}", *shared, context, rooms=ROOMS) for n in range(4)]
        self.receivers = [Receiver(f"reader{n}", *shared, context, rooms=ROOMS) for n in range(3)]
        self.text = TextMember("plain", *shared, tls(server.certificates))
        self.verified = {room: 0 for room in ROOMS}

    async def all(self, rounds):
        """Returns the number of the round that something was wrong in, or None."""
        server = self.server
        server.environment = self.fault.environment
        clients = [asyncio.create_task(client.run()) for client in self.senders + self.receivers + [self.text]]
        try:
            await server.start(self.fault.durability())
            for number in range(1, rounds + 1):
                if not self.record.problems:
                    await self.round()
                if self.record.problems:
                    return number
            await self.finish(clients)
            return rounds if self.record.problems else None
        finally:
            for client in clients:
                client.cancel()
            await asyncio.gather(*clients, return_exceptions=True)
            if server.process and server.process.returncode is None:
                await server.kill()

    # One round

    async def round(self):
        await self.load()
        await self.fault.begin(self.server)
        is_mended = type(self.fault).__name__ == "Nothing"
        if not is_mended:
            await asyncio.sleep(self.random.uniform(0, 1.5))
            if self.random.random() < 0.5:
                is_mended = True
                self.fault.mend(self.server)
                await self.expect_progress("the disk was good again")
        await self.server.kill()
        await self.come_back(is_mended)
        if not self.record.problems:
            await self.expect_progress("it was started again")
            await self.verify()

    async def load(self):
        """Waits for the moment of this round: some time, or something that was just acknowledged or seen."""
        kind = self.random.choice(["time", "time", "acknowledged", "messages"])
        if kind == "time":
            return await asyncio.sleep(self.random.uniform(0, 0.5))
        limit = self.record.counts[kind] + self.random.choice([1, 1, self.random.randint(1, 100)])
        await self.until(lambda: self.record.counts[kind] >= limit, f"{kind} went on")

    async def come_back(self, is_mended):
        """Starts it again, and often kills it once more before it is ready."""
        while self.random.random() < 0.3:
            await self.server.spawn(self.fault.durability())
            await asyncio.sleep(self.random.uniform(0, 0.15))
            await self.server.kill()
            self.record.counts["kills at the start"] += 1
        if not is_mended:
            await self.start_in_trouble()
            self.fault.mend(self.server)
        if self.server.process.returncode is not None:
            await self.server.start(self.fault.durability())

    async def start_in_trouble(self):
        """It may start or not, but has to say why not."""
        await self.server.spawn(self.fault.durability())
        if await self.server.get_ready():
            self.record.counts["starts in trouble"] += 1
            return await asyncio.sleep(self.random.uniform(0, 1))
        self.record.counts["starts refused"] += 1
        said = self.server.said()
        if self.server.process.returncode != 1 or not said.startswith("conclaved: ") or "\n" in said:
            self.record.complain(f"a start in trouble ended with {self.server.process.returncode}: {said}")

    async def expect_progress(self, since):
        count = self.record.counts["acknowledged"]
        await self.until(lambda: self.record.counts["acknowledged"] > count, f"anything was acknowledged after {since}")

    async def until(self, condition, what):
        for _ in range(RECOVERY * 200):
            if condition() or self.record.problems:
                return
            await asyncio.sleep(0.005)
        self.record.complain(f"waited {RECOVERY} s in vain until {what}; it said: {self.server.said()}")

    # What must be true

    async def verify(self):
        """Compares what is new since the last time with what was seen."""
        for room, events in (await self.read(self.verified)).items():
            if events:
                self.verified[room] = events[-1]["seq"]

    async def read(self, after):
        """Reads all rooms by pages, and has the record compare each event; again if the connection is lost."""
        for _ in range(5):
            try:
                link = await Link.open(self.server.port, self.context, self.record, "checker", lambda event: None)
                try:
                    return {room: await self.pages(link, room, after[room]) for room in ROOMS}
                finally:
                    link.abort()
            except LOST:
                await asyncio.sleep(0.1)
            except Refused as error:
                self.record.complain(f"checker: {error}")
        self.record.complain("checker: the history could not be read")
        return {}

    async def pages(self, link, room, after):
        known = self.record.room(room).end
        answer = await link.ask(op="enter", room=room)
        self.record.entered("checker", answer, known)
        events = []
        while True:
            page = await link.ask(op="history", room=room, after=after, limit=500)
            for event in page["events"]:
                self.record.saw("checker", event)
                if event["seq"] != after + 1:
                    self.record.complain(f"checker: #{room} {event['seq']} follows {after} in the history")
                after = event["seq"]
            events += page["events"]
            if not page["more"] or self.record.problems:
                return events

    async def finish(self, clients):
        """Everybody says and reads what is left; then the whole history is compared, twice."""
        for sender in self.senders:
            sender.is_stopping = True
        await self.until(lambda: not any(sender.pending for sender in self.senders), "all was acknowledged")
        heads = {room: self.record.room(room).head for room in ROOMS}
        for reader in self.receivers:
            done = lambda: all((reader.last[room] or 0) >= heads[room] for room in ROOMS)
            await self.until(done, f"{reader.name} had everything")
        for client in self.receivers + [self.text]:
            client.is_stopping = True
        for task in clients:
            await asyncio.wait([task], timeout=RECOVERY)
        for _ in range(2):
            if not self.record.problems:
                await self.compare()
                await self.server.stop()
                await self.server.start()

    async def compare(self):
        histories = await self.read({room: 0 for room in ROOMS})
        for room, events in histories.items():
            self.record.check_all(room, events)
        self.text.check_all(histories.get("lobby", []))
