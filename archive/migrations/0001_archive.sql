-- The archive is the truth: pages as they came, what was read in them, and
-- where every address stands. Times are RFC 3339 in UTC; JSON columns hold the
-- domain types as they are written everywhere else.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE pages (
  url     TEXT PRIMARY KEY,
  final   TEXT NOT NULL,
  status  INTEGER NOT NULL,
  header  TEXT NOT NULL,
  body    BLOB NOT NULL, -- gzip
  fetched TEXT NOT NULL
);

CREATE TABLE articles (
  seq  INTEGER PRIMARY KEY,
  id   TEXT NOT NULL UNIQUE,
  url  TEXT NOT NULL,
  json TEXT NOT NULL
);

CREATE TABLE records (
  id        TEXT PRIMARY KEY, -- the article's
  agreement INTEGER NOT NULL,
  rules     TEXT NOT NULL,
  json      TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX records_agreement ON records (id) WHERE agreement = 1;

-- json is NULL for an agreement that is no more: the index must forget it.
CREATE TABLE agreements (
  id   TEXT PRIMARY KEY,
  seq  INTEGER NOT NULL UNIQUE,
  json TEXT
) WITHOUT ROWID;

CREATE TABLE frontier (
  seq           INTEGER PRIMARY KEY,
  url           TEXT NOT NULL UNIQUE,
  source        TEXT NOT NULL,
  found         TEXT NOT NULL,
  title         TEXT NOT NULL,
  published     TEXT NOT NULL,
  state         TEXT NOT NULL,
  reason        TEXT NOT NULL,
  attempts      INTEGER NOT NULL,
  not_before    TEXT NOT NULL,
  run           INTEGER NOT NULL,
  etag          TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  hash          TEXT NOT NULL
);
CREATE INDEX frontier_due ON frontier (source, state, seq);

CREATE TABLE sources (
  name TEXT PRIMARY KEY,
  json TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE runs (
  id       INTEGER PRIMARY KEY,
  started  TEXT NOT NULL,
  finished TEXT NOT NULL,
  json     TEXT NOT NULL
);
