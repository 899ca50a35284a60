"""The list of components that lies beside each artefact and inside the program: CycloneDX 1.6, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from scripts.packing.components import Component

FILE_NAME = "components.cdx.json"
TEXT_PROPERTY = "vibes-desktop:licence-text"  # a file beside the list


def bill_of(
    components: Sequence[Component],
    texts: Mapping[str, Sequence[str]],
    *,
    version: str,
    time: int,
    about: str,
) -> bytes:
    """Write the list; `texts` are the files by component, `about` says what it lists."""
    listed = [_entry(component, texts[component.name]) for component in components]
    program = {
        "type": "application",
        "bom-ref": f"vibes-desktop@{version}",
        "name": "vibes-desktop",
        "version": version,
        "licenses": [{"license": {"id": "MIT"}}],
    }
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {**program, "description": about},
        },
        "components": listed,
        "dependencies": [
            {"ref": program["bom-ref"], "dependsOn": sorted(entry["bom-ref"] for entry in listed)},
            *({"ref": entry["bom-ref"]} for entry in listed),
        ],
    }
    serial = uuid5(NAMESPACE_URL, json.dumps(document, sort_keys=True))
    return json.dumps({"serialNumber": f"urn:uuid:{serial}", **document}, indent=1).encode() + b"\n"


def text_names(component: Component) -> dict[Path, str]:
    """Name the files that a component's licences are copied to, each unlike the others."""
    return {text: f"{component.name}/{_flat(text)}" for text in component.texts}


def _flat(text: Path) -> str:
    """Leave out the folders in front of those that tell two files of one name apart."""
    parts = text.parts
    package = next((index for index, part in enumerate(parts) if part.endswith(".dist-info")), len(parts) - 2)
    return "-".join(part for part in parts[package + 1 :] if part != "licenses")


def _entry(component: Component, texts: Sequence[str]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type": "library",
        "bom-ref": component.url or f"{component.name}@{component.version}",
        "name": component.name,
        "version": component.version,
        "licenses": [{"expression": component.licence}],
        "properties": [{"name": TEXT_PROPERTY, "value": text} for text in texts],
    }
    return entry | ({"purl": component.url} if component.url else {})
