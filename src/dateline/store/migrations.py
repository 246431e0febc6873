"""The schema of a record as numbered SQL scripts: what a record of version N lacks is run from the N-th on.

A script that has been released is never changed; a change is a new script at the end. Tables that keep something must
call `guarded`; tables whose names begin with `derived_` may be emptied and filled again and have no guard, since all in
them follows from what is kept. Those of the search index (`words`) belong to SQLite.
"""

DERIVED = "derived_"
SEARCH = "words"


def guarded(table: str) -> str:
    """Return the triggers by which the database itself refuses to change or delete a row of a table."""
    return "\n".join(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table}\n"
        f"BEGIN SELECT RAISE(ABORT, 'a record is only added to: no {verb} of {table}'); END;"
        for verb in ("update", "delete")
    )


# `step` is the number of the step of the history that added the row: "as of" is a bound on it.
_KEPT = ("history", "originals", "recipes", "reports", "arrivals", "readings", "claims", "reviews")
_FIRST = """
CREATE TABLE history (
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  digest TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;

CREATE INDEX history_by_time ON history (at);

CREATE TABLE originals (
  step INTEGER PRIMARY KEY REFERENCES history(number),
  digest TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  exact TEXT
) STRICT;

CREATE TABLE recipes (
  step INTEGER PRIMARY KEY REFERENCES history(number),
  digest TEXT NOT NULL UNIQUE,
  content TEXT NOT NULL
) STRICT;

-- `exact` holds, as JSON, the fields whose text has halves of surrogate pairs; their columns have U+FFFD instead.
CREATE TABLE reports (
  step INTEGER PRIMARY KEY REFERENCES history(number),
  id TEXT NOT NULL UNIQUE,
  title TEXT,
  text TEXT NOT NULL,
  published TEXT,
  published_basis TEXT,
  publisher TEXT,
  publisher_basis TEXT,
  url TEXT,
  name TEXT,
  exact TEXT
) STRICT;

CREATE TABLE arrivals (
  step INTEGER PRIMARY KEY REFERENCES history(number),
  report INTEGER NOT NULL REFERENCES reports(step),
  original INTEGER NOT NULL REFERENCES originals(step),
  locator TEXT NOT NULL,
  name TEXT NOT NULL,
  recorded TEXT NOT NULL,
  fetched_url TEXT NOT NULL,
  exact TEXT,
  UNIQUE (report, original, locator, fetched_url)
) STRICT;

-- `claims` and `rest` are JSON, deflated; the report's text and the recipe are left out of it.
CREATE TABLE readings (
  step INTEGER PRIMARY KEY REFERENCES history(number),
  report INTEGER NOT NULL REFERENCES reports(step),
  recipe INTEGER NOT NULL REFERENCES recipes(step),
  claims BLOB NOT NULL,
  rest BLOB NOT NULL,
  UNIQUE (report, recipe)
) STRICT;
CREATE INDEX readings_by_report ON readings (report);

CREATE TABLE claims (
  reading INTEGER NOT NULL REFERENCES readings(step),
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  report INTEGER NOT NULL REFERENCES reports(step),
  type TEXT NOT NULL,
  polarity TEXT NOT NULL,
  reality TEXT NOT NULL,
  certainty TEXT NOT NULL,
  country TEXT,
  lat REAL,
  lon REAL,
  radius_km REAL,
  precision INTEGER,
  earliest TEXT,
  latest TEXT,
  actor_side TEXT,
  target_side TEXT,
  PRIMARY KEY (reading, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_id ON claims (id);

CREATE TABLE reviews (
  step INTEGER PRIMARY KEY REFERENCES history(number),
  id TEXT NOT NULL UNIQUE,
  content TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE words USING fts5 (
  title, text, content = 'reports', content_rowid = 'step', tokenize = "unicode61 remove_diacritics 2"
);
"""

