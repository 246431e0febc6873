"""An e-mail to a report: its plain part, else its HTML part, with subject and date from its headers."""

import contextlib
import email
import re
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32

from dateline.errors import InputError
from dateline.intake.decode import decode
from dateline.intake.html import declared_charset, read_html
from dateline.intake.item import Hints
from dateline.intake.jsonl import replaced_problem
from dateline.model.reading import Problem
from dateline.model.text import Report
from dateline.settings import Limits

_NESTED = re.compile(rb"boundary\s*=|message/", re.IGNORECASE)
_HEADER_LENGTH = 2_000


def read_mail(data: bytes, *, name: str, limits: Limits) -> tuple[Report, tuple[Problem, ...], Hints]:
    """Read a message; return its report, problems, and what its headers say.

    The sender is not taken as publisher, since it may be a private person; the name of a mailing list is.
    Attachments are not read, and a problem names their number. Raises InputError for a message without text or with
    more parts than the limit.
    """
    if len(_NESTED.findall(data)) > limits.mail_parts:
        raise InputError(
            f"is an e-mail of more than {limits.mail_parts:,} nested parts, the limit; give its text as .txt"
        )
    try:
        message = email.message_from_bytes(data, policy=compat32)
        plain, page, problems = _texts(message)
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise InputError(
            f"is an e-mail that is broken ({type(error).__name__}); give its text as .txt"
        ) from None
    hints = Hints(
        title=_header(message, "Subject"),
        published=_header(message, "Date"),
        publisher=_list_name(_header(message, "List-Id")),
    )
    if plain.strip():
        return Report(text=plain, name=name), problems, hints
    if not page.strip():
        raise InputError("is an e-mail without text; save what is attached to it as files of their own")
    report, found = read_html(page, name=name, limits=limits)
    return report, (*problems, *found), hints


def _texts(message: Message) -> tuple[str, str, tuple[Problem, ...]]:
    """Return the first plain part and the first HTML part of a message, and problems."""
    texts = {"text/plain": "", "text/html": ""}
    problems: tuple[Problem, ...] = ()
    attached = 0
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if kind not in texts or part.get_filename() or part.get_content_disposition() == "attachment":
            attached += 1
        elif not texts[kind]:
            texts[kind], replaced = _text(part)
            problems += (replaced_problem(replaced),) if replaced and kind == "text/plain" else ()
    if attached:
        told = f"{attached:,} attachments or pictures of the e-mail were not read; save them to read them"
        problems += (Problem(code="mail-attachments", message=told),)
    return texts["text/plain"], texts["text/html"], problems


def _text(part: Message) -> tuple[str, int]:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if not data.strip():
        return "", 0
    charset = part.get_content_charset()
    decoded = decode(data, declared=charset or declared_charset(data))
    return decoded.text, decoded.replaced


def _header(message: Message, name: str) -> str | None:
    """Return a header's text, its encoded words decoded, in one line; null if it is not there."""
    value = message.get(name)
    if value is None:
        return None
    written = str(value)[:_HEADER_LENGTH]
    with contextlib.suppress(MessageError, LookupError, UnicodeError, ValueError):
        written = str(make_header(decode_header(written)))
    shown = "".join(sign if sign.isprintable() else " " for sign in written)
    return " ".join(shown.split()) or None


def _list_name(value: str | None) -> str | None:
    """Return the name before the address of a mailing list ("Nile Wire <list.nilewire.example>")."""
    name = (value or "").partition("<")[0].strip().strip('"').strip()
    return name or None
