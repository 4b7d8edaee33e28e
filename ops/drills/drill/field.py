"""The field of the faults of issue "receipts": a database, one or two servers, and enrolment load."""
import datetime

from . import books
from .applicants import Applicants, Probe
from .browser import Record
from .cluster import Cluster
from .mailbox import Mailbox


def today():
    """The day in Japan, where no summer time is kept."""
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date()


class Field:
    def __init__(self, ground, instances=1, cluster=None, **settings):
        self.ground = ground
        self.mailbox = Mailbox(ground)
        self.cluster = (cluster or Cluster(ground)).make(**settings).start().need()
        ground.prepare(self.cluster)
        self.servers = [ground.serve("--with-worker") for _ in range(instances)]
        self.record = Record()

    @property
    def ports(self):
        return [server.port for server in self.servers]

    def open(self, people=6, probe_timeout=20.0):
        """Servers up, people applying, the probe asking."""
        for server in self.servers:
            server.start()
        self.people = Applicants(self.ports, self.mailbox, self.record, today().isoformat(), people).start()
        self.probe = Probe(self.ports, Record(), probe_timeout)
        self.probe.start()
        if not self.people.await_receipts(people):
            raise SystemExit("nobody could apply: " + str(self.people.troubles[:3]) + self.ground.last_words())

    def reckon(self, drill, cluster=None):
        """Ends the load and compares; every person must have come to a receipt at last."""
        self.people.finish()
        self.probe.finish()
        cluster, receipts = cluster or self.cluster, self.people.receipts
        drill.reckon(len(receipts), books.lost(cluster, receipts), books.doubled(cluster), books.half_done(cluster))
        for trouble in self.people.troubles[:5]:
            drill.say("gave up: " + trouble)
        drill.promise(not self.people.troubles, f"{len(self.people.troubles)} people got no receipt by pressing again")
        drill.count(answers=str(self.record.outcomes()).replace(" ", ""))
