"""Which amounts are doses given to a person, and which only look like them.

Owns the near-misses: concentrations, pack sizes, caps, increments, diluents, samples, laboratory values.
"""

from __future__ import annotations

import re

from trialkin.reading.doses.doses import DAILY_AFTER, Amount
from trialkin.reading.patterns import Pattern

_BEFORE = Pattern(
    r"(?:"
    r"\bmax(?:imum|imal|\.)?(?: (?:daily|total|single|allowed|permitted|recommended|allowable|cumulative|"
    r"bolus|weekly|infusion|injection|is|of|dose|dosage|at|to|was|amount|rate|volume|be|will|transfused|"
    r"administered|given)){0,7}"
    r"(?: [\w-]{3,20} (?:dose|dosage)(?: of)?)?"
    r"[ :=,(]{0,3}"
    r"|\b(?:not|never|cannot|nor)(?: to)? (?:exceed(?:ing)?|be (?:more|greater|higher) than|"
    r"more than)(?: (?:a|greater than|the|total|of|dose|daily|maximum))*[ :]{0,2}"
    r"|\b(?:exceed(?:s|ed|ing)?|no more than|capped at|cap of|ceiling(?: dose)? of|limit(?:ed)? (?:of|"
    r"to))(?: (?:a|total|dose|of))* ?"
    r"|\b(?:increments?|(?<!\d )steps?|intervals?|increas(?:e|ed|es|ing)|reduction|reduc(?:e|ed|ing)|"
    r"decreas(?:e|ed|ing)|"
    r"lower(?:ed|ing)?|taper\w{0,3})(?: (?:the|it|dose|dosage))*(?: by| of)+(?: an additional| another)? ?"
    r"|\bthan |\bto match (?:[\w-]+ ){0,3}|\binflated with |"
    r"\bdesigned to deliver |\btotal weight of |"
    r"\bmaximum dose [^.;()]{0,60} (?:is|of|was) |\bIncrease |\bnearest |\btaper\w{0,3} "
    r"|\b(?:(?:body|tumou?r|birth) ?weight|weighing|weigh|weighs|creatinine|proteinuria|albuminuria|"
    r"h(?:a)?emoglobin|clearance|e?GFR|CRP|PSA|IgE|"
    r"ferritin|glucose|bilirubin|albumin|platelets?|D-dimer|trough|target level|plasma levels?|serum levels?|"
    r"CrCl|tidal volumes?|LDL-?C?|HbA1c|SpO2|FiO2|level|levels|"
    r"concentrations?)(?: (?:of|is|was|at|to|above|below|less than|"
    r"greater than|between|within|from|level|levels|>|<|≥|≤))*[ :=(<>≥≤~]{0,4}"
    r"|\b(?:each|per|one|every|1)(?: [\w.-]+){0,3} (?:tablet|capsule|vial|ml|mL|sachet|ampoule|ampule|syringe|"
    r"bottle|unit|g|gram|pill|pen|piece|bag|suppository|implant|"
    r"strip)s?(?: of [\w-]+)?(?: \([^()]{0,40}\))? (?:contains?|contained|containing|has|with|provides)(?: (?:about|"
    r"approximately))? "
    r"|\b(?:cumulative|total)(?: (?:cumulative|daily|weekly|maximum|planned|course|treatment|"
    r"infused))*(?: (?:dose|dosage|amount|volume|delivered|of|is|was|up|to|being|approximately|be|will|"
    r"administered))*[ :=(]{0,2}"
    r"|\b(?:a total of|totaling|totalling|total) "
    r"|\b(?:rate|speed) of (?:about |approximately )?"
    r"|\b(?:equivalent|equal(?:l?ing)?|correspond(?:s|ing)) (?:dose )?(?:(?:of|to) )?(?:about |approximately )?"
    r"|\b(?:tolerance|tolerated|reactive) (?:dose )?(?:of|to) (?:<|>|≥|≤)? ?"
    r")$",
    re.I,
)
_ONE_FORM = Pattern(r"(?:one|1) [^.;]{0,40}contain", re.I)
_TOTAL_OF = Pattern(r"a total of|total of", re.I)
_OF_AGENT = Pattern(r" of [A-Za-z]")
_TOTAL = Pattern(r"\btotal", re.I)
_TOTAL_AFTER = Pattern(r" ?(?:/ ?day |daily |per day )?(?:(?:in )?total|overall)\b", re.I)
_PACK_AFTER = Pattern(
    r"\s?(?:/ ?(?:vial|tablet|capsule|ampoule|bottle|syringe)|[ -](?:fill\b|"
    r"\d{1,2}[- ]?(?:gauge|G)\b|(?:insulin |tuberculin )?syringe,|"
    r"\([^()]{1,40}\) (?:glass |single-use )?vial)|"
    r"[ -](?:[\w-]{1,24} )?(?:vials?|ampoules?|ampules?|"
    r"bottles?|bags?|pack|packs|kits?|tubes?|syringes?\b(?! (?:once|every|twice)))\b"
    r"(?! (?:will be|is|are|was|were) (?:[a-z]+ly )?(?:administered|given|injected|infused|taken))|[ -](?:strength|"
    r"formulation)s?\b)",
    re.I,
)
_FORM_AFTER = Pattern(
    r"(?:[ -]?|, ?)(?:(?:film(?:[- ]coated)?|\([A-Z]{1,4}\)|oral|hard|soft|gelatin|"
    r"extended[- ]release|"
    r"modified[- ]release|immediate[- ]release|sustained[- ]release|delayed[- ]release|chewable|dispersible|"
    r"effervescent|liquid[- ]filled|"
    r"lyophili[sz]ed|enteric[- ]coated|prolonged[- ]release|orodispersible|coated|white|round|sterile|powder|"
    r"single-use|prefilled|pre-filled|soluble|disintegrating)[ ,]{1,2}){0,4}(?:tablets?|capsules?|caplets?|"
    r"tabs?|caps?|pills?|gelcaps?|softgels?|sachets?|suppositor(?:y|ies)|granules|powder|solution|suspension|"
    r"vials?|lozenges?|patch|patches|syrup|auto-?injector|injections?)\b",
    re.I,
)
# "9 mCi (333 MBq)", "10 µg (400 IU)": the same in another unit.
_OTHERWISE_SAID = Pattern(r"\d ?(?:mCi|μCi|uCi|[MGk]?Bq|μg|mcg|ug)(?:/kg)? ?\((?:approximately |~ ?|=)?$", re.I)
_OTHER_STRENGTHS = Pattern(r"(?:(?:,| and| or|/|, and|, or) ?\d[\d.]{0,6} ?m?c?g){1,4}", re.I)
# "100 IU/kg (ca. 1 mg/kg)"
_ABOUT_THE_SAME = Pattern(r"\d ?[A-Za-zμ]{1,5}(?:/[A-Za-z0-9]{1,4})? ?\((?:ca\.?|≈|approx\.) ?$", re.I)
_OPENED_MASS = Pattern(r"\(\d[\d.,]{0,8} ?(?:mg|g|mcg|μg)[;,] ?$", re.I)  # "1 mL (0.5 mg; 16 million IU)"
_COUNT_BEFORE = Pattern(r"(?:\d|\b(?:one|two|three|four|five|six|eight|ten)) ?(?:x|×)? ?$", re.I)
_ABOUT_AFTER = Pattern(r" (?:were|are|will be) divided\b| (?:[\w-]{1,20} )?(?:OFC|challenge) (?:is|was)\b", re.I)
_CAP_AFTER = Pattern(r" (?:cap|max(?:imum)?|maximum dose|total)[)\]]", re.I)  # "1.5 mg/m2 (2 mg cap)"
_VIAL_AFTER = Pattern(r"[^;\n]{0,40}\bvials?\b", re.I)
_NEEDLE_AFTER = Pattern(r", ?\d{2} ?(?:G|gauge)\b", re.I)
_IN_PACKS = Pattern(
    r"\b(?:is|are|comes) (?:available|supplied|packaged) (?:in|as)\b[^.;]{0,250}$|\bbox(?:es)? of \d[^.;]{0,80}$",
    re.I,
)
_INFUSION_AFTER = Pattern(r" (?:intravenous |iv |i\.v\. )?infusion\b", re.I)
_SALT_OF = Pattern(r"\d ?m?g \([^()\n]{0,40}$", re.I)  # "42 mg (lithium sulphate, 6 mmol)"
_LEVELS = Pattern(r"\d, ?(?:and |or )?$")
_FORM_BEFORE = Pattern(
    r"\b(?:(?:pharmaceutical|dosage) form|strengths?|formulation|presentation|"
    r"administered as(?: an?)?(?: oral)?) ?[:=-]? ?$",
    re.I,
)
_HOLDS = Pattern(r"\b(?:tablets?|capsules?|pills?|sachets?|vials?) contain(?:s|ing) $", re.I)
_DOSAGE_RIGHT_BEFORE = Pattern(r"\b(?:dosage|dose)(?: is| of)?[ :=]{1,3}$", re.I)
_FORM_RIGHT_BEFORE = Pattern(r"\b(?:tablets?|capsules?|vials?|ampoules?)(?: |: )$", re.I)
_LISTED_FORM = Pattern(r" ?(?:tablets?|capsules?|vials?|ampoules?|prefilled syringes?);", re.I)
_SUPPLIED = Pattern(
    r"(?<!-)\b(?:available|supplied|provided(?! with)|packag(?:ed|ing)|formulated|presented|manufactured|marketed|"
    r"comes?|supply|dispensed|purchased|strengths?|dosage forms?|pharmaceutical form|pack size|"
    r"specifications?|specification is|presentation|prepared|batch no)\b",
    re.I,
)
_GIVEN = Pattern(
    r"\b(?:daily|once|twice|three times|times|every|each|weekly|monthly|administ\w+|receiv\w+|given|take|"
    r"takes|taken|taking|dose[sd]?|dosage|dosing|inject\w*|infus\w+|orally|oral|qd|bid|tid|qid|qod|q\d+\w|qw|"
    r"od|bd|po|iv|sc|im|treated|treat|swallow\w*|ingest\w*|consum\w+|day|days|week|weeks|apply|applied|"
    r"inhal\w+|for|plus|intraven\w+|subcut\w+|prn|drink|fed|intake|single|loading)\b",
    re.I,
)
_SAMPLE = Pattern(
    r"\b(?:blood|saliva|urine|serum|csf|bone marrow|sputum|stool|faeces|feces|plasma)\b.{0,60}\b(?:sampl\w*|"
    r"collect\w*|draw\w*|drawn|taken|tubes?|obtain\w*|withdraw\w*|test\w*|aspirat\w*)|"
    r"\b(?:sampl\w*|collect\w*|draw\w*|drawn|withdrawn|aspirat\w*|phlebotomy|venipuncture|"
    r"lavage)\b.{0,80}\b(?:blood|saliva|urine|serum|csf|marrow|sputum|fluid|plasma|whole)\b|"
    r"\b(?:vacutainer|milk (?:collection|samples?|[\w ]{0,40}collected)|"
    r"edta|heparini[sz]ed|blood draw|blood sampl\w+|blood collection|breast milk sample)\b",
    re.I | re.S,
)
_LIQUID = (
    r"(?:normal |isotonic |sterile |lactated |physiological |physiologic |bacteriostatic |plain |tap |warm |distilled |"
    r"room.temperature |drinking |potable |still |cold |mineral |bottled |"
    r"provided |supplied |the )*(?:saline|water|dextrose|nacl|"
    r"sodium chloride|glucose|d5w|ringers?|hartmann|ns\b|pbs|diluent|juice|applesauce|5% d|gs\b|0\.9% ?n)"
)
_SALT_WATER = Pattern(
    r"\s?(?:of )?(?:a )?(?:[\d.,]{1,5} ?% ?)?(?:of )?(?:normal |isotonic |sterile |physiological |plain )*"
    r"(?:saline|sodium chloride|nacl|dextrose|ringer)",
    re.I,
)
_LIQUID_AFTER = Pattern(
    rf"\s?\)?,?\s?(?:of )?(?:a )?(?:[\d.,]{{1,5}} ?% ?(?:\(?w/v\)? )?)?(?:of )?{_LIQUID}", re.I
)
_DILUTED = Pattern(
    r"\b(?:administered|given|injected|delivered|infused) (?:through|as|via|in|by)(?: an?)? $"
    r"|\b(?:diluted|dissolved|mixed|reconstituted|suspended|resuspended|dilute|dissolve|made up|dispersed|"
    r"diluting|added|prepared)\b[^.;]{0,40}\b(?:in|with|into|to)(?: a| an)?(?: total)?(?: volume)?(?: of|"
    r" up to)?(?: approximately| about)? ?$"
    r"|\b(?:in|volume of|volume:|volume|to a volume of|in a volume of|in a total volume of|with)(?: a|"
    r" an)?(?: (?:total|final|infusion|injection))?(?: volume(?: of)?)? ?[:(]? ?$",
    re.I,
)
_PERCENT_USE = Pattern(
    r"\b(?:cream|ointment|gel|lotion|drops?|shampoo|mouthwash|foam|topical\w*|spray|emulsion|paste|varnish|"
    r"toothpaste|solution|eyedrops?|patch|sevoflurane|desflurane|isoflurane|nebuli\w+|inhal\w+|rinse|oil|peel|"
    r"serum|sodium|saline|acid|ophthalmic|instill\w*|apply|applied|wash|carrier|iodine|chlorhexidine)\b",
    re.I,
)
_PERCENT_FORM = Pattern(r" ?(?:\w+ ){0,2}(?:cream|ointment|gel|lotion|drops?|solution|foam|spray|eye)", re.I)
_PERCENT_AFTER = Pattern(
    r"\s?(?:of (?!(?:\w+ )?(?:cream|gel|ointment|lotion))|reduc|increase|decrease|confiden|CI\b|improve|power|"
    r"probab|chance|level|from|isodose|dose\b|or more|or greater|lower|higher|\w{1,30} (?:reduction|increase|"
    r"of (?:the|patients|subjects|participants)))",
    re.I,
)
_STRENGTHS = {"mass", "activity", "amount", "volume"}
# What a capsule or syringe holds, in a sentence that says nothing of taking it.
_CONTENTS = Pattern(
    r"(?:\b(?:each|every|one|per) [^;\n]{0,60}?|^|\. )"
    r"\b(?:tablet|capsule|sachet|syringe|vial|pen|patch|dose|ampoule|pack|bottle)s?"
    r"\b[^;\n]{0,50}?\b(?:contain(?:s|ed|ing)?|provid(?:es|ing)|holds)\b",
    re.I,
)
_DAILY = Pattern(
    r"\b(?:daily|weekly|once|twice|times|a day|each day|applied|"
    r"every (?:\d|other|day|week|month|morning|night|two|three|four)|per day|bid|tid|qd|qid|"
    r"administered|receiv\w+|take|taken|given|consum\w+|ingest\w*|inject(?:ed|ing|s)?|swallow\w*)\b",
    re.I,
)
_COMPOSITION = Pattern(
    r"\b(?:compositions?|ingredients?|excipients?|composed of|is composed)\b(?! (?:and|of (?:one|each|a|the|\d)\b))",
    re.I,
)


