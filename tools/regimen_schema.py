"""Write the JSON Schema of `trialkin doses --texts` from the code."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from trialkin.model.regimen import TextRegimens

if __name__ == "__main__":
    target = Path(__file__).parent.parent / "docs" / "schemas" / "regimens.schema.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    schema = json.dumps(msgspec.json.schema(TextRegimens), indent=1, ensure_ascii=False)
    target.write_text(schema + "\n", encoding="utf-8")
