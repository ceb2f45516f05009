-- Actors and their names beside those that sayso has: files of FollowTheMoney entities, whole.

CREATE TABLE actors (
    seq      INTEGER PRIMARY KEY,
    sha256   TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    added_at TEXT NOT NULL,
    raw      BLOB NOT NULL
);
