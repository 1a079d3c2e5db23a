"""How often what happens, as parts of all visits: the figures of an ordinary hall, and where most mistakes hide."""

from __future__ import annotations

DIRECT = 0.03
BOOKED = 0.08
PRIORITY = 0.10
COMBINED = 0.03
ABSENT = 0.06
HELD = 0.04
TRANSFERRED = 0.05
CANCELLED = 0.03
REGRETTED = 0.01
RECALLED = 0.15
HURRIED = 0.05
FINISHED_BY_CALL = 0.70
SILENT = 0.40
DECLINED = 0.04
