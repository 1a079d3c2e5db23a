"""What came of a trial, for people and for scripts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from server.trial.trial import Trial

HEAD = (
    f"{'hall':<17}{'tickets':>8}{'mean wait':>11}{'oracle':>8}{'ours':>7}{'ratio':>7}{'within p90':>12}"
    f"{'bias':>7}{'oracle bias':>13}{'ahead x average':>17}{'les':>7}"
)
LEGEND = """\
minutes; errors are means of what the p50 was off by
oracle           knows every parameter of the hall, and how fast each window is now, but not what chance brings
ratio            our error to the oracle's
within p90       of those called, how many were called within the p90 they were told
bias             how much longer the p50 was than the wait, on average
ahead x average  error of the people ahead times the average service, shared by the open windows
les              error of the wait of whoever was called last (last to enter service)"""


@dataclass(frozen=True, slots=True)
class Result:
    """Minutes but for `tickets`, which were asked about and called, `ratio`, and `within_p90`, a share.

    `oracle`, `ours`, `ahead` and `les` are mean absolute errors.
    """

    hall: str
    tickets: int
    mean_wait: float
    oracle: float
    ours: float
    ratio: float
    within_p90: float
    bias: float
    oracle_bias: float
    ahead: float
    les: float

    def as_json(self) -> dict[str, Any]:
        return {name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(self).items()}

    def as_text(self) -> str:
        """A line under `HEAD`."""
        return (
            f"{self.hall:<17}{self.tickets:>8}{self.mean_wait:>11.1f}{self.oracle:>8.2f}{self.ours:>7.2f}"
            f"{self.ratio:>7.2f}{self.within_p90 * 100:>10.0f} %{self.bias:>+7.1f}{self.oracle_bias:>+13.1f}"
            f"{self.ahead:>17.2f}{self.les:>7.2f}"
        )


def result_of(name: str, trial: Trial) -> Result:
    """`name`: what the hall is called in it."""
    return Result(
        hall=name,
        tickets=len(trial.answered),
        mean_wait=trial.mean_wait,
        oracle=trial.error("oracle"),
        ours=trial.error("middle"),
        ratio=trial.ratio,
        within_p90=trial.coverage,
        bias=trial.bias,
        oracle_bias=trial.bias_of("oracle"),
        ahead=trial.error("ahead"),
        les=trial.error("les"),
    )
