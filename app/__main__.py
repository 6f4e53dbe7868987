"""Starts the command line: `python -m app COMMAND`."""

import sys

from app.cli.program import main

if __name__ == "__main__":
    sys.exit(main())
