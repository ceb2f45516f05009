"""Is a case as it was when it was kept? What was altered is named; what is destroyed costs only itself."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from sayso.case import Case, recovered, reread
from sayso.cli import cli
from sayso.custody import START, Entry, Reread, follow, followed, hash_of
from sayso.errors import BadCase, NotFound
from sayso.review import Ruling
from sayso.study import Studied, studied
from tests.kept import assert_sound

ARTICLE = "The bridge at {place} is safe, the harbour board said on Monday.\n\n“We have looked at it,” Ann Lee said.\n"
PLACES = ("Talmeer", "Orsk Bay", "Verrin")


def a_case(folder: Path, places: Sequence[str]) -> Path:
    for place in places:
        (folder / f"{place}.txt").write_text(ARTICLE.format(place=place))
    path = folder / "desk.case"
    with Case.open(path, create=True, by="Desk A") as case:
        list(case.add([str(folder / f"{place}.txt") for place in places]))
    return path


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A case of three articles."""
    return a_case(tmp_path, PLACES)


def altered(path: Path, *statements: str) -> None:
    """What somebody with another program could do, who takes the guards away first."""
    connection = sqlite3.connect(path)
    connection.create_function("contains", 2, lambda *_: False, deterministic=True)
    for name in ("original_stays", "original_is_kept", "custody_stays", "custody_is_kept"):
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def differences(path: Path) -> list[tuple[str, str]]:
    with Case.open(path) as case:
        return [(each.what, each.difference) for each in case.verify() if each.difference]


def test_nothing_differs_and_the_original_comes_back(kept: Path, tmp_path: Path) -> None:
    assert differences(kept) == []
    with Case.open(kept) as case:
        (first, *_) = case.documents()
        original = case.original(first.document.id)
        assert original.raw == Path(original.path).read_bytes()
        entries = list(case.custody())
    assert [entry.act for entry in entries] == ["made", "added", "added", "added"]
    assert {entry.by for entry in entries} == {"Desk A"}


@pytest.mark.parametrize(
    ("statement", "what", "words"),
    [
        ("UPDATE claim SET record = replace(record, 'safe', 'gone') WHERE seq = 1", "document", "text or its claims"),
        ("UPDATE document SET text = text || ' ' WHERE seq = 2", "document", "text or its claims"),
        ("DELETE FROM event WHERE claim IN (SELECT seq FROM claim WHERE document = 1)", None, ""),
        ("UPDATE original SET raw = x'00' WHERE seq = 1", "original", "not those that came in"),
        ("UPDATE custody SET record = replace(record, 'Desk A', 'Desk B') WHERE seq = 2", "entry", "its words"),
        ("DELETE FROM custody WHERE seq = 3", "entry", "entry 3 is missing"),
    ],
)
def test_what_was_altered_is_named(kept: Path, statement: str, what: str | None, words: str) -> None:
    altered(kept, "PRAGMA foreign_keys = OFF", statement)
    found = differences(kept)
    if what is None:  # a table that is only read off the records
        assert found == []
    else:
        assert found[0][0] == what
        assert words in found[0][1]


def test_an_original_that_is_gone(kept: Path) -> None:
    altered(kept, "PRAGMA foreign_keys = OFF", "DELETE FROM original WHERE seq = 2")
    ((what, reason),) = differences(kept)
    assert what == "document"
    assert "original" in reason


def test_a_document_that_is_gone_or_was_put_in(kept: Path) -> None:
    altered(
        kept,
        "PRAGMA foreign_keys = OFF",
        "DELETE FROM claim WHERE document = 2",
        "DELETE FROM document WHERE seq = 2",
        "INSERT INTO document (added_at, record, text)"
        ' SELECT added_at, replace(record, \'"id":"d\', \'"id":"dd\'), text FROM document WHERE seq = 1',
    )
    reasons = [reason for _, reason in differences(kept)]
    assert any("does not say how it came in" in reason for reason in reasons)
    assert any("and is missing" in reason for reason in reasons)


def test_what_people_decide_is_vouched_for(kept: Path) -> None:
    with Case.open(kept) as case:
        (claim, *_) = case.claims()
        case.review.judge(Ruling(act="reject", by="Ida", claims=(claim.id,), why="a caption"))
        assert all(each.difference is None for each in case.verify())
        assert any(each.what == "judgement" for each in case.verify())
    altered(kept, "DROP TRIGGER judgement_stays", "UPDATE judgement SET record = replace(record, 'caption', 'slip')")
    ((what, reason),) = differences(kept)
    assert what == "judgement"
    assert "not as it was made" in reason


def test_a_log_made_anew_is_seen_by_a_hash_noted_before(kept: Path) -> None:
    run = CliRunner()
    head = run.invoke(cli, ["verify", str(kept)]).output.split()[-1]
    assert run.invoke(cli, ["verify", str(kept), "--expect", head]).exit_code == 0
    with Case.open(kept) as case:
        entries = list(case.custody())
    made: list[Entry] = []
    for entry in entries:  # the whole chain again, with another name in it
        made.append(
            follow(
                made[-1] if made else None,
                entry.act,
                at=entry.at,
                by="Nobody",
                about=entry.about,
                detail=entry.detail,
            )
        )
    records = ((msgspec.json.encode(entry).decode(), entry.seq) for entry in made)
    altered(kept)
    connection = sqlite3.connect(kept)
    connection.executemany("UPDATE custody SET record = ? WHERE seq = ?", records)
    connection.commit()
    connection.close()
    assert differences(kept) == []
    told = run.invoke(cli, ["verify", str(kept), "--expect", head])
    assert told.exit_code == 1
    assert "another log" in told.output


