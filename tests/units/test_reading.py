"""What unit a text means."""

from __future__ import annotations

import subprocess
import sys

import pytest

from comity.units import unit

QUDT = "http://qudt.org/vocab/unit/"
OURS = "https://w3id.org/comity/unit/"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("KGM", "KiloGM"),
        ("GRM", "GM"),
        ("TNE", "TONNE"),
        ("P1", "PERCENT"),
        ("KWH", "KiloW-HR"),
        ("MWH", "MegaW-HR"),
        ("JOU", "J"),
        ("3B", "MegaJ"),
        ("MTQ", "M3"),
        ("LTR", "L"),
        ("MMT", "MilliM"),
        ("HAR", "HA"),
        ("CEL", "DEG_C"),
        ("MPA", "MegaPA"),
        ("C62", "UNITLESS"),
        ("NA", "MilliGM-PER-KiloGM"),
        ("59", "PPM"),
        ("ANN", "YR"),
        ("MON", "MO"),
        ("DAY", "DAY"),
        ("HUR", "HR"),
        ("MIN", "MIN"),
        ("AMH", "A-HR"),
        ("E45", "MilliOHM"),
    ],
)
def test_codes_of_recommendation_20(code: str, name: str) -> None:
    assert unit(code) == QUDT + name
    assert unit(f"https://vocabulary.uncefact.org/UnitMeasureCode#{code}") == QUDT + name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("%", "PERCENT"),
        ("Percent by Weight", "PERCENT"),
        ("% w/w", "PERCENT"),
        ("  wt% ", "PERCENT"),
        ("kg", "KiloGM"),
        ("Kg", "KiloGM"),
        ("t", "TONNE"),
        ("metric tonnes", "TONNE"),
        ("kWh", "KiloW-HR"),
        ("kW·h", "KiloW-HR"),
        ("kW.h", "KiloW-HR"),
        ("Ah", "A-HR"),
        ("V", "V"),
        ("W", "W"),
        ("mOhm", "MilliOHM"),
        ("mΩ", "MilliOHM"),
        ("ppm", "PPM"),
        ("[ppm]", "PPM"),
        ("mg/kg", "MilliGM-PER-KiloGM"),
        ("mg.kg-1", "MilliGM-PER-KiloGM"),
        ("m³", "M3"),
        ("m^3", "M3"),
        ("µg/m³", "MicroGM-PER-M3"),
        ("°C", "DEG_C"),
        ("Years", "YR"),
        ("months", "MO"),
        ("hours", "HR"),
        ("kg/year", "KiloGM-PER-YR"),
        ("%/month", "PERCENT-PER-MO"),
        ("km/h", "KiloM-PER-HR"),
        ("EUR", "CCY_EUR"),
        ("€", "CCY_EUR"),
        ("tCO2e", "TONNE"),
        ("kg CO₂-eq", "KiloGM"),
        ("kg{CO2e}", "KiloGM"),
        ("unit:PERCENT", "PERCENT"),
        ("http://qudt.org/vocab/unit/PERCENT", "PERCENT"),
        ("PERCENT", "PERCENT"),
        ("http://qudt.org/vocab/unit/TON_Metric", "TONNE"),  # QUDT has two names for the tonne
    ],
)
def test_common_spellings_ucum_and_qudt(text: str, name: str) -> None:
    assert unit(text) == QUDT + name


@pytest.mark.parametrize(
    "text",
    [
        "kg CO2e/kWh",
        "kgCO₂e / kWh",
        "kg CO2 equivalent per kWh",
        "kg/(kW.h)",
        "kg/kW/h",
        "kg.kW-1.h-1",
        "kg{CO2e}/kWh",
        "https://w3id.org/comity/unit/KiloGM-PER-KiloW-HR",
        "http://qudt.org/vocab/unit/KiloGM-PER-KiloW-HR",  # by QUDT's pattern, though QUDT does not define it
    ],
)
def test_one_carbon_intensity_in_many_spellings(text: str) -> None:
    assert unit(text) == OURS + "KiloGM-PER-KiloW-HR"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing is said"),
        ("   ", "nothing is said"),
        ("tCO2e per metric tonne of Copper Cathode", "the denominator is a tonne of something: more than a unit"),
        ("kg CO2e / kWh total energy over service life", "likewise"),
        ("kg/kW.h", "UCUM reads (kg/kW).h, which nobody means; the kg per kWh that was meant is not what it says"),
        ("MK", "the performance metrics vocabulary writes it for mg/kg, for which the code is NA"),
        ("https://vocabulary.uncefact.org/UnitMeasureCode/CO2", "no code of Recommendation 20"),
        ("http://qudt.org/vocab/unit/NOTHING", "not in QUDT"),
        ("https://example.org/kg", "an IRI is not read as a text"),
        ("mw", "milliwatt or megawatt"),
        ("$", "whose dollar"),
        ("V CO2e", "only a mass can be a mass of CO2 equivalent"),
        ("kg per tonne per year", "no such unit in the table"),
        ("working days", "not a fixed time"),
        ("n/a", "not a quotient of units"),
        ("kg/", "no denominator"),
        ("kg/()", "no denominator"),
        ("kg//kWh", "not a quotient"),
        ("% v/v", "a share of the volume is no share of the weight"),
        ("% (v/v)", "likewise"),
        ("vol%", "likewise"),
        ("vol %", "likewise"),
        ("vol.%", "likewise"),
        ("% by volume", "likewise"),
        ("Percent by Volume", "likewise"),
        ("%{vol}", "likewise, as an annotation of UCUM"),
        ("%{v/v}", "likewise"),
        ("[ppm]{v/v}", "likewise"),
        ("ppm {vol}", "likewise"),
        ("ppmv", "likewise"),
        ("ppm by volume", "likewise"),
        ("mL/L", "likewise"),
        ("%{mol}", "a share of the amount of substance is no share of the weight"),
        ("mol%", "likewise"),
        ("at%", "likewise"),
        ("% mol", "likewise"),
        ("mmol/mol", "likewise"),
        ("h/year", "a share of the time is no share of the weight"),
        ("(((", "not a product"),
    ],
)
def test_what_is_not_read(text: str, why: str) -> None:
    assert unit(text) is None, why


def test_a_code_goes_before_a_local_name_of_qudt() -> None:
    assert unit("GM") == QUDT + "GM-PER-M2"  # Recommendation 20: gram per square metre
    assert unit(QUDT + "GM") == QUDT + "GM"  # an IRI leaves no choice


def test_importing_the_units_does_not_import_their_generator() -> None:
    program = "import sys, comity.units; comity.units.unit('kg'); print({'pint', 'ucumvert'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
