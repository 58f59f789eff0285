"""What is wrong with an author's files: for people, for machines that show it in code, and for test reports."""

from comity.report.problems.machines import as_json, as_junit, as_sarif
from comity.report.problems.text import as_lines, summary

__all__ = ["as_json", "as_junit", "as_lines", "as_sarif", "summary"]