def test_the_file_itself_guards_its_log(kept: Path) -> None:
    connection = sqlite3.connect(kept)
    for statement in ("DELETE FROM custody", "UPDATE custody SET record = '{}'", "DELETE FROM original"):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
    connection.close()


def test_a_chain() -> None:
    first = follow(None, "made", at="2026-01-01T00:00:00+00:00")
    second = follow(first, "added", at="2026-01-01T00:00:01+00:00", about="d1", detail={"claims": 3})
    assert first.previous == START
    assert (second.previous, second.hash) == (first.hash, hash_of(second))
    assert [each.difference for each in followed([first, second])] == [None, None]
    assert all(each.difference for each in followed([second, first]))


def test_a_clock_that_was_set_back_is_told(kept: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sayso.case.intake.now", lambda: "2001-01-01T00:00:00+00:00")
    (tmp_path / "late.txt").write_text(ARTICLE.format(place="Late"))
    with Case.open(kept) as case:
        list(case.add([str(tmp_path / "late.txt")]))
    told = CliRunner().invoke(cli, ["verify", str(kept)])
    assert told.exit_code == 0
    assert "set back" in told.output


# ---- what is destroyed ----


def ledgers(path: Path) -> dict[str, bytes]:
    with Case.open(path) as case:
        return {k.document.id: msgspec.json.encode(case.ledger(k.document.id)) for k in case.documents()}


def test_a_sound_case_is_saved_whole(kept: Path, tmp_path: Path) -> None:
    before = kept.read_bytes()
    saved = list(recovered(kept, tmp_path / "new.case"))
    assert [(each.whole, each.original, each.lost) for each in saved] == [(True, True, False)] * 3
    assert ledgers(tmp_path / "new.case") == ledgers(kept)
    assert differences(tmp_path / "new.case") == []
    assert_sound(tmp_path / "new.case")
    assert kept.read_bytes() == before


def zeroed(raw: bytearray, at: int, chance: random.Random) -> None:
    raw[at : at + 4096] = bytes(min(4096, len(raw) - at))


def flipped(raw: bytearray, at: int, chance: random.Random) -> None:
    for _ in range(3):
        raw[min(len(raw) - 1, at + chance.randrange(4096))] ^= 1 << chance.randrange(8)


def cut(raw: bytearray, at: int, chance: random.Random) -> None:
    del raw[at + chance.randrange(4096) :]


@pytest.mark.parametrize("damage", [zeroed, flipped, cut])
def test_damage_costs_only_itself(tmp_path: Path, damage: Callable[[bytearray, int, random.Random], None]) -> None:
    """Whatever page is hit, what comes out is said to be whole only where it is; nothing is altered silently."""
    kept = a_case(tmp_path, [f"Quay {number}" for number in range(24)])
    whole = ledgers(kept)
    sound = kept.read_bytes()
    chance = random.Random(7)  # noqa: S311 - seeded, so that a failure comes again
    saved_at_all = 0
    for number, at in enumerate(range(4096 * 5, len(sound), 4096 * 5)):
        raw = bytearray(sound)
        damage(raw, at, chance)
        broken, new = tmp_path / "broken.case", tmp_path / f"{number}.case"
        broken.write_bytes(raw)
        try:
            told = {each.document: each for each in recovered(broken, new)}
        except BadCase:
            continue
        out = ledgers(new)
        for name, ledger in out.items():
            if told[name].whole:
                assert ledger == whole[name]
        assert differences(new) == []
        saved_at_all += sum(ledger == whole.get(name) for name, ledger in out.items())
    assert saved_at_all


def test_recover_says_what_cannot_be_done(kept: Path, tmp_path: Path) -> None:
    with pytest.raises(BadCase, match="is there already"):
        list(recovered(kept, kept))
    with pytest.raises(NotFound):
        list(recovered(tmp_path / "none.case", tmp_path / "new.case"))
    (tmp_path / "text.case").write_text("minutes\n" * 999)
    with pytest.raises(BadCase):
        list(recovered(tmp_path / "text.case", tmp_path / "new.case"))
    assert not (tmp_path / "new.case").exists()


# ---- read again ----


def test_a_case_read_again_keeps_the_old_one_and_what_people_ruled(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Case.open(kept) as case:
        (first, *_) = case.claims()
        case.review.judge(Ruling(act="reject", by="Ida", claims=(first.id,)))
    before, new = kept.read_bytes(), tmp_path / "new.case"

    def otherwise(*given: object) -> Studied:  # a reader that finds one claim less and takes the rest for predictions
        found = studied(*given)  # type: ignore[arg-type]
        rest = tuple(msgspec.structs.replace(claim, speech_act="predict") for claim in found.ledger.claims[1:])
        return found._replace(ledger=msgspec.structs.replace(found.ledger, claims=rest))

    monkeypatch.setattr("sayso.case.intake.studied", otherwise)
    told = [each for each in reread(kept, new) if isinstance(each, Reread)]
    assert [len(each.gone) for each in told] == [1, 1, 1]
    assert all("speech_act" in change.fields for each in told for change in each.changed)
    assert sum(each.judgements for each in told) == 1
    assert kept.read_bytes() == before
    assert differences(new) == []
    with Case.open(new) as case:
        assert len(list(case.review.judgements())) == 1
        assert {entry.act for entry in case.custody()} == {"made", "reread", "judged"}
    assert {each.judgements for each in reread(kept, new) if isinstance(each, Reread)} == {0}  # again: nothing new


def test_the_same_reader_finds_the_same(kept: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke(cli, ["reread", str(kept), "-o", str(tmp_path / "new.case")])
    assert run.exit_code == 0
    assert run.stdout.count("the same") == 3
    assert ledgers(kept) == ledgers(tmp_path / "new.case")
