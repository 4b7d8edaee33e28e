"""The two commands as an operator meets them."""
import contextlib
import datetime
import os
import pathlib
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import zipfile

import pytest

from conftest import DAY, ROOT, Installation, free_port
from test_kill import Database


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.status


def wait_until_ready(installation):
    """As long as it takes, within a minute."""
    for _ in range(600):
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            if get(installation.url + "/readyz") == 200:
                return
        time.sleep(0.1)
    raise AssertionError("it never got ready again")


def with_functions(script, *arguments):
    """A line of bash with what ops/lib offers."""
    return subprocess.Popen(
        ["bash", "-c", "set -euo pipefail; . ops/lib/installation.sh; " + script, "-", *arguments], cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_it_starts_again_after_being_killed_and_after_being_stopped():
    installation = Installation()
    installation.clock = None  # as an operator starts it, in whatever year it is
    installation.start()
    assert get(installation.url + "/readyz") == 200
    installation.kill()
    installation.start()
    assert get(installation.url + "/readyz") == 200
    installation.stop()
    done = installation.enroll("doctor")
    assert (done.returncode, done.stdout) == (0, "healthy\n"), done.stderr
    again = installation.enroll("migrate")
    assert again.stdout == "the schema is up to date\n"


def test_a_database_that_dies_below_the_server_is_started_again():
    installation = Installation()
    installation.start("--people", "0")
    database = Database(installation)
    database.kill()
    wait_until_ready(installation)
    told = f"The database in {database.folder} has died (its last words are in boot.log there); starting it again.\n"
    log = installation.data / "run.log"
    assert log.read_text().count(told) == 1

    # A server that dies while the database is being started again ends ops/run all the same.
    with database.held_down():
        for _ in range(600):
            if log.read_text().count(told) == 2:
                break
            time.sleep(0.1)
        os.kill(int((installation.data / ".running").read_text().split()[1]), signal.SIGKILL)
    assert installation.process.wait(timeout=120) == 128 + signal.SIGKILL
    assert subprocess.run(["pgrep", "-f", database.folder], capture_output=True).stdout == b"", "it was not stopped"
    shutil.rmtree(installation.data)


def test_a_server_without_its_ops_run_is_named_and_its_dead_database_is_a_finding():
    installation = Installation()
    installation.start("--people", "0")
    database = Database(installation)
    installation.process.kill()
    installation.process.wait()
    again = subprocess.run(
        [ROOT / "ops/run", "--demo", "--port", str(free_port()), "--data", installation.data],
        capture_output=True, text=True, timeout=30)
    assert again.returncode == 1 and again.stdout == ""
    named = re.fullmatch(
        r"This installation \((.+)\) is already running with pid (\d+): stop it with `kill (\d+)`, and start again\.\n",
        again.stderr)
    assert named and named[1] == str(installation.data) and named[2] == named[3], again.stderr

    database.kill()
    done = installation.enroll("doctor")
    assert done.returncode == 1 and done.stdout.startswith("The database had died below the running server"), done
    assert "boot.log" in done.stdout and "healthy" not in done.stdout
    wait_until_ready(installation)
    done = installation.enroll("doctor")
    assert (done.returncode, done.stdout) == (0, "healthy\n"), done

    os.kill(int(named[2]), signal.SIGTERM)
    for _ in range(300):
        if not os.path.exists(f"/proc/{named[2]}/fd/8"):
            break
        time.sleep(0.1)
    installation.start("--people", "0")
    installation.stop()
    with_functions('cluster_at "$1"; stop_cluster', installation.data).communicate()
    shutil.rmtree(installation.data)


def test_two_that_start_the_database_at_the_same_moment_both_find_it_running():
    installation = Installation()
    start = 'installation_at "$1"; start_cluster; need_database enroll; echo "${STARTED_CLUSTER:-no}"'
    assert with_functions(start, installation.data).communicate()[0] == "yes\n"
    database = Database(installation)
    for _ in range(3):
        database.kill()
        both = [with_functions(start, installation.data) for _ in range(2)]
        said = [process.communicate() for process in both]
        assert sorted(out for out, _ in said) == ["no\n", "yes\n"], said
        assert with_functions('cluster_at "$1"; cluster_lives && echo lives', installation.data).communicate()[0]
        assert database.ask("SELECT 1") == "1"
    with_functions('cluster_at "$1"; stop_cluster', installation.data).communicate()
    shutil.rmtree(installation.data)


def test_a_build_that_has_something_to_do_says_so_once_and_one_that_has_nothing_is_silent():
    for lines, told in [
            (["[0/1] Planning build", "[1/1] Compiling plugin GenerateManual", "Build complete! (2.15s)"], ""),
            (["[2/9] Compiling A a.swift", "[3/9] Compiling B b.swift"],
             "Building; the first time takes several minutes…\n")]:
        assert with_functions('quiet_build printf "%s\\n" "$@"', *lines).communicate() == ("", told)
    failing = with_functions("quiet_build sh -c 'echo a.swift:1:1: error: nothing fits; exit 3'")
    assert failing.communicate() == ("", "a.swift:1:1: error: nothing fits\n") and failing.returncode == 3


def addresses(workbook):
    """Where the badges in a workbook are said to be."""
    with zipfile.ZipFile(workbook) as file:
        text = "".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))
    return set(re.findall(r"(https?://[^<>\"]+)/verify/", text))


