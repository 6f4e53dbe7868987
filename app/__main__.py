"""Starts the command line: `python -m app COMMAND`."""

import sys

from app.cli import main

if __name__ == "__main__":
    sys.exit(main())
