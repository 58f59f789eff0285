"""An author's tables: what their columns are, reading them cell by cell, and writing them with lists to choose from."""
