"""Units: read as documents write them, named by QUDT, converted exactly.

>>> unit("KWH") == unit("kWh") == unit("kW.h")
True
>>> label(unit("kg CO2e per kWh"))
'kilogram per kilowatt hour'
"""

from comity.units.conversion import convert, scale
from comity.units.reading import unit
from comity.units.registry import Unit, factor, label, symbol

__all__ = ["Unit", "convert", "factor", "label", "scale", "symbol", "unit"]
