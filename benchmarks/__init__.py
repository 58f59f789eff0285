"""What Comity takes, measured beside its peers: ``make bench`` writes ``docs/benchmarks.md``."""
