"""A receipt printer made of software: it speaks ESC/POS on TCP or a serial line and draws what it prints."""

from kiosk.slip.fonts import FontMissing
from kiosk.virtual_printer.faults import FaultInvalid, Faults, PowerOff
from kiosk.virtual_printer.printer import VirtualPrinter

__all__ = ["FaultInvalid", "Faults", "FontMissing", "PowerOff", "VirtualPrinter"]
