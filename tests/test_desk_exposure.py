"""A desk that others reach: refused without accounts or HTTPS; and the commands that keep the accounts."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.desk.people import People
from dateline.desk.serve import Exposure, check_exposure
from dateline.desk.state import State
from dateline.errors import DatelineError

PASSWORD = "seven quiet herons"  # noqa: S105
OPENSSL = shutil.which("openssl") or ""
EVERY = "0.0.0.0"  # noqa: S104


def dateline(*arguments: str, given: str | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments), input=given)
    return result.exit_code, result.output


def people_of(folder: Path, *, lead: bool) -> People:
    people = People(State(folder))
    if lead:
        people.add("Olha", "lead", PASSWORD, by="test", must_change=False)
    return people


OPEN: tuple[dict[str, Any], ...] = (
    {"host": EVERY}, {"host": "::"}, {"host": "192.0.2.1"}, {"names": ("desk.example.org",)}, {"secure": True},
)  # fmt: skip


@pytest.mark.parametrize("given", OPEN, ids=str)
def test_a_desk_that_others_reach_needs_a_lead_and_https(tmp_path: Path, given: dict[str, Any]) -> None:
    exposure = Exposure(**given)
    assert exposure.reached
    with pytest.raises(DatelineError, match=r"dateline people add .*--role lead"):
        check_exposure(exposure, people_of(tmp_path, lead=False), tmp_path)
    people = people_of(tmp_path, lead=True)
    if exposure.secure:
        check_exposure(exposure, people, tmp_path)
    else:
        with pytest.raises(DatelineError, match="without HTTPS"):
            check_exposure(exposure, people, tmp_path)
        check_exposure(Exposure(**given, insecure=True), people, tmp_path)
        check_exposure(Exposure(**{**given, "secure": True}), people, tmp_path)
    with pytest.raises(DatelineError, match="--local"):
        check_exposure(Exposure(**given, local=True), people, tmp_path)


@pytest.mark.parametrize(
    "given", [{}, {"host": "127.0.0.1"}, {"host": "::1"}, {"host": "localhost"}, {"local": True}], ids=str
)
def test_a_desk_for_this_machine_needs_nothing(tmp_path: Path, given: dict[str, Any]) -> None:
    assert not Exposure(**given).reached
    check_exposure(Exposure(**given), people_of(tmp_path, lead=False), tmp_path)


def test_names_of_every_address_are_not_answered_to_unasked() -> None:
    assert EVERY not in Exposure(host=EVERY).hosts
    assert "desk.example.org" in Exposure(host=EVERY, names=("desk.example.org",)).hosts
    assert "192.0.2.1" in Exposure(host="192.0.2.1").hosts


def test_a_certificate_that_is_none_is_told(tmp_path: Path) -> None:
    people = people_of(tmp_path, lead=True)
    (tmp_path / "a.pem").write_text("nothing")
    with pytest.raises(DatelineError, match="go together"):
        check_exposure(Exposure(certificate=tmp_path / "a.pem"), people, tmp_path)
    with pytest.raises(DatelineError, match="cannot be used"):
        check_exposure(Exposure(certificate=tmp_path / "a.pem", key=tmp_path / "a.pem"), people, tmp_path)


def test_serve_refuses_before_it_binds(tmp_path: Path) -> None:
    code, said = dateline("serve", str(tmp_path / "record"), "--host", EVERY, "--port", "0", "--no-browse")
    assert code == 1
    assert "dateline people add" in said
    assert "--role lead" in said
    dateline("people", "add", str(tmp_path / "record"), "Olha", "--role", "lead", given=f"{PASSWORD}\n")
    code, said = dateline("serve", str(tmp_path / "record"), "--host", EVERY, "--port", "0", "--no-browse")
    assert code == 1
    assert "--certificate" in said
    assert "--insecure" in said


def test_accounts_from_the_command_line(tmp_path: Path) -> None:
    record = str(tmp_path / "record")
    assert dateline("people", "list", record)[0] == 1
    code, said = dateline("people", "add", record, "Ada", given=f"{PASSWORD}\n")
    assert code == 1
    assert "first account" in said
    assert dateline("people", "add", record, "Olha", "--role", "lead", given="short\n")[0] == 1
    assert dateline("people", "add", record, "Olha", "--role", "lead", given="")[0] == 1
    assert dateline("people", "add", record, "Olha", "--role", "queen", given=f"{PASSWORD}\n")[0] == 2
    code, said = dateline("people", "add", record, "Olha", "--role", "lead", given=f"{PASSWORD}\n")
    assert code == 0
    assert PASSWORD not in said
    code, said = dateline("people", "add", record, "Ada", "--one-time")
    assert code == 0
    assert "password for one use: " in said
    assert dateline("people", "disable", record, "olha")[0] == 1
    assert dateline("people", "role", record, "Ada", "lead")[0] == 0
    assert dateline("people", "disable", record, "OLHA")[0] == 0
    listed = dateline("people", "list", record)[1]
    assert "Olha  lead  disabled" in listed
    assert "Ada  lead  must choose a password" in listed
    assert '"name": "Ada"' in dateline("people", "list", record, "--json")[1]
    assert dateline("people", "enable", record, "Olha")[0] == 0
    code, said = dateline("people", "password", record, "Olha", given="another long password\n")
    assert code == 0
    assert "another" not in said
    assert dateline("people", "role", record, "Nobody", "lead")[0] == 1
    kept = People(State(tmp_path / "record")).kept_password("Olha")
    assert kept is not None
    assert "argon2id" in kept[1]


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@pytest.mark.skipif(not OPENSSL, reason="openssl makes the certificate")
def test_https_of_its_own(tmp_path: Path) -> None:
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    subprocess.run(  # noqa: S603
        [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate), "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    record, port = tmp_path / "record", free_port()
    dateline("people", "add", str(record), "Olha", "--role", "lead", given=f"{PASSWORD}\n")
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", "from dateline.cli import app; app()",
         "serve", str(record), "--host", "localhost", "--name", "desk.example.org", "--port", str(port), "--no-browse",
         "--certificate", str(certificate), "--key", str(key)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ},
    )  # fmt: skip
    try:
        context = ssl.create_default_context(cafile=str(certificate))
        deadline = time.monotonic() + 60
        while True:
            try:
                with urlopen(f"https://localhost:{port}/sign-in", context=context, timeout=5) as answer:
                    text, cookies = answer.read().decode(), answer.headers["set-cookie"]
                break
            except OSError:
                assert process.poll() is None, process.stdout.read() if process.stdout else ""
                assert time.monotonic() < deadline
                time.sleep(0.2)
        assert "Sign in" in text
        assert "secure" in cookies.lower()
    finally:
        process.terminate()
        process.wait(timeout=30)
        if process.stdout is not None:
            process.stdout.close()
