"""The commands that keep the accounts of a desk; passwords are prompted or piped, and never stand in an argument."""

import sys
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli_options import JsonOption, echo, echo_json, guarded, one_of
from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.desk.people import People

people_app = typer.Typer(
    help="Keep the accounts of a desk: who may sign in, and what they may do.", no_args_is_help=True
)

RecordArgument = Annotated[
    Path, typer.Argument(metavar="RECORD", envvar="DATELINE_RECORD", help="The folder of the record.")
]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The person's name.")]
OneTimeOption = Annotated[
    bool,
    typer.Option(
        "--one-time",
        help="Print a password for one use, instead of asking for one or reading it from a pipe.",
    ),
]
_ROLES = ("reader", "coder", "lead")


def register(app: typer.Typer) -> None:
    """Add the commands of accounts to the command line."""
    app.add_typer(people_app, name="people")


@people_app.command("add")
def add(
    record: RecordArgument,
    name: NameArgument,
    role: Annotated[
        str, typer.Option(metavar="ROLE", help="reader (looks, exports), coder (also decides) or lead.")
    ] = "coder",
    one_time: OneTimeOption = False,
) -> None:
    """Add an account; the first is that of a lead. The password is asked for, or read from a pipe as one line.

    The record is made if it is missing.
    """
    one_of("--role", role, _ROLES)

    def run() -> int:
        from dateline.desk.people import role_of

        people = _people(record, make=True)
        password = _password(one_time)
        account = people.add(name, role_of(role), password, by=_by(), must_change=one_time)
        echo(f"added: {account.name}, {account.role}")
        _show(password, one_time)
        return 0

    raise typer.Exit(guarded(run))


@people_app.command("list")
def list_(record: RecordArgument, json: JsonOption = False) -> None:
    """List the accounts."""

    def run() -> int:
        from json import dumps

        from dateline.desk.json_values import json_of

        for account in _people(record).all():
            if json:
                echo_json(dumps(json_of(account), ensure_ascii=False))
            else:
                state = (
                    "disabled"
                    if account.disabled
                    else "must choose a password"
                    if account.must_change
                    else "active"
                )
                echo(
                    f"{account.name}  {account.role}  {state}  since {account.made:%Y-%m-%d}, by {account.made_by}"
                )
        return 0

    raise typer.Exit(guarded(run))


@people_app.command("role")
def role(
    record: RecordArgument,
    name: NameArgument,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="reader, coder or lead.")],
) -> None:
    """Change what a person may do, from their next request on."""
    one_of("ROLE", role, _ROLES)

    def run() -> int:
        from dateline.desk.people import role_of

        people = _people(record)
        account = people.named(name)
        people.set_role(account.id, role_of(role))
        echo(f"{account.name} is a {role}")
        return 0

    raise typer.Exit(guarded(run))


@people_app.command("disable")
def disable(record: RecordArgument, name: NameArgument) -> None:
    """Let a person sign in no more, and end their sessions. Accounts are never deleted: decisions keep their names."""

    def run() -> int:
        people = _people(record)
        account = people.named(name)
        people.disable(account.id)
        echo(f"{account.name} is disabled")
        return 0

    raise typer.Exit(guarded(run))


@people_app.command("enable")
def enable(record: RecordArgument, name: NameArgument) -> None:
    """Let a person who was disabled sign in again."""

    def run() -> int:
        people = _people(record)
        account = people.named(name)
        people.enable(account.id)
        echo(f"{account.name} may sign in again")
        return 0

    raise typer.Exit(guarded(run))


@people_app.command("password")
def password(record: RecordArgument, name: NameArgument, one_time: OneTimeOption = False) -> None:
    """Give a person another password and end their sessions; it is asked for, or read from a pipe as one line."""

    def run() -> int:
        from dateline.desk.sign_in import SignIn

        people = _people(record)
        account = people.named(name)
        new = _password(one_time)
        people.set_password(account.id, new, must_change=one_time)
        SignIn(people.state, people).forget(account.name)
        echo(f"{account.name} has a new password and is signed out everywhere")
        _show(new, one_time)
        return 0

    raise typer.Exit(guarded(run))


def _people(folder: Path, *, make: bool = False) -> "People":
    from dateline.desk.people import People
    from dateline.desk.state import State
    from dateline.store.sqlite import open_record

    # The record comes first: it is only made in a folder that is empty.
    open_record(folder, must_exist=not make)
    return People(State(folder))


def _password(one_time: bool) -> str:
    from dateline.desk.passwords import one_time_password

    if one_time:
        return one_time_password()
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    line = sys.stdin.readline()
    if not line.strip():
        raise DatelineError("no password came on standard input; write it as one line, or use --one-time")
    return line.rstrip("\r\n")


def _show(password: str, one_time: bool) -> None:
    if one_time:
        echo(f"password for one use: {password}")


def _by() -> str:
    try:
        return f"{getuser()} (command line)"
    except (OSError, KeyError):
        return "the command line"
