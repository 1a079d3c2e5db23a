"""A program: `jiaohao` whose default voice is in another folder. `python unvoiced_server.py FOLDER WORD...`"""

from __future__ import annotations

import sys
from pathlib import Path

from server.cli import main
from server.voice import pages

pages.CLIPS = Path(sys.argv.pop(1))  # type: ignore[misc]
main()
