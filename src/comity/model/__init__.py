"""The domain: frozen types, no input and no output.

One module for each noun. Everything else in Comity turns documents and knowledge into these
types once, and computes with nothing else.
"""
