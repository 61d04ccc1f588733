"""Conditions and keywords as the sponsor typed them, and the MeSH terms the registry gave."""

from __future__ import annotations

from ...model.derived import BrowseModule, Mesh
from ...reading.markup import plain
from ..blocks import Block, Disclosure, Tags, Value, present
from .context import PageContext


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: conditionsModule, derivedSection.conditionBrowseModule."""
    study = context.study
    derived = study.derived_section
    return present(
        _tags("Conditions", study.conditions),
        _tags("Keywords", study.keywords),
        mesh_blocks(derived.condition_browse_module if derived else None),
    )


def mesh_blocks(browse: BrowseModule | None) -> tuple[Block, ...]:
    """MeSH terms open, broader terms and old browse terms folded."""
    if browse is None:
        return ()
    meshes = _mesh_tags("MeSH terms", browse.meshes)
    leaves = tuple(
        Value(
            plain(leaf.name or leaf.id or "Term without a name"),
            registry=leaf.id or "",
            note=", ".join(
                part
                for part in (
                    f"found as “{plain(leaf.as_found)}”" if leaf.as_found else "",
                    f"{leaf.relevance.lower()} relevance" if leaf.relevance else "",
                )
                if part
            ),
        )
        for leaf in browse.browse_leaves
    )
    branches = tuple(
        Value(plain(branch.name or branch.abbrev or ""), registry=branch.abbrev or "")
        for branch in browse.browse_branches
    )
    wider = present(
        _mesh_tags("Broader MeSH terms", browse.ancestors),
        Tags(leaves, "Browse terms of an earlier release") if leaves else None,
        Tags(branches, "Browse branches of an earlier release") if branches else None,
    )
    return present(meshes, Disclosure("Broader terms", wider) if wider else None)


def _tags(label: str, texts: tuple[str, ...]) -> Tags | None:
    return Tags(tuple(Value(plain(text)) for text in texts), label) if texts else None


def _mesh_tags(label: str, meshes: tuple[Mesh, ...]) -> Tags | None:
    values = tuple(Value(plain(mesh.term or mesh.id), registry=mesh.id or "") for mesh in meshes)
    return Tags(values, label) if values else None
