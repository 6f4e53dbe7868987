"""Runs first in the built program (`build.spec`), before Qt is loaded: reads a workbook when started for that."""

import os
import sys

from app.base.processes import READ_WORKBOOK

if sys.argv[1:] == [READ_WORKBOOK]:
    from app.importing.workbook_process import main

    main()
    # Neither the window nor the command line is to begin.
    os._exit(0)
