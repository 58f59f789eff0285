"""The generated table against pint, which made it, and against itself."""

from __future__ import annotations

import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pint
import pytest
from ucumvert import PintUcumRegistry

from comity.units import factor, unit
from comity.units.registry import known
from comity.units.table import TABLE

LINES = [line.split("|") for line in TABLE.strip().splitlines()]


@pytest.fixture(scope="module")
def oracle() -> Any:
    """Pint with floating point: a road to the factors that the generator did not take."""
    registry: Any = PintUcumRegistry()
    library: Any = pint
    library.set_application_registry(registry)
    return registry


def test_the_table_is_fresh(root: Path) -> None:
    done = subprocess.run([sys.executable, root / "tools" / "generate_units.py", "--check"], check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(
    "line", [line for line in LINES if line[8] and "-PER-" not in line[0]], ids=lambda v: str(v[0])
)
def test_factors_are_those_of_ucum(line: list[str], oracle: Any) -> None:
    code = line[8].split(";")[0]
    if line[0].startswith("CCY_") or line[0] == "NUM":  # UCUM has neither
        return
    if line[0].startswith("DEG_"):
        measured = oracle.Quantity(10, oracle.from_ucum(code).units).to("kelvin").magnitude
        one = factor(known()[line[0]].iri)
        assert float((10 + one.offset) * one.factor) == pytest.approx(measured)
        return
    measured = oracle.Quantity(1, oracle.from_ucum(code).units).to_base_units().magnitude
    assert float(Fraction(line[5])) == pytest.approx(float(measured))


@pytest.mark.parametrize("name", [line[0] for line in LINES if "-PER-" in line[0]])
def test_a_compound_is_the_quotient_of_its_parts(name: str) -> None:
    over, under = (known()[part] for part in name.split("-PER-"))
    if not name.startswith("CCY_"):  # money has no factor
        assert known()[name].factor == over.factor / under.factor


def test_exact_where_floating_point_is_not() -> None:
    assert known()["KiloW-HR"].factor / known()["MegaJ"].factor == Fraction(18, 5)


def test_every_code_and_text_reads_as_its_unit() -> None:
    for line in LINES:
        for text in filter(None, ";".join(line[7:10]).split(";")):
            assert unit(text) == known()[line[0]].iri, text


def test_dimensions_are_canonical() -> None:
    pattern = re.compile(r"1|[A-Z]{3}(/.+)?|[HIJLMNT](-?\d+)?(\.[HIJLMNT](-?\d+)?)*")
    assert [line[0] for line in LINES if not pattern.fullmatch(line[4])] == []
    powers = [re.findall(r"[HIJLMNT]", line[4]) for line in LINES if not line[0].startswith("CCY_")]
    assert all(found == sorted(found) for found in powers)
