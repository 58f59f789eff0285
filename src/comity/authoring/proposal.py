"""A draft mapping set from an old edition to a new one: who belongs together, and nothing of how."""

from __future__ import annotations

from datetime import date

from comity.authoring.editions import Comparison

_SLOTS = (
    "record_id subject_id subject_label predicate_id object_id object_label mapping_justification confidence "
    "mapping_date comment authority"
)


def proposal(found: Comparison, on: date) -> tuple[str, int]:
    """Write the pairs that were guessed as rows of SSSOM that a person finishes: suggestions, and no relation yet.

    :returns: the text, and the number of rows.
    """
    old, new = found.old, found.new
    prefixes = {
        "comity": "https://w3id.org/comity/ns#",
        "map": "https://w3id.org/comity/mapping/",
        "new": f"{new.iri}/",
        "old": f"{old.iri}/",
        "semapv": "https://w3id.org/semapv/vocab/",
    }
    lines = ["#curie_map:", *(f'#  {name}: "{iri}"' for name, iri in prefixes.items())]
    lines += [
        "#extension_definitions:",
        "#  - slot_name: authority",
        '#    property: "comity:authority"',
        '#    type_hint: "http://www.w3.org/2001/XMLSchema#string"',
        '#license: "https://www.apache.org/licenses/LICENSE-2.0"',
        f'#mapping_date: "{on}"',
        f'#mapping_set_id: "https://w3id.org/comity/mappings/{old.notation}--{new.notation}"',
        f'#object_source: "{new.iri}"',
        f'#subject_source: "{old.iri}"',
        "\t".join(_SLOTS.split()),
    ]
    count = 0
    for c in found.changed:
        if not c.guessed:
            continue
        (a,), (b,) = c.old, c.new
        cells = (
            f"map:{a.notation}--{b.notation}",
            a.iri.replace(f"{old.iri}/", "old:"),
            a.label,
            "comity:closeMatch",
            b.iri.replace(f"{new.iri}/", "new:"),
            b.label,
            "semapv:LexicalMatching",
            f"{c.share or 0:.2f}",
            on.isoformat(),
            f"{round(100 * (c.share or 0))} % of the words are the same. Does meeting the old guarantee the new?",
            "suggested",
        )
        lines.append("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in cells))
        count += 1
    return "\n".join(lines) + "\n", count