# "Add 30 mL of syrup": what is done to prepare it.
_PREPARED = Pattern(
    r"[\s\"'*•-]{0,6}(?:add|rinse|grind|dissolve|dilute|mix|make ?up|fill|transfer|withdraw|reconstitute|crush|stir)\b"
    r"(?! (?:each|the) (?:nostril|mouth|nose|eye))",
    re.I,
)
_TAKEN = Pattern(
    r"\b(?:tak(?:e|en|ing)|drink|drunk|give|given|swallow|administer|inject|inhale|infuse|consume|eat)", re.I
)
_BLOOD_UNITS = Pattern(r"\bplasma\b|\bred (?:blood )?cells?\b|\bplatelets?\b|\bPRBCs?\b|\bcord blood\b", re.I)


def is_dose(
    text: str, amount: Amount, sentence: tuple[int, int], neighbours: list[Amount], name: str = ""
) -> bool:
    """Whether the amount is a dose; `neighbours` are the other amounts of the sentence.

    A sentence that says nothing about giving leaves a strength or a pack size: "40 mg film-coated tablets".
    """
    if amount.concentration or amount.unit.endswith(("/min", "/L")) and amount.dimension in {"volume"}:
        return False
    if amount.dimension == "form" and any(other.dimension in _STRENGTHS for other in neighbours):
        return False
    before = text[max(sentence[0], amount.start - 90) : amount.start]
    after = text[amount.end : min(len(text), amount.end + 60)]
    if _about(before, after, amount, neighbours) or _near_miss(before, after, amount, neighbours):
        return False
    if amount.unit == "%":
        return _percent(text, amount, sentence, after, neighbours)
    if amount.dimension == "volume" and _SAMPLE.search(name):
        return False
    if amount.dimension == "volume" and _no_given_volume(text, amount, sentence, before, after, neighbours, name):
        return False
    if (neighbours and _LISTED_FORM.match(after)) or _is_handled(text, amount, sentence):
        return False
    if amount.high == 0 or _is_said_otherwise(amount, before):
        return False
    if amount.dissolved and not _given_dissolved(text, amount, sentence, before, neighbours):
        return False
    if _is_content(text, amount, sentence, neighbours):
        return False
    return not _pack(text, amount, sentence, before, after, neighbours)


