"""The query language: what is read, what is printed, and errors that point at the place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialkin.errors import InvalidQuery
from trialkin.indexes.search import tree as q
from trialkin.indexes.search.query import parse

WORD = st.text("abcdefgz0189αé-/.", min_size=1, max_size=8).filter(
    lambda text: text[0].isalnum() and text[-1].isalnum()
)
PHRASE = st.lists(WORD, min_size=1, max_size=4).map(lambda words: q.Phrase(" ".join(words)))
DATE = st.sampled_from(["2019", "2020-02", "2020-02-29"])
LATER = st.sampled_from(["2021", "2022-11", "2023-01-31"])
LEAF = st.one_of(
    st.lists(WORD, min_size=1, max_size=4).map(lambda words: q.Words(tuple(words))),
    PHRASE,
    st.sampled_from(["PHASE1", "PHASE3", "NA"]).map(lambda value: q.Has("phase", value)),
    st.sampled_from(["United States", "China"]).map(lambda value: q.Has("country", value)),
    st.builds(q.Between, st.just("start"), st.none() | DATE, st.none() | LATER),
    st.builds(q.Between, st.just("enrollment"), st.none() | st.just("10"), st.none() | st.just("99")),
    st.sampled_from(["58 years", "1 month"]).map(lambda value: q.Fits("age", value)),
    st.just(q.Fits("sex", "female")),
    st.builds(q.Near, st.sampled_from(["Boston", "42.4, -71.1"]), st.sampled_from([5.0, 80.5]), st.booleans()),
    st.sampled_from(["Phase", "StartDate", "Keyword", "near", "age"]).map(q.Missing),
    st.just(q.Ids(("NCT00000102", "NCT07320690"))),
)
TEXT = st.one_of(st.lists(WORD, min_size=1, max_size=3).map(lambda words: q.Words(tuple(words))), PHRASE)
AREAS = st.sampled_from(["ConditionSearch", "InterventionSearch", "BriefTitle", "EligibilitySearch"])
SITE = st.one_of(
    TEXT,
    st.builds(q.InArea, st.sampled_from(["LocationCity", "LocationSearch"]), TEXT),
    st.sampled_from([q.Has("site_status", "RECRUITING"), q.Has("country", "China"), q.Near("Boston", 5.0)]),
)
CONTEXTS = st.one_of(
    st.builds(q.Widened, st.sampled_from(q.LEVELS), TEXT),
    st.builds(q.Covered, st.sampled_from(q.COVERAGES), TEXT),
    st.builds(q.InArea, AREAS, st.builds(q.Covered, st.sampled_from(q.COVERAGES), TEXT)),
    st.lists(SITE | SITE.map(q.Not), min_size=1, max_size=3).map(lambda items: q.OnSite(q.both(*items))),
    st.sampled_from(["cardio*", "neo*"]).map(lambda word: q.Words((word, "x"))),
)
TREES = st.recursive(
    LEAF | st.builds(q.InArea, AREAS, TEXT) | CONTEXTS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda items: q.both(*items)),
        st.lists(inner, min_size=2, max_size=3).map(lambda items: q.either(*items)),
        inner.filter(lambda item: not isinstance(item, q.Not)).map(q.Not),
    ),
    max_leaves=12,
)


ODD = st.lists(
    st.sampled_from(
        "SEARCH[Location]|COVERAGE[FullMatch]|COVERAGE[StartsWith]|EXPANSION[Lossy]|EXPANSION[None]|AREA[LocationCity]"
        '|AREA[LocationStatus]|RECRUITING|AREA[Condition]|cardio*|ab*|*x|"a b"|"a*"|(|)|NOT|OR|locn:|TILT[x]|x'.split(
            "|"
        )
    ),
    max_size=8,
).map(" ".join)


@given(TREES)
@settings(max_examples=400)
def test_what_is_printed_reads_back_as_the_same(tree: q.Node) -> None:
    assert parse(str(tree)) == tree


@given(st.text(max_size=200) | st.text('ab* "()[]:.,-ANDORT ', max_size=60) | ODD)
@settings(max_examples=600)
def test_any_text_is_read_or_refused_with_a_column(text: str) -> None:
    try:
        tree = parse(text)
    except InvalidQuery as error:
        assert 1 <= error.column <= len(text) + 1
        assert error.hint or "value" in error.message
    else:
        assert parse(str(tree)) == tree


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("heart attack", "heart attack"),
        (
            'cond:"head and neck" intr:cisplatin',
            'AREA[ConditionSearch]"head and neck" AND AREA[InterventionSearch](cisplatin)',
        ),
        ("phase:3", "AREA[Phase]PHASE3"),
        ("phase:2,3", "AREA[Phase]PHASE2 OR AREA[Phase]PHASE3"),
        ("phase:1/2", "AREA[Phase]PHASE1 AND AREA[Phase]PHASE2"),
        ("phase:none", "AREA[Phase]MISSING"),
        ("status:not-yet-recruiting", "AREA[OverallStatus]NOT_YET_RECRUITING"),
        ("start:2024..", "AREA[StartDate]RANGE[2024,MAX]"),
        ("start:..2024-06", "AREA[StartDate]RANGE[MIN,2024-06]"),
        ("size:100..500", "AREA[EnrollmentCount]RANGE[100,500]"),
        ("AREA[Phase](PHASE2 OR PHASE3)", "AREA[Phase]PHASE2 OR AREA[Phase]PHASE3"),
        ("a AND b OR c", "a AND b OR c"),
        ("a (b OR c) NOT d", "a AND (b OR c) AND NOT d"),
        ("cancer AND NOT (a b)", "cancer AND NOT a b"),
        ("age:58 sex:f" + "emale", 'age:"58 years" AND sex:"female"'),
        ('near:"Boston, 30 mi"', 'near:"Boston, 48.3 km"'),
        ("nct07320690", "NCT07320690"),
        ("KEYNOTE-689: a study", "KEYNOTE-689 a study"),
        ("cardio* (nephro*, x)", "cardio* AND nephro* x"),
        ("HLA-A*02:01", "HLA-A*02 01"),
        ("COVERAGE[fullmatch]AREA[Condition]asthma", "AREA[Condition](COVERAGE[FullMatch](asthma))"),
        ('COVERAGE[Contains]"a b"', '"a b"'),
        ('EXPANSION[relaxation]"a b"', 'EXPANSION[Relaxation]("a b")'),
        (
            "search[location](x) SEARCH[Location](AREA[LocationCity]Boston AND AREA[LocationStatus]recruiting)",
            "search location AND x AND SEARCH[Location](AREA[LocationCity](Boston) AND AREA[LocationStatus]RECRUITING)",
        ),
        ("", "ALL"),
    ],
)
def test_the_language(text: str, printed: str) -> None:
    assert str(parse(text)) == printed


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ('heart "attack', 7, "quotation mark"),
        ("(heart OR attack", 1, "parenthesis"),
        ("heart) attack", 6, "never opened"),
        ("heart AND", 10, "Expected a word"),
        ("AND heart", 1, "Expected a word"),
        ("foo:bar", 1, "no field 'foo'"),
        ("conditon:bar", 1, "Did you mean condition"),
        ("AREA[Condtion]x", 6, "Did you mean Condition"),
        ("AREA[Condition x", 5, "closing bracket"),
        ("x phase:9", 9, "Expected one of"),
        ("start:soon", 7, "is no date"),
        ("start:2024..2020", 7, "ends before it begins"),
        ("AREA[StartDate]RANGE[2020]", 16, "two bounds"),
        ("SEARCH[Location](cond:x)", 1, "a site does not say"),
        ("x SEARCH[Study](x)", 10, "Expected Location"),
        ("AREA[LocationStatus]RECRUITING", 1, "inside SEARCH[Location]"),
        ("EXPANSION[Much]x", 11, "Expected None or Term"),
        ("COVERAGE[Most]x", 10, "Expected FullMatch"),
        ("COVERAGE[FullMatch](a OR b)", 1, "needs a text"),
        ("TILT[StartDate]x", 1, "chosen beside the search"),
        ("ab*", 3, "three letters or more"),
        ("x *pathy", 3, "three letters or more"),
        ('"heart atta*"', 12, "three letters or more"),
        (" ".join(["abc*"] * 11), 51, "more than 10 words"),
        ("sex:other", 5, "Expected female or male"),
        ("!?", 1, "no word"),
        ("x " * 400, 601, "more than 300 terms"),
        ("(" * 60 + "x" + ")" * 60, 27, "deep"),
        ("x" * 20_000, 10_001, "characters"),
    ],
)
def test_errors_point_at_the_place(text: str, column: int, said: str) -> None:
    with pytest.raises(InvalidQuery) as caught:
        parse(text)
    assert caught.value.column == column
    assert said in f"{caught.value.message} {caught.value.hint}"
