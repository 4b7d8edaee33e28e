"""How a drill is called and what it says at the end."""
import argparse
import random
import statistics
import sys
import time


class Drill:
    """Arguments, the seed, promises that are kept or broken, and the last lines."""

    def __init__(self, name, does, rounds, *flags):
        parser = argparse.ArgumentParser(prog=f"ops/drills/{name}", description=does)
        parser.add_argument("--rounds", type=int, default=rounds, help=f"how often (default {rounds})")
        parser.add_argument("--seed", type=int, help="replays the moments of a run")
        for flag, help in flags:
            parser.add_argument(flag, action="store_true", help=help)
        self.options = parser.parse_args()
        self.name, self.rounds = name, self.options.rounds
        self.seed = random.randrange(10**6) if self.options.seed is None else self.options.seed
        self.chance = random.Random(self.seed)
        self.began, self.broken, self.figures = time.monotonic(), [], {}
        print(f"{name}: seed {self.seed}, {self.rounds} rounds", flush=True)

    def say(self, text):
        print(f"  {time.monotonic() - self.began:6.1f} s  {text}", flush=True)

    def promise(self, holds, sentence):
        """A promise; when it does not hold the drill fails with this sentence."""
        if not holds:
            self.broken.append(sentence)
            self.say("BROKEN: " + sentence)

    def count(self, **figures):
        self.figures |= figures

    def back(self, seconds, at_most):
        """Seconds until the service answered again by itself, of every round."""
        if not seconds:
            return
        self.count(seconds_back=f"{max(seconds):.2f}", median=f"{statistics.median(seconds):.2f}")
        self.promise(max(seconds) <= at_most, f"back after {max(seconds):.2f} s, promised {at_most} s")

    def refusals(self, found, when):
        """Whoever could not be served was told to come again, and nothing else."""
        wrong = {status for status, retry_after in found if status != 503 or not retry_after}
        self.promise(not wrong, f"{when} the answer was {wrong}, promised 503 with Retry-After")

    def reckon(self, acknowledged, lost, doubled, half_done):
        found = {"acknowledged": acknowledged, "lost": lost, "doubled": doubled, "half_done": half_done}
        self.count(**{name: self.figures.get(name, 0) + count for name, count in found.items()})
        self.promise(lost == 0, f"{lost} acknowledged receipts are lost")
        self.promise(doubled == 0, f"{doubled} people or letters are doubled")
        self.promise(half_done == 0, f"{half_done} receipts are half done")

    def end(self):
        """The result in one line, and the exit code."""
        self.count(took=f"{time.monotonic() - self.began:.0f}")
        figures = " ".join(f"{name}={value}" for name, value in self.figures.items())
        print(f"{self.name}: {'kept' if not self.broken else 'BROKEN'} seed={self.seed} {figures}", flush=True)
        sys.exit(1 if self.broken else 0)