def _about(before: str, after: str, amount: Amount, neighbours: list[Amount]) -> bool:
    """Whether the words right beside an amount say that it is a cap, a tolerance or the total of its neighbours."""
    if _ABOUT_AFTER.match(after) or before.endswith(("± ", "±", "+/- ")):
        return True
    if _CAP_AFTER.match(after) and re.search(r"[(\[,]", before[-3:]):
        return True
    summed = _TOTAL_AFTER.match(after) and amount.dimension != "radiation"
    return bool(summed) and any(other.dimension == amount.dimension for other in neighbours)


def _is_handled(text: str, amount: Amount, sentence: tuple[int, int]) -> bool:
    """Whether the sentence says how something is prepared, or counts bags of blood or plasma."""
    if _PREPARED.match(text, sentence[0]) and not _TAKEN.search(text, *sentence):
        return True
    few = amount.dimension == "activity" and (amount.high or 99) <= 10
    return few and bool(_BLOOD_UNITS.search(text, *sentence))


def _is_said_otherwise(amount: Amount, before: str) -> bool:
    """Whether brackets say the amount before them in another unit: "9 mCi (333 MBq)", "42 mg (…, 6 mmol)"."""
    if _ABOUT_THE_SAME.search(before):
        return True
    if amount.dimension in {"radioactivity", "activity"}:
        return bool(_OTHERWISE_SAID.search(before) or _OPENED_MASS.search(before))
    return amount.dimension == "amount" and bool(_SALT_OF.search(before))


