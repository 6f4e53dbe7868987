"""`python -m ui`, and the entry of the packaged program."""

import sys

from ui.main import main

if __name__ == "__main__":
    sys.exit(main())
