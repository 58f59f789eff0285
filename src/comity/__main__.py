"""``python -m comity`` is ``comity``."""

from comity.cli import main

if __name__ == "__main__":
    main()