# What the linker derives. `number` counts episodes and is never used again; `report` and `reading` are steps.
LINKS = """
CREATE TABLE derived_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE derived_linked (reading INTEGER PRIMARY KEY) STRICT;
CREATE TABLE derived_episodes (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  event TEXT NOT NULL,
  realm INTEGER NOT NULL,
  report INTEGER NOT NULL,
  outlet INTEGER NOT NULL,
  types INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  told INTEGER NOT NULL,
  country INTEGER NOT NULL,
  lat REAL,
  lon REAL,
  radius REAL,
  rarity REAL,
  killed REAL,
  killed_high REAL,
  wounded REAL,
  wounded_high REAL,
  actors INTEGER NOT NULL,
  targets INTEGER NOT NULL,
  words BLOB NOT NULL,
  names BLOB NOT NULL
) STRICT;
CREATE INDEX derived_episodes_by_event ON derived_episodes (event);
CREATE INDEX derived_episodes_by_report ON derived_episodes (report);
CREATE TABLE derived_members (
  claim TEXT NOT NULL, episode INTEGER NOT NULL, PRIMARY KEY (claim, episode)
) STRICT, WITHOUT ROWID;
CREATE INDEX derived_members_by_episode ON derived_members (episode);
CREATE TABLE derived_keys (
  key INTEGER NOT NULL, told INTEGER NOT NULL, episode INTEGER NOT NULL, PRIMARY KEY (key, told, episode)
) STRICT, WITHOUT ROWID;
CREATE TABLE derived_pairs (
  low INTEGER NOT NULL, high INTEGER NOT NULL, weight REAL NOT NULL, PRIMARY KEY (low, high)
) STRICT, WITHOUT ROWID;
CREATE INDEX derived_pairs_by_high ON derived_pairs (high, low);
CREATE TABLE derived_aliases (old TEXT PRIMARY KEY, event TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE derived_former (claim TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (claim, event)) STRICT, WITHOUT ROWID;
CREATE TABLE derived_prints (
  print INTEGER NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (print, report)
) STRICT, WITHOUT ROWID;
CREATE TABLE derived_texts (words BLOB PRIMARY KEY, report INTEGER NOT NULL, prints INTEGER NOT NULL) STRICT;
CREATE INDEX derived_texts_by_report ON derived_texts (report);
CREATE TABLE derived_alike (low INTEGER NOT NULL, high INTEGER NOT NULL, PRIMARY KEY (low, high)) STRICT, WITHOUT ROWID;
CREATE INDEX derived_alike_by_high ON derived_alike (high, low);
CREATE TABLE derived_copies (report INTEGER PRIMARY KEY, text INTEGER NOT NULL, original INTEGER NOT NULL) STRICT;
CREATE INDEX derived_copies_by_text ON derived_copies (text);
CREATE INDEX derived_copies_by_original ON derived_copies (original);
"""

# Summaries of events: a row that is missing is to be derived. Whoever changes what a summary rests on, by whatever
# program, the database itself takes the row away in the same transaction; `touched` tells that it did, and
# `derived_gone` which rows went since a version, until they are derived again.
_SUMMARIES = """
CREATE TABLE derived_summarized (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL,
  touched INTEGER NOT NULL,
  floor INTEGER NOT NULL,
  digest TEXT NOT NULL
) STRICT;
INSERT INTO derived_summarized VALUES (1, 0, 0, 0, '');
CREATE TABLE derived_summaries (
  version INTEGER PRIMARY KEY,
  event TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  pinned INTEGER NOT NULL,
  told INTEGER NOT NULL,
  episodes INTEGER NOT NULL,
  earliest INTEGER,
  latest INTEGER,
  told_first INTEGER NOT NULL,
  told_last INTEGER NOT NULL,
  country TEXT,
  place TEXT,
  places TEXT NOT NULL,
  lat REAL,
  lon REAL,
  radius_km REAL,
  precision INTEGER,
  point INTEGER NOT NULL,
  actors TEXT NOT NULL,
  targets TEXT NOT NULL,
  actor_sides TEXT NOT NULL,
  target_sides TEXT NOT NULL,
  certainty TEXT NOT NULL,
  reality TEXT NOT NULL,
  claims INTEGER NOT NULL,
  reports INTEGER NOT NULL,
  steps BLOB NOT NULL,
  origins INTEGER NOT NULL,
  corroborated_by INTEGER NOT NULL,
  origin_ids TEXT NOT NULL,
  origin_names TEXT NOT NULL,
  publishers TEXT NOT NULL,
  contradictions TEXT NOT NULL,
  growing TEXT NOT NULL,
  killed_low INTEGER,
  killed_best INTEGER,
  killed_high INTEGER,
  wounded_low INTEGER,
  wounded_best INTEGER,
  wounded_high INTEGER,
  tolls TEXT NOT NULL
) STRICT;
CREATE TABLE derived_origins (
  event TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  side TEXT,
  stance TEXT NOT NULL,
  claims INTEGER NOT NULL,
  copies INTEGER NOT NULL,
  told_first INTEGER NOT NULL,
  told_last INTEGER NOT NULL,
  confirmed INTEGER NOT NULL,
  confirmed_later INTEGER NOT NULL,
  contradicted TEXT NOT NULL,
  contradicted_later INTEGER NOT NULL,
  PRIMARY KEY (event, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX derived_origins_by_id ON derived_origins (id);
CREATE TABLE derived_gone (event TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER derived_summaries_gone AFTER DELETE ON derived_summaries BEGIN
  DELETE FROM derived_origins WHERE event = OLD.event;
  UPDATE derived_summarized SET version = version + 1;
  INSERT OR REPLACE INTO derived_gone SELECT OLD.event, version FROM derived_summarized;
END;
CREATE TRIGGER derived_summaries_come AFTER INSERT ON derived_summaries BEGIN
  DELETE FROM derived_gone WHERE event = NEW.event;
END;
CREATE TRIGGER derived_summaries_emptied AFTER DELETE ON derived_episodes BEGIN
  UPDATE derived_summarized SET version = version + 1;
  UPDATE derived_gone SET version = (SELECT version FROM derived_summarized) WHERE event = OLD.event;
END;
CREATE TRIGGER derived_summaries_left AFTER UPDATE OF event ON derived_episodes BEGIN
  UPDATE derived_summarized SET version = version + 1;
  UPDATE derived_gone SET version = (SELECT version FROM derived_summarized) WHERE event = OLD.event;
END;
"""


