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

MIGRATIONS: tuple[str, ...] = ("\n".join((_FIRST, *map(guarded, _KEPT))),)
