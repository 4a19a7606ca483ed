"""What goes wrong in a round, besides that the server is killed in the end."""
import asyncio
import errno
import os
import resource
import shutil
import subprocess

# What a retry every second may take, on a slow machine.
RECOVERY = 30


class Nothing:
    """The disk is good."""

    environment = {}

    def __init__(self, random):
        self.random = random

    def durability(self):
        return self.random.choice(["process", "process", "process", "power"])

    async def begin(self, server):
        """From now on nothing can be written, or not everything."""

    def mend(self, server):
        """All is well again."""


class Full(Nothing):
    """The file system fills up."""

    SIZE = "96m"

    def __init__(self, random, directory):
        super().__init__(random)
        self.ballast = f"{directory}/ballast"

    async def begin(self, server):
        left = self.random.choice([0, 0, self.random.randrange(200_000), self.random.randrange(8192)])
        with open(self.ballast, "ab", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(bytes(1 << 20))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
            ballast.truncate(max(0, ballast.tell() - left))
        server.record.counts["times full"] += 1

    def mend(self, server):
        if os.path.exists(self.ballast):
            os.unlink(self.ballast)


class Failing(Nothing):
    """Writing fails: beyond a limit on the size of files, or in whatever the shim of trouble.c is told to fail."""

    KINDS = ["write EIO", "write ENOSPC", "torn ENOSPC", "torn EIO", "sync EIO", "truncate EIO", "all EIO", "some EIO"]

    def __init__(self, random, directory, shim):
        super().__init__(random)
        self.flag = f"{directory}/trouble"
        self.environment = {"LD_PRELOAD": shim, "CONCLAVE_TROUBLE": self.flag} if shim else {}

    def durability(self):
        return self.random.choice(["process", "power"])

    async def begin(self, server):
        if self.environment and self.random.random() < 0.75:
            kind = self.random.choice(self.KINDS)
            with open(self.flag + ".new", "w") as flag:
                flag.write(kind)
            os.rename(self.flag + ".new", self.flag)
        else:
            kind = "limit"
            self._limit(server, self.random.choice([4096, self.random.randrange(4096, 4_000_000)]))
        server.record.counts[f"times {kind}"] += 1

    def mend(self, server):
        if os.path.exists(self.flag):
            os.unlink(self.flag)
        self._limit(server, resource.RLIM_INFINITY)

    @staticmethod
    def _limit(server, size):
        try:
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        except ProcessLookupError:
            pass  # it has been killed, and its limit has gone with it


def make_shim(source, directory):
    """The path of the shim, or None and why there is none."""
    if any(name in os.environ for name in ("ASAN_OPTIONS", "TSAN_OPTIONS")):
        return None, "a sanitizer does not go together with a library that is preloaded"
    compiler = next((path for path in map(shutil.which, ("cc", "clang", "gcc")) if path), None)
    if not compiler:
        return None, "there is no C compiler"
    shim = f"{directory}/trouble.so"
    made = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", shim, source, "-ldl"],
        capture_output=True,
        text=True,
    )
    return (shim, None) if made.returncode == 0 else (None, made.stderr.strip())
