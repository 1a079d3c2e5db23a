"""A second server of a hall, on the same database: it stands by until the first is gone."""

from __future__ import annotations

import requests
import yaml
from hall_server import HallServer, free_port


class TwinServer(HallServer):
    """It shares the accounts, the device tokens and the secret that `first` made, and needs none of its own."""

    def __init__(self, first: HallServer) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.config = first.folder / "twin.yaml"
        settings = yaml.safe_load(first.config.read_text(encoding="utf-8"))
        settings["server"]["port"] = self.port
        self.config.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
        self.tokens = first.tokens
        self.session = first.session
        self.environment = first.environment
        self.process = None

    def _healthy(self) -> bool:
        """Standing by is all that is asked of it when it starts."""
        try:
            role: str = requests.get(f"{self.base}/healthz", timeout=1).json()["role"]
        except requests.RequestException:
            return False
        return role in ("standby", "owner")
