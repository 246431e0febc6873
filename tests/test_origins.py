"""Which sources are one origin: by id, by name, by office, by body, by description; and whose own voice it is."""

from dataclasses import replace

import pytest

from dateline.linking.independence import corroborating, origins
from dateline.model.event import Entry
from dateline.model.reading import Attribution
from made_entries import NOBODY, entry, said_by, town


def together(*sources: Attribution) -> int:
    """Return how many origins claims by these sources are, each in another outlet's report."""
    return len(origins(told(*sources)))


def told(*sources: Attribution) -> list[Entry]:
    papers = ("BBC", "Reuters", "The Sun", "Le Monde", "Dawn")
    return [entry(source, publisher=paper) for source, paper in zip(sources, papers, strict=False)]


ONE = [
    (
        said_by("Kyrylenko", id="pavlo-kyrylenko", side="UA"),
        said_by("Donetsk governor", side="UA", kind="unnamed"),
    ),
    (said_by("Mayor Omar Haddad"), said_by("Haddad")),
    (said_by("Mayor Omar Haddad"), said_by("the mayor", kind="unnamed")),
    (said_by("O. Haddad"), said_by("Omar Haddad")),
    (said_by("Governor Serhiy Haidai"), said_by("Serhii Haidai", id="serhii-haidai", side="UA")),
    (
        said_by("Ukrainian officials", side="UA", kind="unnamed"),
        said_by("a Ukrainian official", side="UA", kind="unnamed"),
    ),
    (said_by("Ukraine", id="UA", side="UA"), said_by("Ukrainian authorities", side="UA", kind="unnamed")),
    (said_by("officials", kind="unnamed"), said_by("Sudanese officials", side="SD", kind="unnamed")),
    (
        said_by("Defence Ministry", side="SD"),
        said_by("the Sudanese defense minister", side="SD", kind="unnamed"),
    ),
    (
        said_by("Sergei Shoigu", id="sergei-shoigu", side="RU"),
        said_by("Russia's Ministry of Defense", side="RU"),
    ),
    (said_by("General Staff", side="UA"), said_by("AFU General Staff", id="ua-genstaff", side="UA")),
    (said_by("an army spokesman", side="ML", kind="unnamed"), said_by("the military", side="ML")),
    (said_by("Hamas", id="hamas", side="hamas"), said_by("a Hamas spokesman", kind="unnamed")),
    (said_by("police", side="IN"), said_by("police", kind="named_organization")),
    (said_by("BBC", id="bbc"), said_by("BBC News", id="bbc")),
]
TWO = [
    (said_by("Omar Haddad"), said_by("Karim Haddad")),
    (said_by("Mayor Omar Haddad"), said_by("Mayor Samir Aziz")),
    (said_by("the mayor of Bucha", kind="unnamed"), said_by("the mayor of Irpin", kind="unnamed")),
    (said_by("witnesses", kind="unnamed"), said_by("witnesses", kind="unnamed")),
    (said_by("residents", kind="unnamed"), said_by("a doctor", kind="unnamed")),
    (said_by("Ukrainian officials", side="UA", kind="unnamed"), said_by("Russian officials", side="RU", kind="unnamed")),
    (said_by("Defence Ministry", side="UA"), said_by("Defence Ministry", side="RU")),
    (said_by("Zelensky", id="volodymyr-zelenskyy", side="UA"), said_by("Ukraine", id="UA", side="UA")),
    (said_by("the army", side="ML"), said_by("Malian officials", side="ML", kind="unnamed")),
    (said_by("rebels", side="MM", kind="unnamed"), said_by("Myanmar officials", side="MM", kind="unnamed")),
    (said_by("Human Rights Watch", id="hrw"), said_by("Amnesty International", id="amnesty")),
]  # fmt: skip


@pytest.mark.parametrize("pair", ONE, ids=lambda pair: " = ".join(one.source.span.quote for one in pair))
def test_sources_that_are_one(pair: tuple[Attribution, Attribution]) -> None:
    assert together(*pair) == together(*reversed(pair)) == 1


@pytest.mark.parametrize("pair", TWO, ids=lambda pair: " ≠ ".join(one.source.span.quote for one in pair))
def test_sources_that_are_two(pair: tuple[Attribution, Attribution]) -> None:
    assert together(*pair) == together(*reversed(pair)) == 2