def _is_content(text: str, amount: Amount, sentence: tuple[int, int], neighbours: list[Amount]) -> bool:
    """Whether the sentence says what a unit of the product is made of."""
    near = max(sentence[0], amount.start - 250)
    holds = _CONTENTS.search(text, near, amount.start) or _INGREDIENT.search(text, near, amount.start)
    if holds and not _DAILY.search(text, *sentence):
        return True
    listed = bool(_BULLET.match(text, sentence[0])) and not _DAILY.search(text, *sentence)
    start = max(0 if listed else sentence[0], amount.start - 600)
    return (listed or len(neighbours) > 1) and bool(_COMPOSITION.search(text, start, amount.start))


_INGREDIENT = Pattern(r"\b(?:ingredients?|active substances?) ?:(?:[^.;\n]|\.\d){0,80}$", re.I)
_BULLET = Pattern(r"[ \t]*[*•-]")


def is_only_total(text: str, amount: Amount, sentence: tuple[int, int], name: str = "") -> bool:
    """Whether a total is the dose, in a sentence whose other amounts are none: "three 0.2 mL vials, total 0.6 mL"."""
    match = _BEFORE.search(text[max(sentence[0], amount.start - 90) : amount.start])
    daily = match is not None and re.match(r"(?:a )?total(?: daily)? dose", match[0].strip(), re.I)
    return bool(daily) and is_dose(text, amount, sentence, [], name)


