"""How checking grows: `python -m bench.check --events 10000 100000 1000000 --claims 10000`.

Each size has processes of its own: one writes a table in the form of UCDP GED and a case of claims, one checks them
(the table is read and kept), one checks them again (the table comes from the case). Then the kept rows are put into
DuckDB, too, and one question is run in both as the finding's SQL has it. Processor time is given beside wall time.

In:   sizes.   Out: a table, JSON with --json. The exponent is the slope of log time over log events.
Knows nothing of: how sayso checks.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sayso.case import Case, Checked
from sayso.records import (
    Claim,
    Document,
    DocumentRef,
    Event,
    Ledger,
    Party,
    Phrase,
    Quantity,
    When,
    claim_id,
    document_id,
)
from sayso.spans import Span
from sayso.store import Store

Figures = dict[str, Any]
_FIRST, _DAYS, _EACH = date(2011, 1, 1), 3650, 20
_NAMED = ("IS", "Government of Syria", "Jabhat Fateh al-Sham", "HTS", "PYD", "SDF", "Hezbollah", "Civilians")
_TOLD = ("ISIS", "Syrian government", "al-Nusra Front", "Hezbollah", "SDF", "rebels", "civilians")
_OUT = "SELECT side_a, side_b, since, until, low FROM evidence_event"
_EVENT = "evidence seq row since until country place side_a side_b sort low best high civilians"
_WORDS = ("rarely ", "mostly ", "increasingly ", "never ", "", "", "", "")


def written(folder: Path, events: int, claims: int) -> Figures:
    """Writes the table and the case. Groups and towns grow with the table as the square root does."""
    chance = random.Random(events)
    many = max(20, round(math.sqrt(events)))
    groups = [*_NAMED, *(f"Group {n} of Karsk, Band {n % 7}" for n in range(many))]
    head = (
        "id,year,type_of_violence,conflict_name,side_a,side_b,where_coordinates,adm_2,adm_1,country,date_start,date_end"
    )
    with (folder / "ged211.csv").open("w", encoding="utf-8") as file:
        file.write(f"{head},deaths_civilians,low,best,high,source_article\n")
        for n in range(events):
            a, b = (groups[min(len(groups) - 1, int(len(groups) * chance.random() ** 4))] for _ in "ab")
            day, low = _FIRST + timedelta(days=chance.randrange(_DAYS)), chance.randrange(9)
            place = f"Town{chance.randrange(many)} town,District{n % 60},Province{n % 14}"
            deaths = f"{chance.randrange(3)},{low},{low + 1},{low + 4}"
            file.write(
                f'{n},{day.year},1,x,"{a}","{b}",{place},Syria,{day},{day},{deaths},"{"Courier, a date, " * 6}"\n'
            )
    with Store.open(folder / "a.case", create=True) as store:
        for number in range(claims // _EACH):
            store.save(_ledger(number, many, chance), added_at="2026-01-01T00:00:00Z")
    return {"megabytes": round((folder / "ged211.csv").stat().st_size / 1e6)}


def _ledger(number: int, towns: int, chance: random.Random) -> Ledger:
    """A document of claims on who attacked whom, where, when, and how many died."""
    sentences = []
    for _ in range(_EACH):
        who, whom = chance.choice(_TOLD), chance.choice(_TOLD)
        sentences.append(f"{who} {chance.choice(_WORDS)}fought {whom} near Town{chance.randrange(towns)}.")
    text = " ".join(sentences)
    raw = f"{number} {text}".encode()
    ref = DocumentRef(id=document_id(raw), path=f"{number}.txt", published="2020-06-01", sha256="0" * 64)
    claims = []
    at = 0
    for sentence in sentences:
        claims.append(_claim(ref, sentence, at, chance))
        at += len(sentence) + 1
    return Ledger(document=Document(ref=ref, text=text), claims=tuple(claims))


def _claim(ref: DocumentRef, sentence: str, start: int, chance: random.Random) -> Claim:
    def phrase(words: str) -> tuple[tuple[Span, ...], str]:
        at = start + sentence.index(words)
        return (Span(at, at + len(words)),), words

    def party(name: str) -> Party:
        spans, words = phrase(name)
        return Party(spans=spans, text=words, name=name)

    who, rest = next((w, sentence[len(w) :]) for w in _TOLD if sentence.startswith(w))
    whom = next(w for w in _TOLD if f"fought {w}" in rest)
    spans, words = phrase("fought")
    kind = chance.choice(("place", "place", "time", "deaths", "plain"))
    day = _FIRST + timedelta(days=chance.randrange(_DAYS))
    month = When(
        value=day.isoformat()[:7], spans=spans, earliest=day.isoformat(), latest=(day + timedelta(30)).isoformat()
    )
    killed = Quantity(kind="killed", unit="person", low=9, high=9, spans=spans, text="9 persons")
    event = Event(
        type="ASSAULT",
        trigger=Phrase(spans=spans, text=words),
        actor=party(who),
        recipient=party(whom),
        place=party(sentence.rsplit(" ", 1)[-1].rstrip(".")) if kind in {"place", "deaths"} else None,
        time=month if kind in {"time", "deaths"} else None,
        quantities=(killed,) if kind == "deaths" else (),
        plover="ASSAULT",
    )
    whole = (Span(start, start + len(sentence)),)
    content = Phrase(spans=whole, text=sentence)
    return Claim(
        id=claim_id(ref.id, whole),
        document=ref,
        kind="authorial",
        content=content,
        events=(event,),
        found_by="bench",
        score=1.0,
    )


def checked(folder: Path, _events: int, _claims: int) -> Figures:
    """Reads the table, keeps it, checks all claims."""
    return _checked(folder, [str(folder / "ged211.csv")])


def again(folder: Path, _events: int, _claims: int) -> Figures:
    """Checks all claims with the table that the case has."""
    return {f"{name}_again": value for name, value in _checked(folder, []).items()}


def _checked(folder: Path, files: Sequence[str]) -> Figures:
    began, cpu = time.perf_counter(), time.process_time()
    counts: Counter[str] = Counter()
    ready = 0.0
    with Case.open(folder / "a.case") as case:
        for result in case.check(files):
            if isinstance(result, Checked):
                counts.update(finding.finding for finding in result.findings)
            else:
                ready = time.perf_counter() - began
    return {
        "load": round(ready, 2),
        "seconds": round(time.perf_counter() - began, 2),
        "cpu": round(time.process_time() - cpu, 2),
        "peak": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "findings": sum(counts.values()),
    }


def databases(folder: Path, _events: int, _claims: int) -> Figures:
    """The kept table in SQLite and in DuckDB: to bring it in, its size, one finding's SQL, all columns out again."""
    import duckdb

    found: Figures = {"case": round((folder / "a.case").stat().st_size / 1e6)}
    with Store.open(folder / "a.case", create=False) as store:
        columns = store.rows("SELECT * FROM evidence_event")
        sql = next(f.sql for f, _ in store.findings() if f.parameters["ask"] == "share" and f.sql)
        found["sqlite_sql"] = _best(lambda: store.rows(sql))
        found["sqlite_out"] = _best(lambda: store.rows(_OUT))
        others = {n: store.rows(f"SELECT * FROM {n}") for n in ("evidence_member",)}  # noqa: S608 - our own names
        ours = store.rows(sql)
    began = time.perf_counter()
    duck = duckdb.connect(str(folder / "a.duckdb"))
    duck.execute(
        "CREATE TABLE evidence AS SELECT 1 AS seq, ? AS sha256, ? AS read_as", [_in(sql, "sha256"), _in(sql, "read_as")]
    )
    duck.execute("CREATE TABLE evidence_member (evidence INT, name TEXT, side INT, sort TEXT)")
    duck.executemany("INSERT INTO evidence_member VALUES (?, ?, ?, ?)", others["evidence_member"])
    path = folder / "events.csv"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(";".join("" if v is None else str(v) for v in row) + "\n" for row in columns)
    names = ", ".join(f"'{name}'" for name in _EVENT.split())
    days = "{'since': 'VARCHAR', 'until': 'VARCHAR'}"
    read = f"read_csv('{path}', delim=';', header=false, names=[{names}], types={days})"
    duck.execute(f"CREATE TABLE evidence_event AS SELECT * FROM {read}")  # noqa: S608 - our own file
    duck.execute("CHECKPOINT")
    found["duckdb_in"] = round(time.perf_counter() - began, 2)
    found["duckdb_sql"] = _best(lambda: duck.execute(sql).fetchall())
    found["duckdb_out"] = _best(lambda: duck.execute(_OUT).fetchall())
    if duck.execute(sql).fetchall() != ours:
        raise AssertionError("the two do not agree")
    duck.close()
    found["duckdb_megabytes"] = round((folder / "a.duckdb").stat().st_size / 1e6)
    return found


