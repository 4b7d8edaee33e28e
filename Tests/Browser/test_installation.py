"""The two commands as an operator meets them."""
import socket
import subprocess
import urllib.request

from conftest import ROOT, Installation


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.status


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


def test_a_port_in_use_is_said_before_anything_is_built_or_started():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        done = subprocess.run([ROOT / "ops/run", "--port", str(port)], capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is in use: stop what serves there, or choose another with --port.\n"


def test_an_option_without_its_value_is_said():
    done = subprocess.run([ROOT / "ops/run", "--port"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2 and done.stderr.startswith("--port takes a value.\n")


def test_what_was_never_planned_is_not_there(installation):
    for command in (["appoint", "apply", "A-none"], ["renew", "apply", "R-none"], ["import", "apply", "G-none"]):
        done = installation.enroll(*command)
        assert done.returncode != 0 and "there is nothing of that name" in done.stderr, done.stderr
    done = installation.enroll("open-year", "20277")
    assert done.returncode != 0 and "such as 2027" in done.stderr