def test_what_commands_write_names_the_address_that_the_server_was_given(installation, tmp_path):
    out = tmp_path / "a.xlsx"
    export = ("export", "ministry", "--purpose", "報告", "--out", out)
    done = installation.enroll(*export)
    assert done.returncode == 0, done
    assert addresses(out) == {installation.url}
    assert os.stat(installation.data / "settings").st_mode & 0o777 == 0o600
    before = out.read_bytes()
    again = installation.enroll(*export)
    assert again.returncode == 1 and "--overwrite" in again.stderr and out.read_bytes() == before, again
    export += ("--overwrite",)
    environment = installation.environment | {"ENROLL_PUBLIC_URL": "https://badge.example"}
    subprocess.run(
        [ROOT / "ops/enroll", "--data", installation.data, *export, *installation.clock_option()], env=environment,
        capture_output=True, check=True)
    assert addresses(out) == {"https://badge.example"}


def test_a_wrong_setting_is_said_in_a_sentence():
    binary = ROOT / ".build/release/enroll"
    done = subprocess.run([binary, "doctor"], capture_output=True, text=True, env={"ENROLL_DATABSE": "x"})
    assert done.returncode == 2 and "unknown setting ENROLL_DATABSE" in done.stderr
    done = subprocess.run(
        [binary, "serve"], capture_output=True, text=True,
        env={"ENROLL_DATABASE": "x", "ENROLL_PUBLIC_URL": "http://example.jp"})
    assert done.returncode == 2 and "ENROLL_PUBLIC_URL" in done.stderr


def test_a_port_that_is_none_is_said_before_anything_is_built_or_started():
    for port in ["", "abc", "0", "65536", "99999999999999999999"]:
        done = subprocess.run([ROOT / "ops/run", "--port", port], capture_output=True, text=True, timeout=30)
        assert done.returncode != 0 and "--port takes a whole number from 1 to 65535" in done.stderr


def test_a_port_in_use_is_said_before_anything_is_built_or_started(tmp_path):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        # An installation of its own: in the one of the checkout somebody may be at work.
        done = subprocess.run(
            [ROOT / "ops/run", "--port", str(port), "--data", tmp_path / "data"], capture_output=True, text=True,
            timeout=30)
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is in use: stop what serves there, or choose another with --port.\n"


def test_a_folder_that_is_spelled_wrong_is_said_and_nothing_is_made(tmp_path):
    for typo in (tmp_path / "typo", tmp_path / "a" / "typo", tmp_path):
        done = subprocess.run(
            [ROOT / "ops/enroll", "--data", typo, "doctor"], capture_output=True, text=True, timeout=30)
        assert done.returncode == 1 and done.stdout == ""
        assert done.stderr.startswith(f"There is no installation in {typo}: "), done.stderr
        assert os.listdir(tmp_path) == []


