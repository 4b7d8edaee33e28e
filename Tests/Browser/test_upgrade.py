"""Data of an earlier version is brought up to date, and its numbers stay."""
import lzma
import os
import subprocess

import pytest
from conftest import MORNING, ROOT
from test_kill import Database

RELEASES = sorted((ROOT / "Tests/Releases").glob("*.sql.xz"))


@pytest.mark.parametrize("dump", RELEASES, ids=lambda path: path.name.removesuffix(".sql.xz"))
def test_the_demo_of_a_release_is_brought_up_to_date_and_counts_the_same(installation, dump):
    version = dump.name.removesuffix(".sql.xz")
    name = "release_" + version.replace(".", "_")
    socket = Database(installation).socket
    subprocess.run(["createdb", "-h", socket, "-U", "app", name], check=True)
    restored = subprocess.run(
        ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", f"host={socket} dbname={name} user=app"],
        input=lzma.decompress(dump.read_bytes()), capture_output=True)
    assert restored.returncode == 0, restored.stderr.decode()

    def enroll(*arguments):
        return subprocess.run(
            [os.environ["ENROLL_BINARY"], *arguments, "--clock", MORNING.isoformat()], capture_output=True, text=True,
            timeout=60, cwd=ROOT, env=os.environ | {
                "ENROLL_DATABASE_OWNER": f"host={socket} dbname={name} user=app",
                "ENROLL_DATABASE": f"host={socket} dbname={name} user=enroll_app",
                "ENROLL_KEYS": str(installation.data / "keys"), "ENROLL_HOME": str(ROOT)})

    for command in (["migrate"], ["load"]):
        done = enroll(*command)
        assert done.returncode == 0, done.stderr
    assert enroll("migrate").stdout == "the schema is up to date\n"
    counted = enroll("tally", "--as-of", "2026-11-01", "--known-on", "2026-11-01")
    assert counted.stdout == (dump.parent / f"{version}.tsv").read_text(), counted.stderr
