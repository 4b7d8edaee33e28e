"""記録の点検 as the operator does it: heads from the log, and somebody who may do everything in the database but has not
the key."""
import re
import time

from test_kill import Database


def verify(installation, *options):
    return installation.enroll("audit", "verify", *options)


def sealed(installation):
    """What is said once nothing waits any more; the worker seals every ten seconds."""
    for _ in range(60):
        done = verify(installation)
        if " wait for the worker" not in done.stdout:
            return done
        time.sleep(1)
    raise AssertionError(done.stdout)


def heads(installation):
    log = (installation.data / "run.log").read_text()
    return re.findall(r"head=(\d+:[0-9a-f]{64}) .*journal sealed", log)


def test_the_journal_of_an_installation_is_whole_until_somebody_changes_it(installation):
    done = sealed(installation)
    assert done.returncode == 0, done.stdout + done.stderr
    events = int(Database(installation).ask("SELECT count(*) FROM events"))
    assert events > 200 and done.stdout.startswith(f"{events} events, of which {events} are sealed.\n")
    assert done.stdout.endswith("the journal is whole\n")
    head = heads(installation)[0]
    again = verify(installation, "--head", head)
    assert again.returncode == 0
    assert f"The chain goes through the given head at {head.split(':')[0]}." in again.stdout

    database = Database(installation)
    event = database.ask("SELECT id FROM events WHERE act = 'approve' ORDER BY id LIMIT 1")
    database.ask(f"UPDATE events SET actor = 'account:1' WHERE id = {event}")
    changed = verify(installation)
    database.ask(f"UPDATE events SET actor = 'demo' WHERE id = {event}")
    assert changed.returncode == 1
    assert f"Changed after they were written: 1 event ({event}).\n" in changed.stdout
    assert "the journal is whole" not in changed.stdout
    assert verify(installation).returncode == 0


def test_a_head_that_the_journal_does_not_know_is_said(installation):
    other = verify(installation, "--head", "1:" + "0" * 64)
    assert other.returncode == 1 and "the journal was written anew" in other.stdout
    beyond = verify(installation, "--head", "999999999:" + "0" * 64)
    assert beyond.returncode == 1 and "its end was cut off" in beyond.stdout
    none = verify(installation, "--head", "1234")
    assert none.returncode == 2 and "`journal sealed`" in none.stderr, none


def test_a_healthy_installation_says_nothing_of_seals(installation):
    assert "seal" not in installation.enroll("doctor").stdout
