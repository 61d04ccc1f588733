"""The results section: what the sponsor posted after the study.

Numbers are strings as posted. Must not know: how they are drawn.
"""

from __future__ import annotations

from .record import Record


class FlowGroup(Record, frozen=True):
    """A column of the participant flow.

    Source: resultsSection.participantFlowModule.groups[].
    """

    id: str | None = None
    title: str | None = None
    description: str | None = None


class FlowStats(Record, frozen=True):
    """A count of one group at one milestone or for one reason; numbers are strings as posted.

    Source: resultsSection.participantFlowModule.periods[].milestones[].achievements[].
    """

    group_id: str | None = None
    comment: str | None = None
    num_subjects: str | None = None
    num_units: str | None = None


class FlowMilestone(Record, frozen=True):
    """A milestone row (STARTED, COMPLETED, NOT COMPLETED or free text).

    Source: resultsSection.participantFlowModule.periods[].milestones[].
    """

    type: str | None = None
    comment: str | None = None
    achievements: tuple[FlowStats, ...] = ()


class DropWithdraw(Record, frozen=True):
    """A reason for leaving with a count per group.

    Source: resultsSection.participantFlowModule.periods[].dropWithdraws[].
    """

    type: str | None = None
    comment: str | None = None
    reasons: tuple[FlowStats, ...] = ()


class FlowPeriod(Record, frozen=True):
    """One period of the flow.

    Source: resultsSection.participantFlowModule.periods[].
    """

    title: str | None = None
    milestones: tuple[FlowMilestone, ...] = ()
    drop_withdraws: tuple[DropWithdraw, ...] = ()


class ParticipantFlowModule(Record, frozen=True):
    """How participants moved through the study.

    Source: resultsSection.participantFlowModule.
    """

    pre_assignment_details: str | None = None
    recruitment_details: str | None = None
    type_units_analyzed: str | None = None
    groups: tuple[FlowGroup, ...] = ()
    periods: tuple[FlowPeriod, ...] = ()


class MeasureGroup(Record, frozen=True):
    """A column of a results table.

    Source: resultsSection.baselineCharacteristicsModule.groups[].
    """

    id: str | None = None
    title: str | None = None
    description: str | None = None


class DenomCount(Record, frozen=True):
    """How many units of a group were analysed.

    Source: resultsSection.baselineCharacteristicsModule.denoms[].counts[].
    """

    group_id: str | None = None
    value: str | None = None


class Denom(Record, frozen=True):
    """Denominators of one kind of unit, per group.

    Source: resultsSection.baselineCharacteristicsModule.denoms[].
    """

    units: str | None = None
    counts: tuple[DenomCount, ...] = ()


class Measurement(Record, frozen=True):
    """One cell of a results table; values are strings as posted ("NA", "<0.001", ".5").

    Source: resultsSection.baselineCharacteristicsModule.measures[].classes[].categories[].measurements[].
    """

    group_id: str | None = None
    value: str | None = None
    spread: str | None = None
    lower_limit: str | None = None
    upper_limit: str | None = None
    comment: str | None = None


class MeasureCategory(Record, frozen=True):
    """One row within a class.

    Source: resultsSection.baselineCharacteristicsModule.measures[].classes[].categories[].
    """

    title: str | None = None
    measurements: tuple[Measurement, ...] = ()


class MeasureClass(Record, frozen=True):
    """A block of rows, often a time point or subgroup.

    Source: resultsSection.baselineCharacteristicsModule.measures[].classes[].
    """

    title: str | None = None
    denoms: tuple[Denom, ...] = ()
    categories: tuple[MeasureCategory, ...] = ()


class BaselineMeasure(Record, frozen=True):
    """One baseline characteristic.

    Source: resultsSection.baselineCharacteristicsModule.measures[].
    """

    title: str | None = None
    description: str | None = None
    population_description: str | None = None
    param_type: str | None = None
    dispersion_type: str | None = None
    unit_of_measure: str | None = None
    calculate_pct: bool | None = None
    denom_units_selected: str | None = None
    denoms: tuple[Denom, ...] = ()
    classes: tuple[MeasureClass, ...] = ()


class BaselineCharacteristicsModule(Record, frozen=True):
    """Who took part.

    Source: resultsSection.baselineCharacteristicsModule.
    """

    population_description: str | None = None
    type_units_analyzed: str | None = None
    groups: tuple[MeasureGroup, ...] = ()
    denoms: tuple[Denom, ...] = ()
    measures: tuple[BaselineMeasure, ...] = ()


