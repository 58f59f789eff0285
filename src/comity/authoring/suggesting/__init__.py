"""Pairs of criteria that may belong together, and why: for a person to judge."""
