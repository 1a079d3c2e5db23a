"""Slips of an imagined day: to look at, and to try templates with.

Each kind has an ordinary one, one with all that it can have and long names, and one with as little as it can have.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Final

from server.hall.printing import Slip
from server.messages.slips import (
    AppointmentSlip,
    ClerkOnPaper,
    DaySlip,
    MissingDocument,
    MissingDocumentsSlip,
    ReceiptSlip,
    SelfTestSlip,
    ServiceOnPaper,
    SlipContent,
    TicketSlip,
    WaitOnPaper,
    WorkOnPaper,
)


class Sample(StrEnum):
    USUAL = "usual"
    FULL = "full"
    SPARE = "spare"


_ZONE: Final = timezone(timedelta(hours=8))
_AT: Final = datetime(2026, 11, 23, 9, 41, tzinfo=_ZONE)
_CLERK: Final = ClerkOnPaper(name="陈晓兰", number="0307")
_LONG_SERVICE: Final = "城乡居民基本养老保险参保登记（新参保）"
_LONG_PLACE: Final = "二层西侧 C 区综合受理等候区"
_URL: Final = "https://qinghe.gov.cn/t/Jk3mZ9QwXr7Lb2Tn"


def sample(slip: Slip, which: Sample) -> SlipContent:
    return _SAMPLES[slip][which]


_TICKETS: Final = {
    Sample.USUAL: TicketSlip(
        service="社保医保",
        number="A012",
        ahead=5,
        wait=WaitOnPaper(low=15, high=25),
        place="一层东侧 B 等候区",
        windows=(2, 3),
        url=_URL,
        rejoin_within=60,
        rejoin_at_kiosk=True,
        issued_at=_AT,
        kiosk="1 号取号机",
    ),
    Sample.FULL: TicketSlip(
        service=_LONG_SERVICE,
        number="A1234",
        ahead=128,
        wait=WaitOnPaper(low=105, high=125),
        place=_LONG_PLACE,
        windows=(12, 13, 14, 15, 16),
        url="https://zwfw.qinghe.gov.cn/t/AbCdEfGhIjKlMnOpQrStUv",
        rejoin_within=60,
        issued_at=_AT,
        kiosk="二层西侧 3 号取号机",
        priority="现役、退役军人",
        then=("不动产登记", "公积金", "户籍身份证"),
        barcode=True,
    ),
    Sample.SPARE: TicketSlip(service="税务", number="C1", ahead=0, issued_at=_AT, booked=True),
}
_APPOINTMENTS: Final = {
    Sample.USUAL: AppointmentSlip(
        code="83746502",
        service="不动产登记",
        start=_AT.replace(day=25, hour=14, minute=0),
        end=_AT.replace(day=25, hour=14, minute=30),
        place="一层东侧 B 等候区",
        bring=("身份证原件", "不动产权证书原件"),
    ),
    Sample.FULL: AppointmentSlip(
        code="83746502",
        service=_LONG_SERVICE,
        start=_AT.replace(day=25, hour=14, minute=0),
        end=_AT.replace(day=25, hour=14, minute=30),
        place=_LONG_PLACE,
        name="欧阳建国",
        bring=(
            "申请人身份证原件和复印件各一份；委托他人办理的，还须带授权委托书和受托人身份证",
            "户口簿原件（本人页、户主页）",
            "近期一寸免冠照片两张",
        ),
        early=30,
        late=15,
        phone="0571-8812345",
    ),
    Sample.SPARE: AppointmentSlip(
        code="1234", service="税务", start=_AT, end=_AT + timedelta(minutes=30), early=0, late=0
    ),
}
_MISSING: Final = {
    Sample.USUAL: MissingDocumentsSlip(
        number="QH-2026-000127",
        name="王建国",
        service="社会保障卡补办",
        documents=(
            MissingDocument(name="身份证原件", reason="所持身份证已过有效期，请先到户籍窗口换领"),
            MissingDocument(name="近期一寸免冠照片 1 张"),
        ),
        basis=("《中华人民共和国行政许可法》第三十二条",),
        due=date(2026, 12, 7),
        clerk=_CLERK,
        at=_AT,
    ),
    Sample.FULL: MissingDocumentsSlip(
        number="青禾社保告〔2026〕第 000127 号",
        name="欧阳建国",
        service=_LONG_SERVICE,
        documents=(
            MissingDocument(
                name="授权委托书（须写明委托事项和期限，由委托人签字并按手印）",
                reason="委托书没有写明期限，且受托人姓名与身份证不一致；可在窗口领取样表，填好后再来，不必重新取号。",
            ),
            MissingDocument(name="户口簿原件（本人页、户主页）", reason="只带了复印件。"),
            MissingDocument(name="《城乡居民基本养老保险参保登记表》"),
        ),
        basis=(
            "《中华人民共和国行政许可法》第三十二条：申请材料不齐全或者不符合法定形式的，应当当场或者在五日内"
            "一次告知申请人需要补正的全部内容。",
            "《社会保险经办条例》（国务院令第 765 号）第二十条。",
        ),
        due=date(2026, 12, 7),
        phone="0571-8812345",
        first=ClerkOnPaper(name="李春梅", number="0112"),
        clerk=_CLERK,
        at=_AT,
    ),
    Sample.SPARE: MissingDocumentsSlip(
        service="税务", documents=(MissingDocument(name="营业执照"),), clerk=_CLERK, at=_AT, copies=1
    ),
}
_RECEIPTS: Final = {
    Sample.USUAL: ReceiptSlip(
        number="SL2026112300127",
        service="社会保障卡补办",
        name="王建国",
        documents=("身份证原件", "近期一寸免冠照片 1 张"),
        accepted_at=_AT,
        promised=date(2026, 11, 30),
        url="https://qinghe.gov.cn/q/SL2026112300127",
        clerk=_CLERK,
    ),
    Sample.FULL: ReceiptSlip(
        number="青禾社保受〔2026〕第 000127 号",
        service=_LONG_SERVICE,
        name="欧阳建国",
        documents=(
            "授权委托书（委托人签字并按手印）1 份",
            "户口簿原件（本人页、户主页）",
            "《城乡居民基本养老保险参保登记表》1 份",
        ),
        accepted_at=_AT,
        promised=date(2026, 11, 30),
        phone="0571-8812345",
        url="https://zwfw.qinghe.gov.cn/progress?number=SL2026112300127&from=paper",
        clerk=_CLERK,
    ),
    Sample.SPARE: ReceiptSlip(number="7", service="税务", accepted_at=_AT, clerk=_CLERK),
}


def _work(name: str, issued: int, served: int, no_show: int, cancelled: int, wait: int | None) -> ServiceOnPaper:
    return ServiceOnPaper(name=name, issued=issued, served=served, no_show=no_show, cancelled=cancelled, wait=wait)


def _total(issued: int, served: int, no_show: int, cancelled: int, wait: int | None) -> WorkOnPaper:
    return WorkOnPaper(issued=issued, served=served, no_show=no_show, cancelled=cancelled, wait=wait)


_DAYS: Final = {
    Sample.USUAL: DaySlip(
        day=_AT.date(),
        at=_AT.replace(hour=17, minute=5),
        services=(
            _work("社保医保", 127, 119, 5, 3, 18),
            _work("户籍身份证", 64, 61, 2, 1, 9),
            _work("税务", 31, 31, 0, 0, 6),
        ),
        total=_total(222, 211, 7, 4, 13),
        levels={5: 142, 4: 31, 3: 6, 2: 1, 1: 0},
        unrated=31,
        papers={"printed": 219, "blocked": 2, "unknown": 1},
        clerk=_CLERK,
    ),
    Sample.FULL: DaySlip(
        day=_AT.date(),
        at=_AT.replace(hour=17, minute=5),
        services=(
            _work(_LONG_SERVICE, 12345, 12001, 105, 103, 118),
            _work("综合业务", 4, 0, 0, 4, None),
        ),
        total=_total(12349, 12001, 105, 107, 118),
        levels={5: 10142, 4: 1031, 3: 116, 2: 21, 1: 10},
        unrated=681,
        excluded=12,
        papers={state: 12 for state in ("printed", "sent", "blocked", "dropped", "unknown", "under_way")},
        clerk=_CLERK,
    ),
    Sample.SPARE: DaySlip(
        day=_AT.date(),
        at=_AT,
        services=(),
        total=_total(0, 0, 0, 0, None),
        levels={},
        unrated=0,
        papers={},
        clerk=ClerkOnPaper(name="admin"),
    ),
}
_SELF_TESTS: Final = {
    which: SelfTestSlip(
        printer=name, place=place, link=link, at=_AT, settings={"width": "80", "ack": "gs_h", "chinese": "gbk"}
    )
    for which, name, place, link in (
        (Sample.USUAL, "1", "1 号取号机", "tcp://192.168.1.60:9100"),
        (Sample.FULL, "window:3", "3 号综合受理窗口", "/dev/serial/by-path/pci-0000:00:14.0-usb-0:1.4:1.0-port0"),
        (Sample.SPARE, "a", "", "tcp://a:1"),
    )
}
_SAMPLES: Final[Mapping[Slip, Mapping[Sample, SlipContent]]] = {
    Slip.TICKET: _TICKETS,
    Slip.APPOINTMENT: _APPOINTMENTS,
    Slip.MISSING_DOCUMENTS: _MISSING,
    Slip.RECEIPT: _RECEIPTS,
    Slip.DAY: _DAYS,
    Slip.SELF_TEST: _SELF_TESTS,
}
