"""How criteria stand to each other by all mapping rows, and what a gate keeps out."""
