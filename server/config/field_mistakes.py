"""What pydantic finds wrong with a single field, in our words: its own are for programmers, and in English alone."""

from __future__ import annotations

from typing import Any, Final

from server.told import Told, tellable, told, told_of

WHOLE: Final = told("(file)")
"""The path of a mistake that is no single field's."""
_NO_NUMBER: Final = tellable("must be a number")
_NO_WHOLE_NUMBER: Final = tellable("must be a whole number")
_NO_LIST: Final = tellable("must be a list")
_NO_SECTION: Final = tellable("must be a section of settings with their names")
_NO_YES_OR_NO: Final = tellable("must be true or false")
_NO_DATE: Final = tellable("must be a date such as 2026-10-01")
_NONE_OF: Final = tellable("must be one of %(expected)s")
_OF_KIND: Final = {
    "missing": tellable("is missing"),
    "extra_forbidden": tellable("there is no such setting: is its name mistyped?"),
    "invalid_key": tellable("there is no such setting: is its name mistyped?"),
    "string_type": tellable("must be text: put it in quotes"),
    "string_too_short": tellable("must have at least %(min_length)s characters"),
    "string_too_long": tellable("must have at most %(max_length)s characters"),
    "string_pattern_mismatch": tellable("is not written as it must be: %(pattern)s"),
    "int_type": _NO_WHOLE_NUMBER,
    "int_parsing": _NO_WHOLE_NUMBER,
    "int_parsing_size": _NO_WHOLE_NUMBER,
    "int_from_float": _NO_WHOLE_NUMBER,
    "float_type": _NO_NUMBER,
    "float_parsing": _NO_NUMBER,
    "finite_number": _NO_NUMBER,
    "greater_than": tellable("must be more than %(gt)s"),
    "greater_than_equal": tellable("must be at least %(ge)s"),
    "less_than": tellable("must be less than %(lt)s"),
    "less_than_equal": tellable("must be at most %(le)s"),
    "multiple_of": tellable("must be a multiple of %(multiple_of)s"),
    "bool_type": _NO_YES_OR_NO,
    "bool_parsing": _NO_YES_OR_NO,
    "literal_error": _NONE_OF,
    "enum": _NONE_OF,
    "tuple_type": _NO_LIST,
    "list_type": _NO_LIST,
    "too_short": tellable("must have at least %(min_length)s entries"),
    "too_long": tellable("must have at most %(max_length)s entries"),
    "dict_type": _NO_SECTION,
    "model_type": _NO_SECTION,
    "model_attributes_type": _NO_SECTION,
    "date_type": _NO_DATE,
    "date_parsing": _NO_DATE,
    "date_from_datetime_parsing": _NO_DATE,
    "date_from_datetime_inexact": _NO_DATE,
}


def mistake(detail: Any) -> tuple[str, Told]:
    """One of pydantic's, as (path, what is wrong)."""
    # pydantic's mark of a mistake in a key itself says nothing to whoever wrote the file.
    path = ".".join(str(part) for part in detail["loc"] if part != "[key]") or WHOLE
    return path, _what(detail)


def _what(detail: Any) -> Told:
    kind, about = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        return told_of(about["error"])
    if kind not in _OF_KIND:
        return told(detail["msg"])
    if "expected" in about:
        about = {"expected": about["expected"].replace(" or ", ", ")}
    return told(_OF_KIND[kind], **about)
