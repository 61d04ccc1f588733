"""The annotation, document and derived sections: what the registry added.

Must not know: storage, search, pages.
"""

from __future__ import annotations

from .protocol import DateStruct
from .record import Record


class UnpostedEvent(Record, frozen=True):
    """A step of results that were submitted but not posted.

    Source: annotationSection.annotationModule.unpostedAnnotation.unpostedEvents[].
    """

    type: str | None = None
    date: str | None = None
    date_unknown: bool | None = None


class UnpostedAnnotation(Record, frozen=True):
    """Results submitted, returned or withdrawn before posting.

    Source: annotationSection.annotationModule.unpostedAnnotation.
    """

    unposted_responsible_party: str | None = None
    unposted_events: tuple[UnpostedEvent, ...] = ()


class ViolationEvent(Record, frozen=True):
    """One step of an FDAAA 801 violation notice.

    Source: annotationSection.annotationModule.violationAnnotation.violationEvents[].
    """

    type: str | None = None
    description: str | None = None
    creation_date: str | None = None
    issued_date: str | None = None
    release_date: str | None = None
    posted_date: str | None = None


class ViolationAnnotation(Record, frozen=True):
    """FDAAA 801 violation notices.

    Source: annotationSection.annotationModule.violationAnnotation.
    """

    violation_events: tuple[ViolationEvent, ...] = ()


class AnnotationModule(Record, frozen=True):
    """Notes the registry added.

    Source: annotationSection.annotationModule.
    """

    unposted_annotation: UnpostedAnnotation | None = None
    violation_annotation: ViolationAnnotation | None = None


class AnnotationSection(Record, frozen=True):
    """Notes the registry added.

    Source: annotationSection.
    """

    annotation_module: AnnotationModule | None = None


class LargeDoc(Record, frozen=True):
    """A posted document: protocol, analysis plan or consent form.

    Source: documentSection.largeDocumentModule.largeDocs[].
    """

    type_abbrev: str | None = None
    has_protocol: bool | None = None
    has_sap: bool | None = None
    has_icf: bool | None = None
    label: str | None = None
    date: str | None = None
    upload_date: str | None = None
    filename: str | None = None
    size: int | None = None


class LargeDocumentModule(Record, frozen=True):
    """Posted documents.

    Source: documentSection.largeDocumentModule.
    """

    no_sap: bool | None = None
    large_docs: tuple[LargeDoc, ...] = ()


class DocumentSection(Record, frozen=True):
    """Posted documents.

    Source: documentSection.
    """

    large_document_module: LargeDocumentModule | None = None


class FirstMcpInfo(Record, frozen=True):
    """When results first passed major-comments review.

    Source: derivedSection.miscInfoModule.submissionTracking.firstMcpInfo.
    """

    post_date_struct: DateStruct | None = None


class SubmissionInfo(Record, frozen=True):
    """One round of results submission and review.

    Source: derivedSection.miscInfoModule.submissionTracking.submissionInfos[].
    """

    release_date: str | None = None
    unrelease_date: str | None = None
    unrelease_date_unknown: bool | None = None
    reset_date: str | None = None
    mcp_release_n: int | None = None


class SubmissionTracking(Record, frozen=True):
    """Results under review, not yet posted.

    Source: derivedSection.miscInfoModule.submissionTracking.
    """

    estimated_results_first_submit_date: str | None = None
    first_mcp_info: FirstMcpInfo | None = None
    submission_infos: tuple[SubmissionInfo, ...] = ()


class MiscInfoModule(Record, frozen=True):
    """Data release of the record (`version_holder`), removed countries, submission tracking.

    Source: derivedSection.miscInfoModule.
    """

    version_holder: str | None = None
    removed_countries: tuple[str, ...] = ()
    submission_tracking: SubmissionTracking | None = None


class Mesh(Record, frozen=True):
    """A MeSH term given by the registry; older conversions lack the id.

    Source: derivedSection.conditionBrowseModule.meshes[].
    """

    id: str | None = None
    term: str | None = None


class BrowseLeaf(Record, frozen=True):
    """A browse term; absent since the August 2025 re-ingest, never depend on it.

    Source: derivedSection.conditionBrowseModule.browseLeaves[].
    """

    id: str | None = None
    name: str | None = None
    as_found: str | None = None
    relevance: str | None = None


class BrowseBranch(Record, frozen=True):
    """A browse branch; absent since the August 2025 re-ingest.

    Source: derivedSection.conditionBrowseModule.browseBranches[].
    """

    abbrev: str | None = None
    name: str | None = None


class BrowseModule(Record, frozen=True):
    """MeSH terms of the conditions or interventions, with ancestors.

    Source: derivedSection.conditionBrowseModule.
    """

    meshes: tuple[Mesh, ...] = ()
    ancestors: tuple[Mesh, ...] = ()
    browse_leaves: tuple[BrowseLeaf, ...] = ()
    browse_branches: tuple[BrowseBranch, ...] = ()


class DerivedSection(Record, frozen=True):
    """What the registry computed from the record.

    Source: derivedSection.
    """

    misc_info_module: MiscInfoModule | None = None
    condition_browse_module: BrowseModule | None = None
    intervention_browse_module: BrowseModule | None = None
