"""The small patients of the probes as facts."""

from __future__ import annotations

from typing import Any

from trialkin.model.patient import Amount, Fact, Facts, Kind, Time

_YEARS = {"a": 1.0, "mo": 1 / 12, "wk": 7 / 365.25, "d": 1 / 365.25}


def facts_of(given: list[dict[str, Any]]) -> Facts:
    """The facts of one probe."""
    complete = frozenset[Kind](one["kind"] for one in given if one["fact"] == "complete")
    return Facts(facts=tuple(_fact(one) for one in given if one["fact"] != "complete"), complete=complete)


def _fact(one: dict[str, Any]) -> Fact:
    kind, value = one["fact"], one.get("value")
    days = one.get("days_ago")
    time = None if days is None else Time(least=days, most=days)
    if kind == "age":
        return Fact(kind="age", name="age", value=Amount(number=value * _YEARS[one["unit"]], unit="a"))
    if kind == "sex":
        return Fact(kind="sex", name="sex", value=Amount(text=value))
    state = one.get("state")
    if kind in ("condition", "treatment", "procedure"):
        denied = state in ("absent", "never")
        status = {"past": "past", "current": "current", "planned": "planned", "done": "past", "never": "never"}
        return Fact(
            kind=kind, name=one["name"], assertion="absent" if denied else "present", status=status.get(state),
            time=time,
        )  # fmt: skip
    return Fact(kind="measurement" if kind == "measurement" else "finding", name=one["name"],
                value=_amount(value, one), time=time)  # fmt: skip


def _amount(value: Any, one: dict[str, Any]) -> Amount:
    if isinstance(value, bool):
        return Amount(flag=value)
    if isinstance(value, (int, float)):
        return Amount(number=value, unit=one.get("unit"), upper_normal=one.get("uln"))
    return Amount(text=str(value))
