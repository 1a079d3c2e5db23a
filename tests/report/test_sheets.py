"""Files for a spreadsheet: Chinese as Chinese, texts as texts."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from server.report.sheets import Sheet, to_csv, to_xlsx

SIGNS = "=+-@\t\r\n＝＋－＠"


def test_excel_takes_the_csv_for_what_it_is() -> None:
    content = to_csv(Sheet("窗口", ["窗口", "满意率 %"], [["1 综合窗口", 96.4], ["2 税务, 企业", None]]))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == '窗口,满意率 %\r\n1 综合窗口,96.4\r\n"2 税务, 企业",\r\n'


@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_of_a_csv_is_a_formula(sign: str) -> None:
    text = f"{sign}HYPERLINK(1)"
    content = to_csv(Sheet("x", [text], [[text, "a-b"]]))
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [[f"'{text}"], [f"'{text}", "a-b"]]


def test_a_number_below_zero_stays_a_number() -> None:
    assert to_csv(Sheet("x", ["n"], [[-4.5]])).decode("utf-8-sig") == "n\r\n-4.5\r\n"


def test_a_workbook_has_texts_and_numbers_and_no_formulas_or_links() -> None:
    wild = ["=1+1", "{=SUM(1)}", "http://example.org", "-1", "@x", "12"]
    sheet = Sheet("窗口/[1]", ["什么", "n"], [[text, 3.5] for text in wild], notes=["注"], grey=frozenset({1}))
    with zipfile.ZipFile(io.BytesIO(to_xlsx([sheet, Sheet("空", ["n"], [])]))) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
        shared = book.read("xl/sharedStrings.xml").decode()
        names = book.read("xl/workbook.xml").decode()
        assert book.namelist().count("xl/worksheets/sheet2.xml") == 1
    assert "<f>" not in page
    assert "hyperlink" not in page
    assert page.count("<v>3.5</v>") == len(wild)
    for text in (*wild, "什么", "注"):
        assert f"<t>{text}</t>" in shared
    assert 'name="窗口  1 "' in names
