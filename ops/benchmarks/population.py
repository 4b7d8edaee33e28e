"""A database with the letter's population and nobody served: each round works on a copy of its own."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from .bed import ROOT

SEEDED_AT = "2026-11-24T10:00:00+09:00"
FULL = 55_425


class Population:
    """Made when first asked for, by the commands that an operator uses."""

    def __init__(self, people):
        base = ROOT / ".enroll"
        base.mkdir(exist_ok=True)
        self.people = people
        self.data = pathlib.Path(tempfile.mkdtemp(prefix="population-", dir=base))
        os.chmod(self.data, 0o755)
        script = """. ops/lib/installation.sh; installation_at "$1"; prepare_installation >&2
            printf '%s\\n' "$CLUSTER" "$SOCKET" "$PG_OWNER" """
        found = subprocess.run(["bash", "-c", script, "-", self.data], cwd=ROOT, capture_output=True, text=True, check=True)
        self.cluster, self.socket, self.owner = found.stdout.split()
        for command in (["migrate", "--kind", "demo"], ["load"], ["demo", "--clock", SEEDED_AT],
                        ["seed", "--people", str(people), "--clock", SEEDED_AT],
                        ["open-year", "2027", "--clock", SEEDED_AT]):
            started = time.monotonic()
            done = self.enroll("enroll", *command)
            if command[0] == "seed":
                self.seed_seconds = time.monotonic() - started
                self.seed_peak = done.peak_mib
                self.seed_words = done.stdout.strip().splitlines()
        self.ask("enroll", "VACUUM ANALYZE")

    def close(self):
        subprocess.run(["bash", "-c", '. ops/lib/installation.sh; cluster_at "$1"; stop_cluster', "-", self.data], cwd=ROOT)
        shutil.rmtree(self.data, ignore_errors=True)

    def url(self, database):
        """As the owner."""
        return f"host={self.socket} dbname={database} user=app"

    def login(self, database):
        """As the service signs in, and as `migrate` and `load` do."""
        return {"ENROLL_DATABASE": f"host={self.socket} dbname={database} user=enroll_app",
                "ENROLL_DATABASE_OWNER": self.url(database)}

    def enroll(self, database, *arguments):
        """A command of the operator's on one of the databases; `cpu` in seconds, `peak_mib` of the process."""
        environment = os.environ | self.login(database) | {
            "ENROLL_HOME": str(ROOT), "ENROLL_KEYS": str(self.data / "keys"),
            "ENROLL_SMTP_URL": f"folder:{self.data}/mail", "ENROLL_LOG_LEVEL": "error"}
        return measured([ROOT / ".build/release/enroll", *map(str, arguments)], env=environment)

    def ask(self, database, sql):
        return subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", self.url(database), "-c", sql],
                              capture_output=True, text=True, check=True).stdout.strip()

    def copy(self, name, of="enroll"):
        """A database that is the same as another; what was there under the name is gone."""
        self.ask("postgres", f"DROP DATABASE IF EXISTS {name}")
        self.ask("postgres", f"CREATE DATABASE {name} TEMPLATE {of}")
        self.ask("postgres", "CHECKPOINT")
        return name

    def bring(self, source, target, query, table):
        """What a query finds in one database, as a plain table of the other."""
        self.ask(target, f"DROP TABLE IF EXISTS {table}")
        kind = query.split(" FROM ")[1].split()[0]
        self.ask(target, f"CREATE UNLOGGED TABLE {table} (LIKE {kind})")
        pipe = f'psql -Xq "{self.url(source)}" -c "COPY ({query}) TO STDOUT (FORMAT binary)" | '
        pipe += f'psql -Xq "{self.url(target)}" -c "COPY {table} FROM STDIN (FORMAT binary)"'
        subprocess.run(["bash", "-o", "pipefail", "-c", pipe], check=True)


class Measured:
    def __init__(self, stdout, figures):
        self.stdout = stdout
        self.seconds, self.cpu, self.peak_mib = map(float, figures.split())


# A process between, because the peak that the kernel tells of a child begins with the size of who started it.
STARTER = """
import os, subprocess, sys, time
started = time.monotonic()
process = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(process.pid, 0)
seconds = time.monotonic() - started
os.write(int(sys.argv[1]), f"{seconds} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss / 1024}".encode())
os._exit(0 if status == 0 else 1)
"""


def measured(command, stdin=None, **options):
    """Runs a command; its wall time, its CPU time and its peak memory."""
    told, tell = os.pipe()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        done = subprocess.run([sys.executable, "-IS", "-c", STARTER, str(tell), *command], stdin=stdin, stdout=out,
                              stderr=err, pass_fds=[tell], **options)
        os.close(tell)
        with os.fdopen(told) as pipe:
            figures = pipe.read()
        out.seek(0), err.seek(0)
        if done.returncode:
            raise SystemExit(f"{command}: {err.read().decode()[-2000:]}{out.read().decode()[-500:]}")
        return Measured(out.read().decode(), figures)


# What is written by filing and appointing, parents before children; with the key by which new rows are told.
WRITTEN = [("people", "id"), ("applications", "id"), ("application_states", "id"), ("viewings", "id"),
           ("application_consents", "application_id"), ("affiliations", "id"), ("appointments", "id"),
           ("appointment_terms", "id"), ("badges", "id"), ("outbox", "id"), ("events", "id")]


def bring_written(population, source, target):
    """Rows that `source` has and `target` has not yet, beside the tables they belong into."""
    for table, key in WRITTEN:
        last = population.ask(target, f"SELECT coalesce(max({key}), 0) FROM {table}")
        population.bring(source, target, f"SELECT * FROM {table} WHERE {key} > {last} ORDER BY {key}", f"new_{table}")
    population.ask(target, "ANALYZE")
    population.ask(target, "CHECKPOINT")


def given_columns(population, target, table):
    """The columns of a table that are not made of others."""
    return population.ask(target, f"""
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''""").strip()


def insert_written(population, target):
    """Seconds for the same rows as one INSERT … SELECT a table, in one transaction."""
    columns = {table: given_columns(population, target, table) for table, _ in WRITTEN}
    statements = "".join(
        f"INSERT INTO {table} ({columns[table]}) OVERRIDING SYSTEM VALUE SELECT {columns[table]} FROM new_{table};"
        for table, _ in WRITTEN)
    started = time.monotonic()
    population.ask(target, f"BEGIN;{statements}COMMIT;")
    return time.monotonic() - started