_CEILING = Pattern(r"\bup to (?:a |the )?max(?:imum|imal)? [^.;]{0,40}$", re.I)
_RISING = Pattern(r"\b(?:escalat|increas|rising|titrat|build)", re.I)


def is_ceiling(text: str, amount: Amount, sentence: tuple[int, int]) -> bool:
    """Whether the amount is where rising doses end: "escalating doses up to a maximum study dose of 0.6 mL"."""
    ends = _CEILING.search(text, sentence[0], amount.start)
    return bool(ends and _RISING.search(text, sentence[0], ends.start()))


def _given_dissolved(
    text: str, amount: Amount, sentence: tuple[int, int], before: str, neighbours: list[Amount]
) -> bool:
    """Whether "300 mg/2 mL" is what is given: somebody gives it, and the mass does not stand there by itself."""
    if _VIAL_AFTER.match(text, amount.end):
        return False
    if any(other.low == amount.low and other.unit == amount.unit for other in neighbours if not other.dissolved):
        return False
    if amount.dimension == "allergen" and not _SUPPLIED.search(text, *sentence):
        return True
    if _LEVELS.search(before) or "," in text[amount.start : amount.end]:
        return True  # "600, 1600, 4000 SU/0.5 mL"
    rest = text[sentence[0] : amount.start] + " " + text[amount.end : sentence[1]]
    return bool(_GIVEN.search(rest)) and not _SUPPLIED.search(before)


