"""Halls of known parameters, on which the waits that a hall tells are tried: nothing of the server but the domain.

`halls` describes them as `World`s, `PlayedDay` plays a day of one through the real `Hall`, `Oracle` knows all but the
draws, `Trial` asks both for days on end, and `Result` says how far off they were.
"""
