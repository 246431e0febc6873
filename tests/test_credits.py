"""Credits name the agencies a report comes from; attributions, photographs and namesakes are none."""

from pathlib import Path

import pytest

from dateline.codebook.agencies import load_agencies
from dateline.codebook.tables import PACKAGED, Sources
from dateline.linking.credits import Credit, credits
from dateline.model.text import Report

BOOK = load_agencies()
BODY = (
    "Two rockets fell on the harbour before dawn and set a grain store on fire, the head of the port said, and"
    " crews were still at work at noon while the rest of the quay stayed closed to ships."
)


def found(text: str, title: str | None = None) -> list[Credit]:
    return list(credits(Report(text=text, title=title), BOOK))


@pytest.mark.parametrize(
    ("text", "agency", "form"),
    [
        (f"KYIV, March 2 (Reuters) - {BODY}", "reuters", "dateline"),
        (f"JUBA, South Sudan (AP) — {BODY}", "ap", "dateline"),
        (f"MOSCOW, March 2. /TASS/. {BODY}", "tass", "dateline"),
        (f"Harbour hit\n\nBOGOTÁ, 2 March (EFE).- {BODY}", "efe", "dateline"),
        (f"NAIROBI, May 3 (Xinhua) -- {BODY}", "xinhua", "dateline"),
        (f"{BODY} (Yonhap)", "yonhap", "brackets"),
        (f"{BODY} [With inputs from ANI]", "ani", "brackets"),
        (f"{BODY} — Ukrinform.", "ukrinform", "dash"),
        (f"{BODY}\n\n— dpa", "dpa", "dash"),
        (f"{BODY}\n\nvia AFP", "afp", "via"),
        (f"{BODY}\n\nSource: TASS", "tass", "label"),
        (f"{BODY}\n\nSource: Lusa", "lusa", "label"),
        (f"{BODY}\n\nOriginally published by Radio Dabanga", "dabanga", "label"),
        (f"{BODY}\n\n© AP", "ap", "copyright"),
        (f"{BODY}\n\nCopyright 2022 The Associated Press. All rights reserved.", "ap", "copyright"),
        (f"{BODY}\n\nWith files from The Canadian Press", "cp", "with"),
        (f"{BODY}\n\nWith additional reporting from Bernama", "bernama", "with"),
        (f"{BODY}\n\nThe Associated Press contributed to this report.", "ap", "contributed"),
        (f"Harbour hit\n\nBy The Associated Press\n\n{BODY}", "ap", "byline"),
        (f"Harbour hit\n\nBy Ana Brown, Agence France-Presse\n\n{BODY}", "afp", "byline"),
        (f"Harbour hit\n\nReuters Staff\n\n{BODY}", "reuters", "byline"),
        (f"TASS, March 2. {BODY}", "tass", "dated"),
    ],
)
def test_a_credit_is_read_with_its_words(text: str, agency: str, form: str) -> None:
    (credit,) = found(text)
    assert (credit.agency, credit.form, credit.part) == (agency, form, "text")
    assert text[credit.span.start : credit.span.end] == credit.span.quote
    assert BOOK.named(credit.span.quote)


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\n\nThis was so according to a Reuters report.",
        f"Harbour hit, crews say\n\n{BODY} TASS reported that no one was hurt.",
        "Rebels take the bridge - Reuters",
        f"The mayor told AFP that two rockets had fallen.\n\n{BODY}",
        f"{BODY}\n\nPhoto: AP",
        f"{BODY}\n\nFile photo (Reuters)",
        f"{BODY} It was claimed by the Alianza Popular (AP)",
        f"{BODY}\n\nBy Petra",
        f"{BODY}\n\n— Antara",
        f"{BODY} They fled via Petra.",
        f"{BODY}\n\nThe efe trees and the ap of the map stand in lower case (efe)",
        f"{BODY}\n\n{BODY}\n\nKYIV (Reuters) - as one wrote.\n\n{BODY}\n\n{BODY}",
        "",
        "\n\n",
    ],
)
def test_what_only_looks_like_a_credit_is_none(text: str) -> None:
    assert found(text) == []


def test_a_title_has_credits_of_its_own() -> None:
    (credit,) = found(BODY, title="Harbour hit (Reuters)")
    assert (credit.part, credit.span.start, credit.span.quote) == ("title", 13, "Reuters")
    assert found(BODY, title="Rebels take the bridge - Reuters") == []


def test_a_credit_may_name_several_agencies() -> None:
    named = [credit.agency for credit in found(f"{BODY}\n\nSources: AFP, ANSA and EFE")]
    assert named == ["afp", "ansa", "efe"]


def test_a_sign_off_names_persons_and_no_agency() -> None:
    (credit,) = found(f"{BODY}\n\n(Reporting by Ana Brown in Lagos; Editing by Tom Hill)")
    assert (credit.form, credit.agency, credit.kind) == ("sign-off", None, None)


def test_outlets_are_told_from_agencies() -> None:
    kinds = {credit.agency: credit.kind for credit in found(f"{BODY}\n\nSources: BBC, Kyodo")}
    assert kinds == {"bbc": "outlet", "kyodo": "agency"}


def test_the_list_covers_every_continent_without_faults() -> None:
    sources = Sources()
    book = load_agencies(sources)
    assert sources.faults == []
    assert sum(agency.kind == "agency" for agency in book.agencies) >= 90
    homes = {agency.country for agency in book.agencies}
    assert {"GB", "UA", "RU", "CN", "IN", "NG", "SD", "BR", "CO", "US", "AU", "SY"} <= homes


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("mine,Mine Press,,ZZ,agency,,own", "country"),
        ("mine,Mine Press,,GB,paper,,own", "kind"),
        ("mine,Mine Press,,GB,agency,maybe,own", "ordinary"),
        ("mine,Reuters,,GB,agency,,own", "names reuters too"),
    ],
)
def test_a_faulty_row_is_reported_and_left_out(tmp_path: Path, row: str, fault: str) -> None:
    header = "id,name,variants,country,kind,ordinary,source"
    (tmp_path / "agencies.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    sources = Sources(folders=(PACKAGED, tmp_path))
    book = load_agencies(sources)
    assert [fault in str(found) for found in sources.faults] == [True]
    assert all(agency.id != "mine" for agency in book.agencies)