class MeasureAnalysis(Record, frozen=True):
    """One statistical analysis of an outcome; numbers are strings as posted.

    Source: resultsSection.outcomeMeasuresModule.outcomeMeasures[].analyses[].
    """

    param_type: str | None = None
    param_value: str | None = None
    dispersion_type: str | None = None
    dispersion_value: str | None = None
    statistical_method: str | None = None
    statistical_comment: str | None = None
    p_value: str | None = None
    p_value_comment: str | None = None
    ci_num_sides: str | None = None
    ci_pct_value: str | None = None
    ci_lower_limit: str | None = None
    ci_upper_limit: str | None = None
    ci_lower_limit_comment: str | None = None
    ci_upper_limit_comment: str | None = None
    estimate_comment: str | None = None
    tested_non_inferiority: bool | None = None
    non_inferiority_type: str | None = None
    non_inferiority_comment: str | None = None
    other_analysis_description: str | None = None
    group_description: str | None = None
    group_ids: tuple[str, ...] = ()


class OutcomeMeasure(Record, frozen=True):
    """A posted outcome measure with its table and analyses.

    Source: resultsSection.outcomeMeasuresModule.outcomeMeasures[].
    """

    type: str | None = None
    title: str | None = None
    description: str | None = None
    population_description: str | None = None
    reporting_status: str | None = None
    anticipated_posting_date: str | None = None
    param_type: str | None = None
    dispersion_type: str | None = None
    unit_of_measure: str | None = None
    calculate_pct: bool | None = None
    time_frame: str | None = None
    type_units_analyzed: str | None = None
    denom_units_selected: str | None = None
    groups: tuple[MeasureGroup, ...] = ()
    denoms: tuple[Denom, ...] = ()
    classes: tuple[MeasureClass, ...] = ()
    analyses: tuple[MeasureAnalysis, ...] = ()


class OutcomeMeasuresModule(Record, frozen=True):
    """Posted outcomes.

    Source: resultsSection.outcomeMeasuresModule.
    """

    outcome_measures: tuple[OutcomeMeasure, ...] = ()


class EventGroup(Record, frozen=True):
    """A column of the adverse-event tables with its own denominators.

    Source: resultsSection.adverseEventsModule.eventGroups[].
    """

    id: str | None = None
    title: str | None = None
    description: str | None = None
    deaths_num_affected: int | None = None
    deaths_num_at_risk: int | None = None
    serious_num_affected: int | None = None
    serious_num_at_risk: int | None = None
    other_num_affected: int | None = None
    other_num_at_risk: int | None = None


class EventStats(Record, frozen=True):
    """Counts of one event in one group; None means not reported, not zero.

    Source: resultsSection.adverseEventsModule.seriousEvents[].stats[].
    """

    group_id: str | None = None
    num_events: int | None = None
    num_affected: int | None = None
    num_at_risk: int | None = None


class AdverseEvent(Record, frozen=True):
    """One adverse-event term.

    Source: resultsSection.adverseEventsModule.seriousEvents[].
    """

    term: str | None = None
    organ_system: str | None = None
    source_vocabulary: str | None = None
    assessment_type: str | None = None
    notes: str | None = None
    stats: tuple[EventStats, ...] = ()


class AdverseEventsModule(Record, frozen=True):
    """Deaths, serious and other adverse events.

    Source: resultsSection.adverseEventsModule.
    """

    frequency_threshold: str | None = None
    time_frame: str | None = None
    description: str | None = None
    all_cause_mortality_comment: str | None = None
    event_groups: tuple[EventGroup, ...] = ()
    serious_events: tuple[AdverseEvent, ...] = ()
    other_events: tuple[AdverseEvent, ...] = ()


class LimitationsAndCaveats(Record, frozen=True):
    """Limitations as the sponsor states them.

    Source: resultsSection.moreInfoModule.limitationsAndCaveats.
    """

    description: str | None = None


class CertainAgreement(Record, frozen=True):
    """Whether investigators may publish freely.

    Source: resultsSection.moreInfoModule.certainAgreement.
    """

    pi_sponsor_employee: bool | None = None
    restriction_type: str | None = None
    restrictive_agreement: bool | None = None
    other_details: str | None = None


class PointOfContact(Record, frozen=True):
    """Whom to ask about the results.

    Source: resultsSection.moreInfoModule.pointOfContact.
    """

    title: str | None = None
    organization: str | None = None
    email: str | None = None
    phone: str | None = None
    phone_ext: str | None = None


class MoreInfoModule(Record, frozen=True):
    """Caveats, agreements and contact of the results.

    Source: resultsSection.moreInfoModule.
    """

    limitations_and_caveats: LimitationsAndCaveats | None = None
    certain_agreement: CertainAgreement | None = None
    point_of_contact: PointOfContact | None = None


class ResultsSection(Record, frozen=True):
    """Posted results.

    Source: resultsSection.
    """

    participant_flow_module: ParticipantFlowModule | None = None
    baseline_characteristics_module: BaselineCharacteristicsModule | None = None
    outcome_measures_module: OutcomeMeasuresModule | None = None
    adverse_events_module: AdverseEventsModule | None = None
    more_info_module: MoreInfoModule | None = None
