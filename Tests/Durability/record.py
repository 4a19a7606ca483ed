"""What anybody has seen or been promised, over the whole life of one data directory, and whether it holds together."""
import collections
import json


class Message:
    """One that a sender means to say exactly once."""

    def __init__(self, name, room, text):
        self.id, self.room, self.text = name, room, text
        self.is_refused = False  # and not sent again since
        self.sequence = None  # as it was acknowledged


class Room:
    def __init__(self, name):
        self.name = name
        self.begin(None)

    def begin(self, epoch):
        """A life of its numbering begins."""
        self.epoch = epoch
        self.events = {}  # by number, as they were first seen
        self.ids = {}  # the number of each message with an id that was seen or acknowledged
        self.names = {}  # the id of each number that was acknowledged
        self.head = 0  # the greatest number that anybody knows of

    @property
    def end(self):
        return self.epoch, self.head

    @property
    def is_settled(self):
        """Something was said here, so nothing of it may change any more."""
        return bool(self.ids)


class Record:
    def __init__(self):
        self.rooms = {}
        self.uids = set()
        self.messages = {}
        self.problems = []
        self.counts = collections.Counter()

    def complain(self, text):
        self.problems.append(text)

    def room(self, name):
        return self.rooms.setdefault(name, Room(name))

    # What clients report

    def welcomed(self, who, uid):
        if uid in self.uids:
            self.complain(f"{who} was given uid {uid}, which somebody has had before")
        self.uids.add(uid)

    def entered(self, who, answer, known, after=None, epoch=None):
        """`known` is what `Room.end` was before the request, `after` and `epoch` what it asked for."""
        room = self.room(answer["room"])
        where = f"{who} in #{room.name}"
        if answer["epoch"] != room.epoch:
            if room.is_settled:
                self.complain(f"{where}: the epoch was {room.epoch} and is {answer['epoch']}")
            room.begin(answer["epoch"])
        elif known[0] == room.epoch and answer["head"] < known[1]:
            self.complain(f"{where}: the head is {answer['head']}, but {known[1]} was known already")
        elif answer.get("reset") and epoch == room.epoch and (after or 0) <= known[1]:
            self.complain(f"{where}: reset, though the epoch is the same and there was a number {after}")
        if answer["missed"]:
            self.complain(f"{where}: {answer['missed']} missed after {after}")

    def saw(self, who, event):
        """An event with a number, by whatever way it came."""
        room = self.room(event["room"])
        sequence = event["seq"]
        known = room.events.get(sequence)
        if known is None:
            room.events[sequence] = event
            room.head = max(room.head, sequence)
            if event["event"] == "said":
                self._saw_message(who, room, event)
        elif known != event:
            self.complain(f"{who}: #{room.name} {sequence} is {short(event)}, and was {short(known)}")

    def _saw_message(self, who, room, event):
        sequence, name = event["seq"], event.get("id")
        self.counts["messages"] += 1
        if name is None:
            # Said in the text protocol: its text is its name.
            name = "text " + event["text"].partition(" ")[0]
        else:
            self._compare(who, room, event)
        self._bind(who, room, name, sequence)

    def _compare(self, who, room, event):
        message = self.messages.get(event["id"])
        if message is None or (message.room, message.text) != (room.name, event["text"]):
            self.complain(f"{who}: nobody has said {short(event)} in #{room.name}")
        elif message.is_refused:
            self.complain(f"{who}: #{room.name} {event['seq']} is {message.id}, which was refused")

    def _bind(self, who, room, name, sequence):
        """This message has this number, and no other has."""
        if room.ids.setdefault(name, sequence) != sequence:
            self.complain(f"{who}: {name} is #{room.name} {sequence}, and was {room.ids[name]}")
        if room.names.setdefault(sequence, name) != name:
            self.complain(f"{who}: #{room.name} {sequence} is {name}, and was {room.names[sequence]}")
        room.head = max(room.head, sequence)

    def is_known(self, message):
        """Whether it is certain that it has been said."""
        return message.id in self.room(message.room).ids

    def acknowledged(self, who, message, answer, was_known):
        self.counts["acknowledged"] += message.sequence is None
        self.counts["again"] += bool(answer.get("again"))
        if was_known and not answer.get("again"):
            self.complain(f"{who}: {message.id} was known already, and was answered without again")
        message.sequence = answer["seq"]
        room = self.room(message.room)
        self._bind(who, room, message.id, answer["seq"])
        event = room.events.get(answer["seq"])
        if event and event.get("id") != message.id:
            self.complain(f"{who}: {message.id} was answered with {answer['seq']}, which is {short(event)}")

    def refused(self, who, message, was_known):
        self.counts["refused"] += 1
        if was_known or self.is_known(message):
            self.complain(f"{who}: {message.id} was refused, but somebody has seen it or it was acknowledged")
        message.is_refused = True

    # At the end

    def check_all(self, name, events):
        """`events` is the whole history of the room, oldest first, each of which was seen by now."""
        room = self.room(name)
        numbers = [event["seq"] for event in events]
        if numbers != list(range(1, len(numbers) + 1)):
            self.complain(f"#{name}: the numbers of its history are not 1 to {len(numbers)}")
        if room.head > len(numbers):
            self.complain(f"#{name}: {room.head} was known, and its history ends with {len(numbers)}")
        there = {event.get("id") for event in events}
        lost = [m.id for m in self.messages.values() if m.room == name and m.sequence and m.id not in there]
        if lost:
            self.complain(f"#{name}: acknowledged and not there: {', '.join(lost[:5])} ({len(lost)} in all)")


def short(event):
    text = json.dumps(event, ensure_ascii=False)
    return text if len(text) < 300 else text[:300] + "..."
