"""A text in another language than English is named, and not read."""

from pathlib import Path

import pytest

from arrivals import STORY, codes, taken
from dateline.intake.arrival import Arrival
from dateline.intake.language import other_language

UKRAINIAN = (
    "Російські війська обстріляли ринок у Харкові, є загиблі. Про це повідомив мер міста у неділю вранці."
)
RUSSIAN = "Войска обстреляли рынок в воскресенье, есть погибшие. Об этом сообщил мэр города, было это утром."
SPANISH = (
    "El ejército anunció que los combates del lunes en el norte del país dejaron doce muertos, según el "
    "portavoz, que además confirmó la muerte de dos civiles por una mina."
)
ARABIC = "قصف الجيش السوق في المدينة يوم الأحد مما أدى إلى مقتل أحد عشر شخصا"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (UKRAINIAN, "Ukrainian"),
        (RUSSIAN, "Russian"),
        (SPANISH, "Spanish"),
        (ARABIC, "Arabic"),
        (STORY, None),
        (STORY + "He said: “Слава Україні!”", None),
        ("RPG-7 hit BTR-80 at Yatagan, El Obeid, Ras al-Ayn, Los Palos and Las Anod", None),
        ("", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert other_language(text) == language


def test_text_in_another_language_is_a_problem(tmp_path: Path) -> None:
    arrived = taken(tmp_path, UKRAINIAN)
    assert isinstance(arrived, Arrival)
    assert arrived.language == "Ukrainian"
    assert codes(arrived) == ["language"]
