"""The pages of the sample say what is invented and what is rewritten, and name the registry only for its own."""

from __future__ import annotations

from trialkin import Library
from trialkin.views.study import page_context, study_page
from trialkin.views.study.whole import page_text


def test_every_sample_page_says_what_it_is(sample_library: Library) -> None:
    for nct_id in sample_library.store.nct_ids():
        text = page_text(study_page(page_context(sample_library.page(nct_id))))
        invented = nct_id.startswith("NCT99")
        assert ("INVENTED SAMPLE STUDY" in text) is invented
        assert ("Trialkin's own words" in text) is not invented
        assert ("Source: ClinicalTrials.gov" in text) is not invented


def test_a_withheld_study_is_not_called_withdrawn(sample_library: Library) -> None:
    text = page_text(study_page(page_context(sample_library.page("NCT99000026"))))
    assert "withdrawn before anybody" not in text and "does not say what type" in text
