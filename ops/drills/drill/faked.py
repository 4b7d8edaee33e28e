"""A clock that running processes follow while it is moved (libfaketime); their timers stay monotonic."""
import ctypes
import datetime
import os
import struct
import subprocess
import time


class Clock:
    def __init__(self, ground):
        self.file = ground.data / "clock"
        listed = subprocess.run(["dpkg", "-L", "libfaketime"], capture_output=True, text=True, check=True).stdout
        library = next(line for line in listed.splitlines() if line.endswith("/libfaketimeMT.so.1"))
        self.environment = {
            "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        self.ground = ground

    def for_process(self, name):
        """The environment of one process. The memory that libfaketime shares is made here: when it makes it
        itself it adds to the environment, which moves, and Swift's runtime then finds no arguments beside it."""
        name = f"{self.ground.data.name}-{name}"
        library = ctypes.CDLL(None, use_errno=True)
        library.sem_open.restype = ctypes.c_void_p
        if not library.sem_open(f"/sem-{name}".encode(), os.O_CREAT, 0o600, 1):
            raise OSError(ctypes.get_errno(), "sem_open")
        with open(f"/dev/shm/shm-{name}", "wb") as file:
            file.write(struct.pack("10q", 0, 0, 0, -1, 0, -1, 0, -1, 0, -1))  # no ticks, no file, not begun
        for path in (f"/dev/shm/sem.sem-{name}", f"/dev/shm/shm-{name}"):
            self.ground.at_end(lambda path=path: os.path.exists(path) and os.remove(path))
        return self.environment | {"FAKETIME_SHARED": f"/sem-{name} /shm-{name}"}

    def move_to(self, instant):
        """From now on it is `instant` (ISO 8601 with offset), and goes on from there."""
        self.ahead = datetime.datetime.fromisoformat(instant).timestamp() - time.time()
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{self.ahead:+.3f}\n")
        os.replace(fresh, self.file)

    @property
    def now(self):
        zone = datetime.timezone(datetime.timedelta(hours=9))
        return datetime.datetime.fromtimestamp(time.time() + self.ahead, zone).isoformat(timespec="seconds")

    def wait_for(self, instant):
        """Until the moved clock has come to `instant`; at most a minute."""
        time.sleep(min(60, max(0, datetime.datetime.fromisoformat(instant).timestamp() - time.time() - self.ahead)))