def _near_miss(before: str, after: str, amount: Amount, neighbours: list[Amount]) -> bool:
    match = _BEFORE.search(before)
    if match is None:
        return False
    if re.search(r"\(total (?:dose|of)[^()]{0,12}$", before, re.I):
        return amount.dimension != "radiation"
    if _ONE_FORM.match(match[0]) and _DAILY.search(after):
        return False  # "one capsule containing 20 mg of it per day"
    if _TOTAL_OF.match(match[0]) and _OF_AGENT.match(after) and all(n.start > amount.start for n in neighbours):
        return False
    if re.match(r"(?:rate|speed)", match[0], re.I):
        return bool(neighbours)
    if "weight" in match[0].lower() or (
        match[0].lower().startswith("cumulative") and amount.dimension != "radiation"
    ):
        return True
    if _TOTAL.match(match[0].strip()) or match[0].lower().startswith(("a total", "cumulative")):
        if amount.dimension == "radiation":
            return False
        return any(other.dimension == amount.dimension and other is not amount for other in neighbours)
    if match[0].lower().startswith(("equivalent", "equal", "correspond")):
        return not DAILY_AFTER.match(after) and any(
            other.dimension not in {"volume", "fraction"} for other in neighbours
        )
    if re.match(r"concentrations?|levels?", match[0], re.I):
        return not re.search(r"dos(?:e|age) levels?(?:\(s\))? *[\w]* *[:(]? *$", before, re.I)
    return True


def _percent(text: str, amount: Amount, sentence: tuple[int, int], after: str, neighbours: list[Amount]) -> bool:
    whole = text[sentence[0] : sentence[1]]
    if any(other.dimension != "fraction" for other in neighbours) or _PERCENT_AFTER.match(after):
        return False
    if len(neighbours) > 2 and not _PERCENT_FORM.match(after):
        return False
    if amount.low == 0.9:  # normal saline: what carries, or a placebo without a stated volume
        return False
    return bool(_PERCENT_USE.search(whole)) and (amount.high or 0) <= 100 and amount.low == amount.high


_MADE_OF = Pattern(r"\bwhich consist(?:s|ed) of [^.;]{0,40}$", re.I)


_GIVEN_ITSELF = Pattern(
    r"\b(?:receive|bolus|inject\w*|infus\w+|placebo|group|arm)\b[^.;]{0,30}$|"
    r"\b(?:received|injected)\b[^.;]{0,50} and $",
    re.I,
)
_TRANSFUSED = Pattern(r"\btransfus", re.I)
_CARRIER_BEFORE = Pattern(
    rf"(?:\+|\bin|\bwith|\binto) (?:[\d.]{{1,4}} ?% ?)?{_LIQUID}(?: solution)? ?[,(]? ?$", re.I
)
_DRINK = Pattern(r"\b(?:water|juice)\b", re.I)


