"""What is found out about mappings, as data and as text."""
