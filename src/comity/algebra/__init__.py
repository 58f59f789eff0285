"""Facts, edges, thresholds and three-valued conditions: the meaning, without documents or files."""