def _takes_away(name: str, change: str, events: str) -> str:
    """Return the trigger by which a change takes away the summaries of events."""
    return "\n".join(
        (
            f"CREATE TRIGGER derived_summaries_{name} AFTER {change} BEGIN",
            "  UPDATE derived_summarized SET touched = touched + 1;",
            f"  DELETE FROM derived_summaries WHERE event IN ({events});",  # noqa: S608
            "END;",
        )
    )


_OF_REPORT = "SELECT event FROM derived_episodes WHERE report = NEW.report"
# What is taken back by a review, or by a taking back that it takes back, changes what stands.
_OF_REVIEW = """
    WITH RECURSIVE decided (content) AS (
      SELECT NEW.content
      UNION SELECT r.content FROM decided JOIN reviews AS r ON r.id = json_extract(decided.content, '$.undoes'))
    SELECT e.event FROM decided
    CROSS JOIN (SELECT 'claims' AS field UNION ALL SELECT 'others') AS f
    CROSS JOIN json_each(decided.content, '$.' || f.field) AS j
    CROSS JOIN derived_members AS m ON m.claim = j.value CROSS JOIN derived_episodes AS e ON e.number = m.episode"""
SUMMARIES = "\n".join(
    (
        _SUMMARIES,
        _takes_away("joined", "INSERT ON derived_episodes", "NEW.event"),
        _takes_away("parted", "DELETE ON derived_episodes", "OLD.event"),
        _takes_away("moved", "UPDATE OF event ON derived_episodes", "OLD.event, NEW.event"),
        _takes_away("copied", "INSERT ON derived_copies", _OF_REPORT),
        _takes_away("regrouped", "UPDATE ON derived_copies WHEN OLD.original <> NEW.original", _OF_REPORT),
        # A report that was linked may be read anew; until it is linked again, its claims are those of before.
        _takes_away("reread", "INSERT ON readings WHEN EXISTS "
                    "(SELECT 1 FROM derived_episodes WHERE report = NEW.report)", _OF_REPORT),
        _takes_away("reviewed", "INSERT ON reviews", _OF_REVIEW),
    )
)  # fmt: skip

# Events are looked up by the name that others were given; what of a text tells it from another is kept beside it. A text
# that was linked before has no sketch until one is asked for.
FASTER_LINKS = """
CREATE INDEX derived_aliases_by_event ON derived_aliases (event);
CREATE TABLE derived_sketches (
  report INTEGER PRIMARY KEY,
  words INTEGER NOT NULL,
  shingles INTEGER NOT NULL,
  least INTEGER NOT NULL,
  body BLOB NOT NULL,
  whole BLOB NOT NULL
) STRICT;
"""

MIGRATIONS: tuple[str, ...] = (
    "\n".join((_FIRST, *map(guarded, _KEPT))),
    LINKS,
    SUMMARIES,
    FASTER_LINKS,
)
