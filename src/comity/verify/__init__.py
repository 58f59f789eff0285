"""Replay of proofs, independent of what made them: nothing here but :mod:`comity.model` and the standard library.

>>> from comity.verify import verify
"""

from comity.verify.given import Given, Trusted, Unit
from comity.verify.problems import Problem
from comity.verify.report import Result, verify

__all__ = ["Given", "Problem", "Result", "Trusted", "Unit", "verify"]
