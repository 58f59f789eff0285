"""Answer one question with a proof: does this claim satisfy that rule."""

__version__ = "0.1.0"
