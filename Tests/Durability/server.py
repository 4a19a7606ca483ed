"""The real binary, started and killed over and over on one data directory."""
import asyncio
import ctypes
import os
import signal

from link import PATIENCE


LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def die_with_parent():
    """So that none is left behind, whatever ends this script."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Server:
    def __init__(self, conclaved, certificates, data, log, record):
        self.conclaved, self.certificates, self.data, self.log, self.record = conclaved, certificates, data, log, record
        self.environment = {}  # what it finds in its environment besides
        self.process = None
        self.port = None
        self.ready = asyncio.Event()
        self.awaited = None

    def arguments(self, durability):
        pair = ["--cert", f"{self.certificates}/server.pem", "--key", f"{self.certificates}/server.key"]
        return pair + ["--listen", "127.0.0.1:0", "--message-rate", "0", "--data", self.data, "--durability", durability]

    async def spawn(self, durability="process"):
        with open(self.log, "w") as log:
            self.process = await asyncio.create_subprocess_exec(
                self.conclaved,
                *self.arguments(durability),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env={**os.environ, **self.environment},
                preexec_fn=die_with_parent,
            )

    async def get_ready(self):
        """False if it ends before it listens."""
        line = (await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)).decode()
        if not line.startswith("conclaved: listening on "):
            await self.process.wait()
            return False
        self.port = int(line.rpartition(":")[2])
        self.awaited = asyncio.create_task(self._watch(self.process))
        self.ready.set()
        return True

    async def start(self, durability="process"):
        await self.spawn(durability)
        if not await self.get_ready():
            self.record.complain(f"it did not start: status {self.process.returncode}, {self.said()}")
        return self.ready.is_set()

    async def kill(self):
        """As nothing that a process can prepare for."""
        self.ready.clear()
        await self._end(signal.SIGKILL)
        self.record.counts["kills"] += 1

    async def stop(self):
        """As an administrator would."""
        self.ready.clear()
        status = await self._end(signal.SIGTERM)
        if status != 0:
            self.record.complain(f"it ended with status {status} on SIGTERM: {self.said()}")

    async def _end(self, number):
        if self.awaited:
            self.awaited.cancel()
        self.awaited = None
        if self.process.returncode is None:
            self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    async def _watch(self, process):
        """It must never end by itself."""
        status = await process.wait()
        self.ready.clear()
        self.record.complain(f"it ended by itself with status {status}: {self.said()}")

    def said(self):
        """What it wrote to standard error."""
        with open(self.log, errors="replace") as log:
            return log.read()[-2000:].strip()