def test_a_surname_of_two_people_joins_one_of_them_and_never_both() -> None:
    sources = (said_by("Omar Haddad"), said_by("Karim Haddad"), said_by("Haddad"))
    assert together(*sources) == 2


def test_the_innermost_known_source_is_the_origin() -> None:
    chain = (said_by("BBC", id="bbc"), said_by("Jack Watling"), said_by("reports", kind="document"))
    found = origins([entry(*chain, publisher="The Sun"), entry(said_by("Watling"), publisher="Reuters")])
    assert [(origin.name, len(origin.claims)) for origin in found] == [("Jack Watling", 2)]


@pytest.mark.parametrize(
    "nobody", [NOBODY, said_by("reports", kind="document"), said_by("it"), said_by("local media")]
)
def test_of_a_source_that_cannot_be_told_the_outlet_is_the_origin(nobody: Attribution) -> None:
    found = origins([entry(nobody, publisher="thesun.co.uk")])
    assert [(origin.name, origin.kind, origin.side) for origin in found] == [("The Sun", "outlet", "GB")]


def test_a_headlines_place_before_the_colon_is_no_source() -> None:
    found = origins([entry(said_by("Goma"), publisher="Radio Okapi", place=town("Goma"))])
    assert [origin.name for origin in found] == ["Radio Okapi"]


def test_one_outlets_own_reports_are_one_origin_by_name_and_by_site() -> None:
    found = origins([entry(publisher="The Guardian"), entry(publisher="https://www.theguardian.com/world")])
    assert len(found) == 1


def test_outlets_that_no_book_knows_are_told_apart_by_name() -> None:
    found = origins(
        [entry(publisher="Unheard Gazette"), entry(publisher="Unheard Herald"), entry(publisher=None)]
    )
    assert len(found) == 3


def test_a_report_that_an_outlet_is_quoted_for_is_that_outlets() -> None:
    quoted = entry(said_by("Radio Dabanga", id="dabanga"), publisher="AFP")
    assert [origin.name for origin in origins([quoted, entry(publisher="dabangasudan.org")])] == [
        "Radio Dabanga"
    ]


def test_a_credited_agency_goes_before_the_outlet_and_a_named_source_before_the_agency() -> None:
    wire = entry(publisher="Dawn", agency="AFP")
    assert [(one.name, one.kind) for one in origins([wire])] == [("Agence France-Presse", "agency")]
    sourced = entry(said_by("Omar Haddad"), publisher="Dawn", agency="AFP")
    assert [one.kind for one in origins([sourced])] == ["source"]


def test_copies_rest_on_the_outlet_that_was_copied() -> None:
    first = entry(publisher="Radio Okapi")
    copy = entry(publisher="Le Monde", copy_of=first.report.id)
    own = entry(publisher="Le Monde")
    found = {origin.name: origin for origin in origins([first, copy, own])}
    assert set(found) == {"Radio Okapi", "Le Monde"}
    assert found["Radio Okapi"].copies == (copy.claim.id,)


def test_witnesses_told_of_by_one_source_are_one() -> None:
    governor = said_by("Omar Haddad")
    residents = said_by("residents", kind="unnamed")
    found = origins(
        [entry(governor, residents, publisher="BBC"), entry(governor, residents, publisher="Reuters")]
    )
    assert len(found) == 1


def test_only_those_who_say_it_corroborate() -> None:
    says = entry(said_by("Omar Haddad"))
    denies = entry(said_by("Samir Aziz"), polarity="negative")
    fears = entry(said_by("Leila Nasser"), reality="hypothetical")
    found = origins([says, denies, fears])
    assert {origin.name: origin.stance for origin in found} == {
        "Omar Haddad": "says", "Samir Aziz": "denies", "Leila Nasser": "foresees",
    }  # fmt: skip
    assert [origin.name for origin in corroborating(found)] == ["Omar Haddad"]


def test_a_rejected_claim_has_no_origin() -> None:
    assert origins([replace(entry(), state="rejected")]) == ()


def test_a_headlines_topic_is_no_source() -> None:
    for topic in ("Terrorist attack in Goma", "Tragedy at the railway station", "First data on casualties"):
        found = origins([entry(said_by(topic, kind="unnamed"), publisher="Radio Okapi")])
        assert [origin.name for origin in found] == ["Radio Okapi"], topic
