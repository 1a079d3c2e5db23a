"""`/api/v1/config`: for leaders, to have a changed config.yaml taken up."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale
from flask_openapi3 import APIBlueprint

from server.config import ConfigError
from server.messages import ErrorOut, ReloadedOut
from server.web.access import leader
from server.web.answer import answer
from server.web.context import context
from server.web.errors import Refused, failure
from server.web.i18n import TOLD, catalogue

api = APIBlueprint(
    "config",
    __name__,
    url_prefix="/api/v1/config",
    abp_responses={"400": ErrorOut, "401": ErrorOut, "403": ErrorOut, "409": ErrorOut, "503": ErrorOut},
)


@api.post("/reload", responses={"200": ReloadedOut})
def reload() -> Any:
    """Read config.yaml again and go on with it. 400 names every mistake, and then nothing has changed."""
    person = leader()
    running = context()
    running.hall.check_serving()
    if running.reloading is None:
        raise Refused(409, "config_fixed")
    try:
        changed = running.reloading.reload(person.username)
    except ConfigError as error:
        words = catalogue(str(get_locale()), TOLD).gettext
        return failure(400, "config_refused", details=[told.translated(words) for told in error.listed()])
    return answer(ReloadedOut(revision=running.live.revision, changed=changed))