def test_a_setting_that_is_not_used_is_named_without_its_value(installation):
    secret = {"ENROLL_DATABASE": "password=geheim", "ENROLL_KEYS": "/srv/keys"}
    done = subprocess.run(
        [ROOT / "ops/enroll", "--data", installation.data, "import", "list", *installation.clock_option()],
        env=installation.environment | secret, capture_output=True, text=True)
    assert done.returncode == 0
    assert "ENROLL_DATABASE is set, but not used here" in done.stderr and "ENROLL_KEYS is set" in done.stderr
    assert "geheim" not in done.stderr and "ENROLL_HOME" not in done.stderr

    def override(environment, config=""):
        script = 'override LISTEN 127.0.0.1:1 "why"; echo "$ENROLL_LISTEN"'
        process = subprocess.Popen(
            ["bash", "-c", "set -euo pipefail; . ops/lib/installation.sh; " + script], cwd=ROOT, text=True,
            env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return process.communicate()

    said = "ENROLL_LISTEN is set, but not used here: why.\n"
    assert override({}) == ("127.0.0.1:1\n", "")
    assert override({"ENROLL_LISTEN": "127.0.0.1:1"}) == ("127.0.0.1:1\n", "")
    assert override({"ENROLL_LISTEN": "[::]:80"}) == ("127.0.0.1:1\n", said)


def owner(path):
    return os.stat(path).st_uid


def test_root_serves_as_somebody_who_is_not_root(installation):
    server = int((installation.data / ".running").read_text().split()[1])
    served_by = owner(f"/proc/{server}")
    if os.getuid() != 0:
        assert served_by == os.getuid()
        return
    assert served_by != 0
    status = open(f"/proc/{server}/status").read()
    assert re.search(r"^CapEff:\t0+$", status, re.M) and re.search(r"^NoNewPrivs:\t1$", status, re.M)
    keys = installation.data / "keys"
    assert {owner(keys), owner(installation.data / "mail"), owner(keys / "session.key")} == {served_by}
    # What a command of root's leaves behind can be read by the server too.
    (keys / "other.key").write_bytes(bytes(32))
    assert installation.enroll("import", "list").returncode == 0
    assert owner(keys / "other.key") == served_by
    (keys / "other.key").unlink()


def handed_over(folder, chown):
    """Gives a folder over while `chown` is what its text says."""
    (folder / "bin").mkdir()
    (folder / "bin/chown").write_text("#!/bin/bash\n" + chown)
    (folder / "bin/chown").chmod(0o755)
    (folder / "mail").mkdir()
    (folder / "mail/letter").touch()
    (folder / "mail/being-written").touch()
    done = with_functions('SERVICE_USER=daemon; PATH=$1/bin:$PATH; hand_over_files "$1/mail"', str(folder))
    return done.communicate(timeout=60)[1], done.returncode


@pytest.mark.skipif(os.getuid() != 0, reason="only root hands over")
def test_a_letter_that_goes_while_the_folder_is_handed_over_is_no_trouble(tmp_path):
    told, code = handed_over(tmp_path, """
for file in "$@"; do case $file in *being-written*) mv "$file" "$file.$$" ;; esac; done
exec /bin/chown "$@"
""")
    assert (code, told) == (0, "")
    assert (tmp_path / "mail/letter").owner() == "daemon"


@pytest.mark.skipif(os.getuid() != 0, reason="only root hands over")
def test_a_letter_that_cannot_be_handed_over_is_said(tmp_path):
    told, code = handed_over(tmp_path, 'echo "chown: $3: Operation not permitted" >&2; exit 1\n')
    assert code != 0 and "Operation not permitted" in told


def test_what_root_alone_can_reach_is_served_all_the_same():
    """Checkout, settings and data below a closed folder; the installation is one that root has served before."""
    if os.getuid() != 0:
        return
    closed = pathlib.Path(tempfile.mkdtemp(dir="/root" if os.access("/root", os.W_OK) else None))
    try:
        (closed / "checkout").mkdir()
        for part in ("ops", "Migrations", "Exports"):
            shutil.copytree(ROOT / part, closed / "checkout" / part, symlinks=True)
        binary = subprocess.check_output(
            ["swift", "build", "-c", "release", "--show-bin-path"], cwd=ROOT, text=True).strip() + "/enroll"
        shutil.copy(binary, closed / "enroll")
        # In the place of the compiler: what it would have built is there.
        (closed / "bin").mkdir()
        (closed / "bin/swift").write_text(f'#!/bin/sh\ncase "$*" in *--show-bin-path*) echo {closed};; esac\n')
        (closed / "bin/swift").chmod(0o755)
        keys = closed / "data/keys"
        keys.mkdir(mode=0o700, parents=True)
        (keys / "session.key").write_bytes(bytes(range(32)))
        (closed / "settings").write_text("ENROLL_PHONE=03-1111-1111\n")
        (closed / "settings").chmod(0o600)
        port = free_port()
        process = subprocess.Popen(
            [closed / "checkout/ops/run", "--port", str(port), "--data", closed / "data"], cwd=closed, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=os.environ | {"PATH": f"{closed}/bin:{os.environ['PATH']}", "ENROLL_CONFIG": f"{closed}/settings"})
        assert any(line.startswith("ready: ") for line in process.stdout), process.stderr.read()
        server = int((closed / "data/.running").read_text().split()[1])
        assert owner(f"/proc/{server}") not in (0, None)
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/").read().decode()
        assert "03-1111-1111" in page and "デジタル推進委員 事務局" in page and "見本" not in page
        assert (keys / "session.key").read_bytes() == bytes(range(32))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    finally:
        shutil.rmtree(os.path.dirname(os.path.realpath(closed / "data/keys")), ignore_errors=True)
        shutil.rmtree(closed)


def test_an_option_without_its_value_is_said():
    done = subprocess.run([ROOT / "ops/run", "--port"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2 and done.stderr.startswith("--port takes a value.\n")


def test_a_folder_that_was_moved_is_served_and_data_of_another_version_is_named_and_left_alone():
    installation = Installation()
    installation.start("--people", "0")
    installation.stop()
    installation.data = installation.data.rename(f"{installation.data}-moved")
    installation.start("--people", "0")
    database = Database(installation)
    database.ask("UPDATE schema_migrations SET name = '0001_before.sql' WHERE number = 1")
    installation.stop()
    with pytest.raises(AssertionError) as refused:
        installation.start("--people", "0")
    assert "0001_before.sql is not the one here" in str(refused.value)
    assert "Nothing was changed" in str(refused.value)
    assert installation.process.wait(timeout=60) == 1
    shutil.rmtree(installation.data)


def test_a_command_beside_the_server_runs_at_its_time(installation):
    done = subprocess.run([ROOT / "ops/enroll", "--data", installation.data, "import", "list"],
                          capture_output=True, text=True, env=installation.environment)
    said = re.fullmatch(r"It is (\S+), as for the server that runs with --clock\.\n", done.stderr)
    assert done.returncode == 0 and said, done
    shown = datetime.datetime.fromisoformat(said.group(1))
    assert abs(shown - installation.now) < datetime.timedelta(minutes=1)
    typed = installation.enroll("import", "list")
    assert typed.returncode == 0 and typed.stderr == "", "what is typed is above it"


def test_who_changes_tables_with_the_services_login_reads_which_one_is_needed(installation):
    done = subprocess.run(
        [os.environ["ENROLL_BINARY"], "migrate"], capture_output=True, text=True, timeout=60, cwd=ROOT,
        env=os.environ | {"ENROLL_DATABASE": f"host={Database(installation).socket} dbname=enroll user=enroll_app",
                          "ENROLL_KEYS": str(installation.data / "keys"), "ENROLL_HOME": str(ROOT)})
    assert done.returncode == 1, done
    assert "ENROLL_DATABASE_OWNER" in done.stderr and "runbooks/roles.md" in done.stderr


def test_what_was_never_planned_is_not_there(installation):
    decision = ["--decision-number", "デ推第1号", "--decided-on", DAY]
    for command in (["appoint", "apply", "A-none"], ["renew", "apply", "R-none", *decision],
                    ["import", "apply", "G-none"]):
        done = installation.enroll(*command)
        assert done.returncode != 0 and "there is nothing of that name" in done.stderr, done.stderr
    assert installation.enroll("migrate", "--kind", "production").stderr == (
        "enroll: refused: this database is for demo and stays so: name another in ENROLL_DATABASE\n")
    done = installation.enroll("tally", "--as-of", "2030-01-01")
    assert done.stderr == "enroll: refused: numbers are of days up to today\n"
    done = installation.enroll("account", "add", "nomail", "--role", "office", "--name", "見本")
    assert done.stderr == "enroll: refused: what the account is to sign in with is no mail address\n"
    known = installation.enroll("account", "add", "OFFICE@demo.example", "--role", "ministry",
                                "--name", "見本")
    nameless = installation.enroll("account", "add", "new@demo.example", "--role", "office")
    assert nameless.returncode == 2 and "--name" in nameless.stderr, nameless
    assert known.returncode == 1 and "`enroll account change office@demo.example`" in known.stderr, known
    listed = installation.enroll("account", "list").stdout.splitlines()
    assert listed[0].split("\t") == ["office", "office@demo.example", "見本 事務局", "-", "active"]
    assert installation.enroll("account", "change", "office@demo.example").returncode == 2
    assert installation.enroll("account", "enable", "office@demo.example").returncode == 1
    actor = Database(installation).ask("SELECT DISTINCT actor FROM events WHERE act = 'add_account'")
    assert actor == "operator:" + pwd.getpwuid(os.getuid()).pw_name
    done = installation.enroll("open-year", "20277")
    assert done.returncode != 0 and "such as 2027" in done.stderr
