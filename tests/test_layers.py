"""Imports run downwards only, siblings never meet, and each heavy library has one home."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "src" / "trialkin"

LAYERS = (
    "errors",
    "config",
    "model",
    "vocab",
    "reading",
    "sample",
    "log",
    "registries",
    "indexes",
    "export | matching | history | health | links",
    "library",
    "views",
    "api | mcp",
    "web",
    "cli",
)
"""Lowest first; what shares a line never meets."""

HOMES = {
    "apsw": {"log"},
    "tantivy": {"indexes"},
    "httpx2": {"registries"},
    "fastapi": {"web", "api"},
    "starlette": {"web", "api"},
    "jinja2": {"web"},
    "mcp": {"mcp"},
    "duckdb": {"export", "matching"},
    "pyarrow": {"export", "matching"},
    "typer": {"cli"},
    "rich": {"cli"},
}


def _level(part: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if part in layer.split(" | "))


def _imports(path: Path) -> list[str]:
    """Absolute dotted names that a module imports, in functions and type-checking blocks too."""
    here = ("trialkin", *path.relative_to(PACKAGE).with_suffix("").parts)
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = list(here[: len(here) - node.level]) if node.level else []
            base += node.module.split(".") if node.module else []
            names += [".".join([*base, alias.name]) for alias in node.names]
    return names


def _part(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def test_imports_run_downwards() -> None:
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        part = _part(path)
        if part in {"__init__", "__main__"}:
            continue
        for name in _imports(path):
            pieces = name.split(".")
            if pieces[0] != "trialkin" or len(pieces) < 2 or pieces[1] in {part, "__version__"}:
                continue
            other = pieces[1]
            if _level(other) < _level(part):
                continue
            wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_each_heavy_library_has_one_home() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in PACKAGE.rglob("*.py")
        for name in _imports(path)
        if (home := HOMES.get(name.split(".")[0])) and _part(path) not in home
    ]
    assert not wrong, "\n".join(wrong)
