"""What changed between editions or mapping sets, and what that does to verdicts."""
