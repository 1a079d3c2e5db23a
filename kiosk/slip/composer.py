"""python-escpos' `Dummy`, without what it leaves behind.

Whenever it is loaded it makes a folder under the system's temporary one, for its table of printers, and never removes
it: one more with each start and each command.
"""

from __future__ import annotations

import os
import shutil

from escpos import capabilities
from escpos.printer import Dummy

__all__ = ["Dummy"]

if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
    shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
