"""办事指南: what somebody must know, and bring, for what a service is wanted for most."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from server.config.section import Code, Section, Text
from server.told import told

Words = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Sentence = Annotated[Words, Field(min_length=1)]
_MOST = 30


class DocumentSettings(Section):
    """所需材料. `code` names it wherever one is said to be missing: never give one document's code to another.

    `note`: how many, original or copy, what may stand in for it.
    """

    code: Code
    name: Sentence
    name_en: Words = ""
    note: Words = ""
    note_en: Words = ""


class GuideSettings(Section):
    """A service's guide; `name` is the matter (事项) it is about. English falls back to the Chinese that it lacks.

    `basis` 依据, `time_limit` 办理时限, `fee` 收费, `steps` 流程, `forms` 表格和样表; `phone` where it is not the
    hall's hotline.
    """

    name: Text
    name_en: Words = ""
    basis: Sentence
    basis_en: Words = ""
    documents: Annotated[tuple[DocumentSettings, ...], Field(min_length=1, max_length=_MOST)]
    time_limit: Sentence
    time_limit_en: Words = ""
    fee: Sentence
    fee_en: Words = ""
    steps: Annotated[tuple[Sentence, ...], Field(max_length=_MOST)] = ()
    steps_en: Annotated[tuple[Sentence, ...], Field(max_length=_MOST)] = ()
    forms: Words = ""
    forms_en: Words = ""
    phone: Text | None = None

    @field_validator("documents")
    @classmethod
    def _each_its_own(cls, documents: tuple[DocumentSettings, ...]) -> tuple[DocumentSettings, ...]:
        codes = [document.code for document in documents]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(told("two documents have the code %(codes)s", codes=", ".join(map(repr, twice))))
        return documents
