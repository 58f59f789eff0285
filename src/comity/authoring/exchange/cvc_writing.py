"""Write an edition as UNTP Conformity Vocabulary Catalog 0.7: a scheme that includes its profile and criteria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from comity.authoring.draft import Draft, DraftCriterion, DraftRow, DraftScheme
from comity.authoring.exchange import naming, untp
from comity.authoring.exchange.cvc import PERFORMANCE, STANDARDS
from comity.authoring.exchange.jsontext import dumps
from comity.authoring.exchange.things import Thing, kept, restored
from comity.authoring.exchange.written import Losses, Written
from comity.formats.json import Json
from comity.knowledge.vocabulary import NS
from comity.model.knowledge import Knowledge
from comity.model.places import Finding, Place, Severity
from comity.model.scales import Kind, Level

NAME = "UNTP CVC 0.7"
CONFORMS_TO: dict[str, Json] = {
    "type": ["Link"],
    "linkName": "UNTP Conformity Vocabulary Catalog 0.7",
    "linkURL": "https://untp.unece.org/docs/specification/ConformityVocabularyCatalog",
}
_SELF = "endorsed_self"
_LEVELS = kept("svc-vocabulary", "performanceLevelCode")
_Object = dict[str, Json]


def write(draft: Draft, knowledge: Knowledge) -> Written:
    """Write the edition of a draft, with the keys of the pre-release of 0.7.0.

    :param knowledge: for the names of topics and metrics.
    """
    return _write(draft, knowledge, PERFORMANCE[1])


def write_released(draft: Draft, knowledge: Knowledge) -> Written:
    """Write the edition of a draft, with the keys of the release of 0.7.0; see :func:`write`."""
    return _write(draft, knowledge, PERFORMANCE[0])


def _write(draft: Draft, knowledge: Knowledge, key: str) -> Written:
    losses = Losses(NAME)
    header = draft.scheme
    if header is None:
        return Written(
            b"", (Finding("no-edition", Severity.ERROR, Place(draft.name), "The criteria are of no edition."),)
        )
    findings: list[Finding] = []
    members = _ordered(header, _members(draft, losses))
    criteria: list[Json] = [_criterion(c, header, knowledge, losses, key) for c in members]
    for criterion, name in zip(members, naming.numbers([c.iri for c in members], header.iri), strict=True):
        if criterion.notation != f"{header.notation}-{name}":
            losses.add("notations", criterion.notation, "They are made from addresses where the file is read.")
    document = _scheme(header, losses, findings)
    profile = _profile(header, draft, members, criteria, losses, findings)
    if members or header.scheme not in ("", header.iri):
        document["includedProfile"] = _beside(profile, document.get("includedProfile"))
    return Written((dumps(document, 2) + "\n").encode(), (*findings, *losses.findings()))


def _ordered(header: DraftScheme, members: Iterable[DraftCriterion]) -> list[DraftCriterion]:
    """Put criteria in the order in which a profile had them; others stand behind."""
    held = restored(header.more, "profile").get("criterion")
    order = {iri: n for n, iri in enumerate(held if isinstance(held, list) else ())}
    return sorted(members, key=lambda c: order.get(c.iri, len(order)))


def _beside(profile: _Object, named: Json) -> list[Json]:
    """Put a profile among those that its scheme names beside it, in the place of its own name."""
    others: list[Json] = named if isinstance(named, list) else []
    listed = [profile if isinstance(o, dict) and o.get("id") == profile["id"] else o for o in others]
    return listed if profile in listed else [profile, *listed]


def _members(draft: Draft, losses: Losses) -> Iterator[DraftCriterion]:
    for criterion in draft.criteria:
        if criterion.kind is Kind.ROOT:
            continue
        if criterion.kind in (Kind.GROUP, Kind.EXPLAINED):
            losses.add("headings and explanations", criterion.notation)
            continue
        yield criterion


def _scheme(header: DraftScheme, losses: Losses, findings: list[Finding]) -> _Object:
    held = restored(header.more, "scheme")
    iri = header.scheme or header.iri
    document: _Object = {"type": ["ConformityScheme"], "id": iri, "name": header.scheme_label or header.label}
    document |= {k: held[k] for k in ("description",) if k in held}
    document["owner"] = held.get("owner") or _owner(header, losses)
    if "endorsementLevel" not in held:
        message = f"It is not known who endorses the scheme; {_SELF!r} is written, the weakest level."
        findings.append(Finding("assumed", Severity.WARNING, header.place, message, "Correct endorsementLevel."))
    document["endorsementLevel"] = held.get("endorsementLevel", _SELF)
    document["documentation"] = held.get("documentation") or header.source or iri
    document |= {k: v for k, v in held.items() if k not in document}
    if not held:
        document["conformsTo"] = CONFORMS_TO
    return document


def _owner(header: DraftScheme, losses: Losses) -> _Object:
    for other in header.stewards[1:]:
        losses.add("stewards beside the first", other)
    iri = header.stewards[0] if header.stewards else header.scheme or header.iri
    return {"type": ["Party"], "id": iri, "name": urlsplit(iri).hostname or iri}


def _profile(
    header: DraftScheme,
    draft: Draft,
    members: Sequence[DraftCriterion],
    criteria: list[Json],
    losses: Losses,
    findings: list[Finding],
) -> _Object:
    profile: _Object = {"type": ["ConformityProfile"], "id": header.iri, "name": header.label}
    if header.description:
        profile["description"] = header.description
    profile["version"] = header.version or "1"
    if header.in_force_from is not None:
        profile["validFrom"] = header.in_force_from.isoformat()
    else:
        message = "It is not known from when the edition is valid, which the format must say."
        findings.append(Finding("needed", Severity.ERROR, header.place, message, "Add comity:inForceFrom."))
    profile["status"] = _status(header)
    if subject := _subject(members, losses):
        profile["subjectType"] = subject
    profile |= _alignments(draft.rows, losses)
    profile |= _frameworks(header) | restored(header.more, "profile")
    if header.source:
        profile["documentation"] = header.source
    profile["criterion"] = criteria
    profile["scheme"] = {
        "type": ["ConformityScheme"],
        "id": header.scheme or header.iri,
        "name": header.scheme_label or header.label,
    }
    if not header.version:
        findings.append(Finding("assumed", Severity.WARNING, header.place, "The edition has no version; 1 is written."))
    _header_losses(header, losses)
    return profile


def _header_losses(header: DraftScheme, losses: Losses) -> None:
    if naming.edition(header.iri) != header.notation.casefold():
        losses.add("notations", header.notation, "They are made from addresses where the file is read.")
    ours = (kept("scheme", ""), kept("profile", ""), _LEVELS)
    others = {k for k in header.more if not k.startswith(ours)}
    missing = {
        "bodies that an edition lists": bool(header.bodies),
        "jurisdictions": bool(header.jurisdiction),
        "ends of validity": bool(header.in_force_until or header.withdrawn_from),
        "other properties": bool(others),
        "how records were checked": True,
    }
    for what in (w for w, found in missing.items() if found):
        losses.add(what, header.notation)


def _frameworks(header: DraftScheme) -> _Object:
    """Write the performance levels of 0.6 as the scoring framework that took their place."""
    levels = restored(header.more, "svc-vocabulary").get("performanceLevelCode")
    scores: list[Json] = []
    for level in levels if isinstance(levels, list) else ():
        if isinstance(level, dict):
            score: _Object = {"type": ["Score"], "code": level.get("name"), "rank": level.get("rank")}
            score["definition"] = level.get("description")
            scores.append({k: v for k, v in score.items() if v is not None})
    if not scores:
        return {}
    framework: _Object = {"type": ["ScoringFramework"], "name": "Performance levels"}
    framework |= {"description": f"Performance levels of {header.label}.", "score": scores}
    return {"criterionScoringFramework": [framework]}


def _status(header: DraftScheme) -> str:
    held = restored(header.more, "profile").get("status")
    if isinstance(held, str):
        return held
    if header.state == "draft":
        return "proposed"
    return "deprecated" if header.state or header.in_force_until or header.withdrawn_from else "active"


def _subject(members: Sequence[DraftCriterion], losses: Losses) -> str:
    """Return the one level of all criteria; empty where they differ, which the format cannot say."""
    levels = {Level.PRODUCT if c.level.is_product else c.level for c in members}
    exact = {c.level for c in members}
    if len(levels) != 1 or exact != levels:
        for criterion in members:
            losses.add("levels of criteria that differ", criterion.notation)
    return next(iter(levels)).value if len(levels) == 1 else ""


def _alignments(rows: Sequence[DraftRow], losses: Losses) -> _Object:
    classes = {class_: (key, inner) for key, (inner, class_) in STANDARDS.items()}
    default = classes[STANDARDS["standardAlignment"][1]]
    found: dict[str, list[Json]] = {}
    for row in rows:
        key, inner = classes.get(row.more.get("object_category", ""), default)
        word = row.predicate.removeprefix(NS)
        if row.negated or (word not in untp.LEVELS and word != "references"):
            losses.add("mapping rows that are no alignment", f"{row.subject_label} → {row.object_label}")
            continue
        class_ = inner.capitalize()
        aligned: _Object = {"type": [class_], "id": row.object, "name": row.object_label or row.object}
        entry: _Object = {"type": [key[0].upper() + key[1:]], inner: aligned}
        if word in untp.LEVELS:
            entry["alignmentLevel"] = untp.LEVELS[word]
        if word not in ("covers", "superset", "overlaps", "references"):
            losses.add("exact relations of alignments", word, "The alignment level that is true of them is written.")
        found.setdefault(key, []).append(entry)
    return {key: found[key] for key in STANDARDS if key in found}


def _criterion(
    criterion: DraftCriterion, header: DraftScheme, knowledge: Knowledge, losses: Losses, key: str
) -> _Object:
    held = restored(criterion.more, "criterion")
    document: _Object = {"type": ["Criterion"], "id": criterion.iri, "name": criterion.label}
    if criterion.text:
        document["description"] = criterion.text
    document["version"] = held.pop("version", header.version or "1")
    document["status"] = held.pop("status", "proposed" if header.state == "draft" else "active")
    if criterion.source:
        document["documentation"] = criterion.source
    document["conformityTopic"] = held.pop("conformityTopic", None) or _topics(criterion, knowledge)
    tags = untp.tags(criterion, held.pop("tag", None))
    document[key] = _performances(criterion, held.pop("performance", None), knowledge, losses)
    if tags:
        document["tag"] = tags
    document |= {k: v for k, v in held.items() if k not in document}
    if any(not k.startswith(kept("criterion", "")) for k in criterion.more):
        losses.add("other properties", criterion.notation)
    whole = criterion.parent in ("", f"{header.iri}/root")
    untp.carried(criterion, losses, parts=whole)
    return document


def _topics(criterion: DraftCriterion, knowledge: Knowledge) -> list[Json]:
    found: list[Json] = []
    for iri in criterion.topics:
        name = knowledge.labels.get(iri) or iri.rstrip("/").rpartition("/")[2]
        found.append({"type": ["ConformityTopic"], "id": iri, "name": name})
    return found


def _performances(criterion: DraftCriterion, held: Json, knowledge: Knowledge, losses: Losses) -> list[Json]:
    raw: list[Mapping[str, Json]] = [r for r in held if isinstance(r, dict)] if isinstance(held, list) else []
    said = [Thing(r, criterion.place) for r in raw]
    written: list[Json] = [dict(r) for r in raw]
    for limit in criterion.limits:
        if any(untp.same_number(limit, thing) for thing in said):
            continue
        one = untp.performance(limit, criterion.notation, knowledge, losses)
        if one is not None:
            written.append(dict(one))
    return written
