"""Explain a rule, a mapping row or the code of a finding: pages as data first, as text after."""
