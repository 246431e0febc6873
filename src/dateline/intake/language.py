"""Whether a text is English, so that a text in another language is named and not misread."""

import re
from collections import Counter

_SCRIPTS = (
    ("cyrillic", 0x0400, 0x052F),
    ("greek", 0x0370, 0x03FF),
    ("armenian", 0x0530, 0x058F),
    ("hebrew", 0x0590, 0x05FF),
    ("arabic", 0x0600, 0x077F),
    ("ethiopic", 0x1200, 0x139F),
    ("devanagari", 0x0900, 0x097F),
    ("bengali", 0x0980, 0x09FF),
    ("thai", 0x0E00, 0x0E7F),
    ("burmese", 0x1000, 0x109F),
    ("georgian", 0x10A0, 0x10FF),
    ("chinese or japanese", 0x3040, 0x30FF),
    ("chinese or japanese", 0x4E00, 0x9FFF),
    ("korean", 0xAC00, 0xD7AF),
)
_NAMES = {
    "hebrew": "Hebrew", "greek": "Greek", "armenian": "Armenian", "ethiopic": "Amharic or Tigrinya",
    "devanagari": "Hindi or Nepali", "bengali": "Bengali", "thai": "Thai", "burmese": "Burmese",
    "georgian": "Georgian", "korean": "Korean", "chinese or japanese": "Chinese or Japanese",
}  # fmt: skip
# Words that are frequent in one language and no words of English.
_COMMON = {
    "English": (
        "the of and to in that was were said is for on with by have has at from been it his their are as an"
    ),
    "Spanish": "el los las del que por una con para como fueron según está más pero sus ha han entre también",
    "Portuguese": "os das dos que uma com para não foram segundo mais são pelo pela ao também está mas seu",
    "French": (
        "le les des est une dans que qui pour par sur au aux avec ont été selon plus cette ce mais ses leur"
    ),
    "German": (
        "der die das und den von mit für auf ist im dem nicht ein eine sich auch wurde wurden nach bei aus"
    ),
    "Italian": "il lo gli della che di una con per sono del dei nel alla stato anche più secondo hanno ha",
    "Polish": "w się na z że nie przez jest oraz do od po są był było zostało ich jak dla który która także",
    "Turkish": "ve bir bu için ile da de olarak olan en çok gibi daha sonra kadar ise göre oldu ancak",
    "Dutch": "het een van en de dat niet zijn met voor op aan bij ook werd naar uit door heeft hebben wordt",
    "Indonesian": "yang dan di dengan untuk dari pada ini itu adalah dalam oleh tidak akan telah mereka juga",
    "Ukrainian (Latin letters)": "ta shcho na pro yak bulo vid dlya pislya takozh yaki",
    "Russian (Latin letters)": "chto na kak bylo ot dlya posle takzhe kotorye ego byli",
}
_SETS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_FEWEST_WORDS = 20


def other_language(text: str) -> str | None:
    """Return the name of the language of a text that is not English, or null when it may be read as English.

    Judged by the script of most of its letters and, for Latin letters, by very common words; a text of fewer
    than 20 words in Latin letters passes as English. Only the first 20,000 characters are looked at.
    """
    sample = text[:_SAMPLE]
    if sample.isascii() is False:
        script = _main_script(sample)
        if script is not None:
            return script
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < _FEWEST_WORDS:
        return None
    counts = {language: sum(word in common for word in words) for language, common in _SETS.items()}
    english = counts.pop("English")
    language, most = max(counts.items(), key=lambda item: (item[1], item[0]))
    return language if most > len(words) * 0.08 and most > 2 * english else None


def _main_script(sample: str) -> str | None:
    scripts: Counter[str] = Counter()
    latin = 0
    for character in sample:
        code = ord(character)
        if code < 0x0250 or 0x1E00 <= code < 0x1F00:
            latin += character.isalpha()
            continue
        for script, first, last in _SCRIPTS:
            if first <= code <= last:
                scripts[script] += 1
                break
    if not scripts:
        return None
    script, most = max(scripts.items(), key=lambda item: (item[1], item[0]))
    if most <= latin:
        return None
    if script == "cyrillic":
        return _cyrillic(sample)
    if script == "arabic":
        return "Persian or Pashto" if re.search("[\u067e\u0686\u06a9\u06af\u06cc]", sample) else "Arabic"
    return _NAMES[script]


def _cyrillic(sample: str) -> str:
    lower = sample.lower()
    if any(letter in lower for letter in "їєґ") or ("і" in lower and "ы" not in lower):
        return "Ukrainian"
    if any(letter in lower for letter in "ыэё"):
        return "Belarusian" if "ў" in lower else "Russian"
    return "Russian or another language in Cyrillic letters"
