"""An RS-485 bus without hardware: several virtual devices on the one line that the server opens."""

from __future__ import annotations

from server.device.virtual_bus.hub import VirtualBus

__all__ = ["VirtualBus"]
