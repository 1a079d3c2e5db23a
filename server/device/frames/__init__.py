"""Framings that devices of several terminals share, as byte codecs: nothing here opens a port or knows a terminal."""
