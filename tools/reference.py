"""Writes docs/reference.md from the code: commands, addresses, settings, errors. `make docs`; a test holds it fresh."""

from __future__ import annotations

import dataclasses
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import typer
from fastapi.routing import APIRoute

from trialkin import config, errors
from trialkin.cli import app as cli
from trialkin.web.app import _APIS, _NOUNS

OUT = Path(__file__).parent.parent / "docs" / "reference.md"


def reference() -> str:
    """The whole page."""
    parts = ["# Reference", "Made from the code by `make docs`."]
    parts += ["## Commands", *_commands(), "## Addresses of the web app", *_addresses()]
    parts += ["## Settings", *_settings(), "## Errors and exit statuses", *_errors()]
    return "\n\n".join(parts) + "\n"


def _commands() -> Iterator[str]:
    group = typer.main.get_command(cli)
    for name, command in _flat("", group):
        text = inspect.cleandoc(command.help or "")
        yield f"### trialkin {name}\n\n{text}"
        rows = [_parameter(parameter) for parameter in command.params if parameter.name != "help"]
        if rows:
            yield "\n".join(["| option | meaning | default |", "|---|---|---|", *rows])


def _flat(prefix: str, group) -> Iterator[tuple]:  # type: ignore[no-untyped-def]
    for name, command in sorted(group.commands.items()):
        if command.hidden:
            continue
        if hasattr(command, "commands"):
            yield from _flat(f"{prefix}{name} ", command)
        else:
            yield prefix + name, command


def _parameter(parameter) -> str:  # type: ignore[no-untyped-def]
    names = ", ".join(f"`{option}`" for option in [*parameter.opts, *parameter.secondary_opts])
    shown = f"`{parameter.name.upper()}`" if parameter.param_type_name == "argument" else names
    default = parameter.default
    plain = (
        "" if default in (None, False, "", ()) or callable(default) else f"`{getattr(default, 'value', default)}`"
    )
    return f"| {shown} | {(getattr(parameter, 'help', '') or '').replace('|', chr(92) + '|')} | {plain} |"


def _addresses() -> Iterator[str]:
    rows = ["| address | what |", "|---|---|"]
    for noun in (*_NOUNS, *_APIS):
        for route in noun.router.routes:
            if isinstance(route, APIRoute):
                summary = inspect.cleandoc(route.endpoint.__doc__ or "").split("\n\n")[0].replace("\n", " ")
                rows.append(f"| {' '.join(sorted(route.methods))} `{route.path}` | {summary} |")
    yield "\n".join(rows)


def _settings() -> Iterator[str]:
    yield inspect.cleandoc(config.__doc__ or "")
    rows = ["| variable | default |", "|---|---|"]
    for field in dataclasses.fields(config.Settings):
        default = "the platform's data folder" if field.default is dataclasses.MISSING else f"`{field.default}`"
        rows.append(f"| `TRIALKIN_{field.name.upper()}` | {default} |")
    yield "\n".join(rows)


def _errors() -> Iterator[str]:
    rows = ["| code | exit status | meaning |", "|---|---|---|"]
    for kind in (errors.TrialkinError, *_below(errors.TrialkinError)):
        meaning = inspect.cleandoc(kind.__doc__ or "").replace("\n", " ")
        rows.append(f"| `{kind.code}` | {kind.exit_status} | {meaning} |")
    yield "\n".join(rows)


def _below(kind: type[errors.TrialkinError]) -> Iterator[type[errors.TrialkinError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


if __name__ == "__main__":
    OUT.write_text(reference(), encoding="utf-8")
    sys.stderr.write(f"{OUT.name} written\n")
