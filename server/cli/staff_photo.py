"""`jiaohao staff photo`: a face for an account."""

from __future__ import annotations

from pathlib import Path

from server.store.database import Database
from server.told import told
from server.web.accounts import Accounts
from server.web.photos import Photos
from server.web.picture import NoPictureError, PictureTooLargeError


class PhotoUnusable(Exception):
    """The file is no photo, or nobody has the account; the message says which."""


def give_photo(database: Database, hall: str, username: str, file: Path) -> str:
    """The photo's id. Raises PhotoUnusable, or OSError when the file cannot be read."""
    try:
        photo = Photos(database, hall).add(file.read_bytes())
    except NoPictureError:
        raise PhotoUnusable(told("%(file)s is no JPEG, PNG or WebP picture", file=file)) from None
    except PictureTooLargeError:
        raise PhotoUnusable(told("%(file)s is too large: 5 MB at most", file=file)) from None
    if not Accounts(database, hall).set_photo(username, photo):
        raise PhotoUnusable(told("nobody has the account %(username)s", username=username))
    return photo
