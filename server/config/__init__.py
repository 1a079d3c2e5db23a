"""config.yaml as frozen, validated settings; every mistake is named by its path before anything starts."""

from server.config.doubts import warnings
from server.config.loading import ConfigError, load_settings
from server.config.settings import Settings

__all__ = ["ConfigError", "Settings", "load_settings", "warnings"]
