"""Facts from files: our own JSON, a FHIR R4 Bundle (with mCODE), a GA4GH Phenopacket. What was not read is listed.

What is wrong with a file is said by its place, never by its words: an error must not repeat a patient's text.
Must not know: studies, pages, storage.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import msgspec

from ..errors import InvalidValue
from ..model.patient import Amount, Assertion, Fact, Facts, Origin, Status, Time
from .note import facts_of_note
from .private import private

Json = dict[str, Any]
_OBSERVED = {"89247-1": ("ECOG performance status", "score"), "89243-0": ("Karnofsky performance status", "score")}
_MEDICINES = ("MedicationRequest", "MedicationStatement", "MedicationAdministration")
_DENIED = ("not-taken", "not-done", "refuted")


def facts_of_json(raw: bytes) -> Facts:
    """Facts as `Facts` writes them: {"facts": [{"kind": "condition", "name": "asthma"}, …], "complete": […]}.

    Raises:
        InvalidValue: it is not that; the place is named, not what stands there.
    """
    try:
        facts = msgspec.json.decode(raw, type=Facts)
        known = {"facts", "as_of", "complete", "main", "unread"}
        others = tuple(sorted(key for key in msgspec.json.decode(raw) if key not in known))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _wrong("facts", error) from None
    if facts.main is not None and not 0 <= facts.main < len(facts.facts):
        raise InvalidValue("the main condition is none of the facts", hint="`main` counts facts from 0.")
    return msgspec.structs.replace(facts, unread=(*facts.unread, *others))


def facts_of_fhir(raw: bytes) -> Facts:
    """Facts of a Bundle of any kind, or of one resource.

    Raises:
        InvalidValue: it is not JSON, or no FHIR resource.
    """
    whole = _object(raw, "FHIR")
    if "resourceType" not in whole:
        raise InvalidValue("this is no FHIR resource", hint="It has no resourceType.")
    entries = whole.get("entry", []) if whole["resourceType"] == "Bundle" else [{"resource": whole}]
    reading = _Fhir()
    for at, entry in enumerate(entries if isinstance(entries, list) else []):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(resource, dict):
            reading.take(resource, f"Bundle.entry[{at}].resource")
    return reading.facts()


def facts_of_phenopacket(raw: bytes) -> Facts:
    """Facts of a Phenopacket, in camel or snake case.

    Raises:
        InvalidValue: it is not a JSON object.
    """
    packet = _camel(_object(raw, "Phenopacket"))
    facts = list[Fact]()
    sex = str(_get(packet, "subject", "sex") or "").lower()
    if sex in ("female", "male"):
        facts.append(_fact("sex", "sex", "phenopacket", "subject.sex", value=Amount(text=sex)))
    age = _years(_get(packet, "subject", "timeAtLastEncounter", "age", "iso8601duration"))
    if age is not None:
        facts.append(_fact("age", "age", "phenopacket", "subject", value=Amount(number=age, unit="a")))
    for key, kind, inner in (("diseases", "condition", "term"), ("phenotypicFeatures", "condition", "type")):
        for at, row in enumerate(_rows(packet, key)):
            name = _get(row, inner, "label")
            if name:
                said: Assertion = "absent" if row.get("excluded") else "present"
                facts.append(_fact(kind, str(name), "phenopacket", f"{key}[{at}]", assertion=said))
    for at, row in enumerate(_rows(packet, "measurements")):
        name, quantity = _get(row, "assay", "label"), _get(row, "value", "quantity")
        if name and isinstance(quantity, dict) and isinstance(quantity.get("value"), int | float):
            unit = _get(quantity, "unit", "label") or _get(quantity, "unit", "id")
            amount = Amount(number=float(quantity["value"]), unit=str(unit) if unit else None)
            facts.append(_fact("measurement", str(name), "phenopacket", f"measurements[{at}]", value=amount))
    for at, row in enumerate(_rows(packet, "medicalActions")):
        for inner, kind, label in (("treatment", "treatment", "agent"), ("procedure", "procedure", "code")):
            if name := _get(row, inner, label, "label"):
                facts.append(_fact(kind, str(name), "phenopacket", f"medicalActions[{at}]"))
    read = {"id", "subject", "diseases", "phenotypicFeatures", "measurements", "medicalActions", "metaData"}
    main = next((at for at, fact in enumerate(facts) if fact.origin.path == "diseases[0]"), None)
    return Facts(facts=tuple(facts), main=main, unread=tuple(sorted(set(packet) - read)))


class _Fhir:
    """One bundle being read: facts, and what was not read by kind of resource."""

    def __init__(self) -> None:
        self.made = list[Fact]()
        self.unread = Counter[str]()
        self.today = date.today()

    def facts(self) -> Facts:
        main = next(
            (
                at
                for at, fact in enumerate(self.made)
                if fact.kind == "condition" and fact.assertion == "present" and fact.status != "past"
            ),
            None,
        )
        unread = tuple(f"{count} {kind}" for kind, count in sorted(self.unread.items()))
        return Facts(facts=tuple(self.made), main=main, as_of=self.today.isoformat(), unread=unread)  # fmt: skip

    def take(self, resource: Json, path: str) -> None:
        kind = str(resource.get("resourceType"))
        if (
            resource.get("status") == "entered-in-error"
            or _code(resource, "verificationStatus") == "entered-in-error"
        ):
            self.unread[f"{kind} entered in error"] += 1
            return
        before = len(self.made)
        match kind:
            case "Patient":
                self._patient(resource, path)
            case "Condition":
                self._condition(resource, path)
            case "Observation":
                self._observation(resource, path)
            case "Procedure":
                self._named("procedure", "code", resource, path, when=_day(resource.get("performedDateTime")))
            case "AllergyIntolerance":
                self._named("allergy", "code", resource, path)
            case "FamilyMemberHistory":
                for row in _rows(resource, "condition"):
                    self._named("condition", "code", row, path, said="family")
            case _ if kind in _MEDICINES:
                self._medicine(resource, path)
        if len(self.made) == before:
            self.unread[kind] += 1

    def _patient(self, resource: Json, path: str) -> None:
        sex = resource.get("gender")
        if sex in ("female", "male"):
            self.made.append(_fact("sex", "sex", "fhir", f"{path}.gender", value=Amount(text=sex)))
        born = _day(resource.get("birthDate"))
        if born is not None:
            had = (self.today.month, self.today.day) >= (born.month, born.day)
            years = float(self.today.year - born.year - (not had))
            amount = Amount(number=years, unit="a")
            self.made.append(_fact("age", "age", "fhir", f"{path}.birthDate", value=amount))

    def _condition(self, resource: Json, path: str) -> None:
        verified = _code(resource, "verificationStatus")
        said: Assertion = "absent" if verified == "refuted" else (
            "possible" if verified in ("provisional", "differential", "unconfirmed") else "present"
        )  # fmt: skip
        past = _code(resource, "clinicalStatus") in ("inactive", "remission", "resolved")
        self._named("condition", "code", resource, path, said=said, status="past" if past else None)
        for at, stage in enumerate(_rows(resource, "stage")):
            if name := _text(stage.get("summary")):
                place = f"{path}.stage[{at}]"
                self.made.append(_fact("stage", "stage", "fhir", place, value=Amount(text=name)))

    def _medicine(self, resource: Json, path: str) -> None:
        status, intent = resource.get("status"), resource.get("intent", "order")
        held: Status = "past" if status in ("completed", "stopped") else "current"
        if intent in ("proposal", "plan"):
            held = "planned"
        said: Assertion = "absent" if status in _DENIED else "hypothetical" if held == "planned" else "present"
        self._named("treatment", "medicationCodeableConcept", resource, path, said=said, status=held)

    def _observation(self, resource: Json, path: str) -> None:
        for at, part in enumerate((resource, *_rows(resource, "component"))):
            place = path if at == 0 else f"{path}.component[{at - 1}]"
            codes = {str(row.get("code")) for row in _rows(part.get("code") or {}, "coding")}
            name, kind = next((_OBSERVED[code] for code in codes if code in _OBSERVED), (None, "measurement"))
            name = name or _text(part.get("code"))
            amount = _amount(part)
            when = _ago(_day(resource.get("effectiveDateTime")), self.today)
            if name and amount:
                self.made.append(_fact(kind, name, "fhir", place, value=amount, time=when))
            elif name and part.get("dataAbsentReason"):
                self.made.append(_fact(kind, name, "fhir", place, assertion="unknown"))

    def _named(
        self, kind: str, key: str, resource: Json, path: str, *, said: Assertion = "present",
        status: Status | None = None, when: date | None = None,
    ) -> None:  # fmt: skip
        if resource.get("status") in _DENIED:
            said = "absent"
        if name := _text(resource.get(key)):
            time = _ago(when, self.today)
            self.made.append(_fact(kind, name, "fhir", path, assertion=said, status=status, time=time))


def _fact(kind: str, name: str, source: str, path: str, **more: Any) -> Fact:
    return Fact(kind=kind, name=name, origin=Origin(kind=source, path=path), **more)  # type: ignore[arg-type]


def _amount(part: Json) -> Amount | None:
    quantity = part.get("valueQuantity")
    if isinstance(quantity, dict) and isinstance(quantity.get("value"), int | float):
        unit = quantity.get("code") or quantity.get("unit")
        sign = quantity.get("comparator", "=")
        return Amount(number=float(quantity["value"]), unit=str(unit) if unit else None,
                      comparator=sign if sign in ("<", "<=", ">", ">=") else "=")  # fmt: skip
    if isinstance(part.get("valueInteger"), int):
        return Amount(number=float(part["valueInteger"]))
    if isinstance(part.get("valueBoolean"), bool):
        return Amount(flag=part["valueBoolean"])
    text = _text(part.get("valueCodeableConcept")) or part.get("valueString")
    return Amount(text=str(text)) if text else None


def _text(concept: Any) -> str | None:
    if not isinstance(concept, dict):
        return None
    shown = next((row["display"] for row in _rows(concept, "coding") if row.get("display")), None)
    text = concept.get("text") or shown
    return str(text) if text else None


def _code(resource: Json, key: str) -> str | None:
    return next((row.get("code") for row in _rows(resource.get(key) or {}, "coding")), None)


def _rows(holder: Any, key: str) -> list[Json]:
    rows = holder.get(key) if isinstance(holder, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _get(holder: Any, *keys: str) -> Any:
    for key in keys:
        holder = holder.get(key) if isinstance(holder, dict) else None
    return holder


def _day(text: Any) -> date | None:
    """The day of a date that is written whole; a year alone is none."""
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _ago(when: date | None, today: date) -> Time | None:
    days = None if when is None else float((today - when).days)
    return None if days is None else Time(least=days, most=days, written=str(when))


def _years(duration: Any) -> float | None:
    text = str(duration or "")
    digits = text[1:].partition("Y")[0]
    return float(digits) if text.startswith("P") and "Y" in text and digits.isdigit() else None


def _camel(value: Any) -> Any:
    if isinstance(value, dict):
        return {_camel_key(key): _camel(inner) for key, inner in value.items()}
    return [_camel(inner) for inner in value] if isinstance(value, list) else value


def _camel_key(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _object(raw: bytes, what: str) -> Json:
    try:
        whole = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _wrong(what, error) from None
    if not isinstance(whole, dict):
        raise InvalidValue(f"this is no {what} object")
    return whole


def _wrong(what: str, error: Exception) -> InvalidValue:
    place = str(error).rpartition("at `")[2].rstrip("`") if "at `" in str(error) else ""
    place = place if set(place) <= set("$.[]0123456789abcdefghijklmnopqrstuvwxyz_") else ""
    return InvalidValue(f"these {what} cannot be read" + (f" at {place}" if place else ""),
                        hint="How they are written: docs/matching.md")  # fmt: skip


def facts_of_bytes(raw: bytes, *, kind: str) -> Facts:
    """Facts of a file of a kind: "facts", "note", "fhir", "phenopacket".

    Raises:
        InvalidValue: it is not of that kind.
    """
    with private():
        if kind == "note":
            return facts_of_note(_text_of(raw))
        reader = {"facts": facts_of_json, "fhir": facts_of_fhir, "phenopacket": facts_of_phenopacket}[kind]
        return reader(raw)


def _text_of(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidValue("this note is not UTF-8 text") from None
