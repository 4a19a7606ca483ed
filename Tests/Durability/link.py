"""A connection in conclave/1."""
import asyncio
import collections
import json
import ssl

# What a connection may end with when the server is killed.
LOST = (OSError, EOFError, asyncio.TimeoutError, asyncio.IncompleteReadError, ssl.SSLError)

# How long an answer may take, however slow the machine is.
PATIENCE = 60


def tls(certificates, protocol=None):
    context = ssl.create_default_context(cafile=f"{certificates}/ca.pem")
    if protocol:
        context.set_alpn_protocols([protocol])
    return context


class Refused(Exception):
    def __init__(self, error):
        super().__init__(f"{error['code']}: {error['message']}")
        self.code = error["code"]


class Link:
    """Answers requests by `ref`, and hands every event to `on_event`."""

    @classmethod
    async def open(cls, port, context, record, who, on_event):
        opening = asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname="localhost", limit=1 << 22)
        link = cls(record, who, on_event)
        link.reader, link.writer = await asyncio.wait_for(opening, PATIENCE)
        try:
            welcome = await asyncio.wait_for(link._frame(), PATIENCE)
        except BaseException:
            link.abort()
            raise
        if welcome.get("event") != "welcome":
            raise ConnectionError(f"not let in: {welcome}")
        record.welcomed(who, welcome["uid"])
        link.session = welcome["session"]
        link.task = asyncio.create_task(link._read())
        return link

    def __init__(self, record, who, on_event):
        self.record, self.who, self.on_event = record, who, on_event
        self.expected = collections.deque()
        self.last_ref = 0
        self.task = None

    def request(self, then=None, **fields):
        """Sends at once; the answer is a future, which fails with Refused or with the connection. `then` is called with
        an answer before anything that comes after it is looked at: with its frame, and with None or a Refused."""
        self.last_ref += 1
        answer = asyncio.get_running_loop().create_future()
        # Nobody may be waiting any more when the connection is lost.
        answer.add_done_callback(lambda done: done.cancelled() or done.exception())
        if self.task.done():
            answer.set_exception(ConnectionError("lost"))
            return answer
        self.expected.append((str(self.last_ref), answer, then))
        self.writer.write(json.dumps({**fields, "ref": str(self.last_ref)}).encode() + b"\n")
        return answer

    async def ask(self, then=None, **fields):
        try:
            return await asyncio.wait_for(self.request(then, **fields), PATIENCE)
        except asyncio.TimeoutError:
            self.record.complain(f"{self.who}: no answer to {fields} in {PATIENCE} s")
            raise

    def abort(self):
        self.writer.transport.abort()

    async def _frame(self):
        line = await self.reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        return json.loads(line)

    async def _read(self):
        try:
            while True:
                frame = await self._frame()
                if "ref" in frame:
                    self._answer(frame)
                elif frame.get("event") != "closing":
                    self.on_event(frame)
        except LOST:
            pass
        except Exception as error:  # a mistake of this script's, or a frame that makes no sense
            self.record.complain(f"{self.who}: {type(error).__name__}: {error}")
        finally:
            self.abort()
            while self.expected:
                _, answer, _ = self.expected.popleft()
                if not answer.done():
                    answer.set_exception(ConnectionError("lost"))

    def _answer(self, frame):
        if not self.expected or self.expected[0][0] != frame["ref"]:
            return self.record.complain(f"{self.who}: an answer out of order: {frame}")
        _, answer, then = self.expected.popleft()
        error = None if frame["ok"] else Refused(frame["error"])
        if then:
            then(frame, error)
        if answer.done():
            return
        if error is None:
            answer.set_result(frame)
        else:
            answer.set_exception(error)
