"""What is measured is right: tasks agree with each other, and with what their worlds are made of."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from benchmarks.claims import tables
from benchmarks.measure import Figure, UnfinishedError, task
from benchmarks.run import write
from benchmarks.table import Line
from benchmarks.worlds import library
from pyarrow import parquet

from benchmarks import peers, tasks
from comity.engines import sql

SMALL = ("150", "1200")


def test_a_library_has_the_shape_that_it_says() -> None:
    world = library(1, schemes=35, criteria=2_000, rows=16_000)
    shares = {predicate: count / 160 for predicate, count in Counter(r[2] for r in world.rows).items()}
    wanted = {"intersects": 95.5, "equal": 2.5, "subset": 1, "superset": 1}
    assert shares == pytest.approx(wanted, abs=0.3)
    assert len(world.schemes) == 35


def test_wrong_rows_are_added_and_known() -> None:
    world = library(1, schemes=5, criteria=500, rows=4_000, wrong=0.01)
    assert 35 <= len(world.wrong) <= 40
    assert {world.rows[n][2] for n in world.wrong} == {"equal"}


def test_closures_agree() -> None:
    """Ours, by rules of OWL 2 RL and by property paths: the same number of pairs."""
    ours = tasks.closure(*SMALL)["pairs"]
    assert ours == peers.owlrl(*SMALL)["pairs"] == peers.paths(*SMALL)["pairs"]
    assert isinstance(ours, int)
    assert ours > 100


def test_both_readers_read_every_row_and_see_what_is_wrong(tmp_path: Path) -> None:
    path = write(library(1, schemes=5, criteria=200, rows=1_000), tmp_path, "m")
    for read in (tasks.read, tasks.read_table):
        assert (read(str(path))["rows"], read(str(path))["errors"]) == (1_000, 0)
    path.write_text(path.read_text("utf-8").replace("comity:equal", "comity:sideways", 1), "utf-8")
    for read in (tasks.read, tasks.read_table):
        assert (read(str(path))["rows"], read(str(path))["errors"]) == (999, 1)


def test_schemes_say_no_less_than_their_criteria(tmp_path: Path) -> None:
    found = tasks.schemes(str(write(library(1, schemes=5, criteria=200, rows=1_000), tmp_path, "m")))
    assert found["schemes"] == 5
    assert 200 < int(str(found["facts"])) < int(str(found["pairs"]))


def test_wrong_rows_explode_with_a_warning_that_names_them(tmp_path: Path) -> None:
    sound = write(library(1, schemes=20, criteria=2_000, rows=20_000), tmp_path, "sound")
    wrong = write(library(1, schemes=20, criteria=2_000, rows=20_000, wrong=0.03), tmp_path, "wrong")
    good, bad = (tasks.market(str(path), "20", "200", "200") for path in (sound, wrong))
    assert (good["exploding"], good["masses"]) == (0, 0)
    assert int(str(bad["exploding"])) > 0
    assert int(str(bad["mass"])) > 200
    assert int(str(bad["first_wrong"])) >= 15


def test_verdicts_lie_within_what_the_bare_join_finds(tmp_path: Path) -> None:
    import duckdb

    files = sql.write(tables(20_000, 2_000, 20, 0.5), tmp_path)
    judged = {(v["requirement"], v["subject"]) for v in sql.judge_bulk(duckdb.connect(), files).to_pylist()}
    found = tasks.judged(str(tmp_path), "1")
    connection = duckdb.connect()
    for name, path in files.items():
        connection.register(name, parquet.read_table(path))
    joined = {(row[0], row[1]) for row in connection.execute(tasks.JOIN).fetchall()}
    assert judged
    assert judged < joined
    assert found["judge_rows"] == len(judged)


def test_a_missed_budget_is_shown_as_missed() -> None:
    figure = Figure((0.3, 0.1, 0.2))
    assert Line("x", figure, budget=0.25).cells()[-2:] == ("250 ms", "met")
    assert Line("x", figure, budget=0.15).cells()[-1] == "**missed**, met by the least"
    assert Line("x", figure, budget=0.05).cells()[-1] == "**missed**"
    assert Line("x", figure, beside=Figure((1.0,)), most=0.1).cells()[3:] == ("0.2", "ratio 0.1", "**missed**")


def test_a_task_that_fails_says_why() -> None:
    with pytest.raises(UnfinishedError, match="KeyError"):
        task("tasks", "none", repeats=1)
