-- What an address is one of: http and https, with and without www, of one
-- article have the same, so that a twin is not asked for in a later run. Empty
-- where it is not known: in rows of version 1, until they are asked for again.

ALTER TABLE frontier ADD COLUMN article TEXT NOT NULL DEFAULT '';
CREATE INDEX frontier_article ON frontier (article) WHERE article <> '';
