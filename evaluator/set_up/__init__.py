"""Setting a pad up: which dialect it speaks, how fast, and what each of its keys stands for, found out by pressing."""

from __future__ import annotations

from evaluator.set_up.pressing import PadFound, PadSetUp, PadSetUpFailed

__all__ = ["PadFound", "PadSetUp", "PadSetUpFailed"]