def _no_given_volume(
    text: str,
    amount: Amount,
    sentence: tuple[int, int],
    before: str,
    after: str,
    neighbours: list[Amount],
    name: str,
) -> bool:
    if _SAMPLE.search(text, *sentence) and not (_PUT_IN.search(before) or _TRANSFUSED.search(text, *sentence)):
        return True
    carrier = _LIQUID_AFTER.match(after)
    drunk = carrier and _DRINK.search(carrier[0]) and _DRINK.search(name)
    if carrier and not drunk and not _GIVEN_ITSELF.search(before):
        alone = all(other.dimension in {"volume", "fraction"} for other in neighbours)
        if not (alone and _SALT_WATER.match(after)) or _DILUTED.search(before):
            return True
    others = [o for o in neighbours if o.dimension not in {"volume", "fraction", "form"} and not o.concentration]
    if others and (_INFUSION_AFTER.match(after) or _CARRIER_BEFORE.search(before)):
        return True
    return any(_holds(text, amount, other) for other in others)


_PUT_IN = Pattern(r"\binfus|\binject|administ|receive", re.I)
_VOLUME_OF_IT = Pattern(
    r"(?:[^.;]{0,25}[(=/]|,)\s?(?:i\.?e\.? |equivalent to |or |approximately |in )?(?:a )?(?:volume(?: of)? "
    r"|total volume(?: of)? |total (?:of )?)?|\s?(?:in|or|/|=|diluted in|contained in(?: each)?|equivalent to)"
    r"(?: a| an)? (?:volume of |total volume of )?",
    re.I,
)
_CONTENT_OF_IT = Pattern(
    r"\s?[(=/,]\s?(?:i\.?e\.?,? |equivalent to |containing |or |about |approximately )?|"
    r"\s?(?:containing|equivalent to|with|or|of) ",
    re.I,
)


def _holds(text: str, volume: Amount, other: Amount) -> bool:
    """Whether a volume is that of another amount: "60 mg (1 mL)", "200 mg in 250 mL", "2 mL containing 8 mg"."""
    if other.end > volume.start:
        between = text[volume.end : other.start]
        return other.start - volume.end < 30 and bool(_CONTENT_OF_IT.fullmatch(between))
    between = text[other.end : volume.start]
    if len(between) >= 90:
        return False
    diluted = _DILUTED.search(text[other.end - 1 : volume.start]) or _MADE_OF.search(between)
    return bool(diluted or _VOLUME_OF_IT.fullmatch(between))


def _pack(
    text: str, amount: Amount, sentence: tuple[int, int], before: str, after: str, neighbours: list[Amount]
) -> bool:
    if _PACK_AFTER.match(after) and not re.match(r"\s?/ ?(?:tablet|capsule)", after):
        return True
    if _NEEDLE_AFTER.match(after):
        return True
    if amount.dimension == "radiation":
        return False
    rest = text[sentence[0] : amount.start] + " " + text[amount.end : sentence[1]]
    in_packs = _IN_PACKS.search(text, max(sentence[0], amount.start - 300), amount.start)
    supplied = _SUPPLIED.search(before) and not _DOSAGE_RIGHT_BEFORE.search(before)
    if (in_packs or supplied) and not re.search(
        r"\b(?:daily|twice|once|every|weekly|bid|qd|tid|times|q\d+w|administered|infused)\b", rest, re.I
    ):
        return True
    if (
        _FORM_AFTER.match(after[listed.end() :] if (listed := _OTHER_STRENGTHS.match(after)) else after)
        and not _COUNT_BEFORE.search(before)
        and any(_is_multiple(text, other, amount) for other in neighbours)
    ):
        return True
    if _FORM_BEFORE.search(before) and _FORM_AFTER.match(after):
        return True
    strength = _FORM_AFTER.match(after) or _HOLDS.search(before)
    if amount.schedule is None:
        strength = strength or _FORM_RIGHT_BEFORE.search(before)
    return bool(strength) and not _GIVEN.search(rest)


def _is_multiple(text: str, other: Amount, amount: Amount) -> bool:
    """Whether another amount is what is given of this strength: "25 mg tablets … 50 mg twice daily"."""
    if other.unit != amount.unit or not (other.low and amount.low) or other.start <= amount.end:
        return False
    return (
        amount.low < other.low <= 8 * amount.low
        and round(other.low / amount.low, 6) % 1 == 0
        and not _FORM_AFTER.match(text, other.end)
    )