def _in(sql: str, column: str) -> str:
    return sql.split(f"{column} = '")[1].split("'", maxsplit=1)[0]


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return round(min(times), 4)


PARTS: dict[str, Callable[[Path, int, int], Figures]] = {
    "write": written, "check": checked, "again": again, "databases": databases,
}  # fmt: skip
COLUMNS: tuple[tuple[str, str], ...] = (
    ("events", "events"), ("megabytes", "CSV MB"), ("claims", "claims"), ("findings", "findings"),
    ("load", "read, keep"), ("seconds", "seconds"), ("cpu", "processor"), ("peak", "peak MB"),
    ("load_again", "from case"), ("cpu_again", "processor"), ("peak_again", "peak MB"), ("case", "case MB"),
    ("sqlite_sql", "SQLite SQL"), ("duckdb_sql", "DuckDB SQL"), ("sqlite_out", "SQLite out"),
    ("duckdb_out", "DuckDB out"), ("duckdb_megabytes", "DuckDB MB"),
)  # fmt: skip


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--events", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    ap.add_argument("--claims", type=int, default=10_000)
    ap.add_argument("--json", action="store_true")
    ap.add_argument("--part", nargs=4, help=argparse.SUPPRESS)
    args = ap.parse_args()
    if args.part:
        part, folder, events, claims = args.part
        print(json.dumps(PARTS[part](Path(folder), int(events), int(claims))))
        return
    rows: list[Figures] = []
    for events in args.events:
        with tempfile.TemporaryDirectory() as folder:
            own: Figures = {"events": events, "claims": args.claims}
            for part in PARTS:
                command = [sys.executable, "-m", "bench.check", "--part", part, folder, str(events), str(args.claims)]
                own |= json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
            rows.append(own)
        if not args.json:
            print("  ".join(f"{title} {own[key]:,}" for key, title in COLUMNS), flush=True)
    if args.json:
        print(json.dumps(rows, indent=1))
    elif len(rows) > 1:
        points = [(math.log(r["events"]), math.log(r["cpu"])) for r in rows]
        print(
            f"growth exponent of processor time: {statistics.linear_regression(*zip(*points, strict=True)).slope:.2f}"
        )


if __name__ == "__main__":
    main()
