"""Files as records with places, and no meaning: one module for each format."""
