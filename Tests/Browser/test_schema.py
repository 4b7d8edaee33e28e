"""Migrations/SCHEMA.sql is what the migrations make."""
import subprocess

from conftest import ROOT


def test_the_schema_to_be_read_is_the_one_that_the_migrations_make():
    made = subprocess.run([ROOT / "ops/schema", "--print"], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    assert made.stdout == (ROOT / "Migrations/SCHEMA.sql").read_text(), "run ops/schema"
