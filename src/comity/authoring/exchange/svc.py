"""Read and write UNTP Sustainability Vocabulary Catalog 0.6.1: a scheme and its criteria in one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from comity.authoring.draft import Draft, DraftCriterion, DraftRow, DraftScheme
from comity.authoring.exchange import naming, untp
from comity.authoring.exchange.cvc import STANDARDS
from comity.authoring.exchange.jsontext import dumps, packed
from comity.authoring.exchange.things import KEPT, Thing, address, kept, restored, unaddressed
from comity.authoring.exchange.written import Losses, Written
from comity.formats import json
from comity.formats.json import Json
from comity.knowledge.vocabulary import NS
from comity.model.errors import UnreadableError
from comity.model.knowledge import Knowledge
from comity.model.places import Finding, Place, Severity
from comity.model.scales import Kind, Level

NAME = "UNTP SVC 0.6.1"
CONTEXT = "https://test.uncefact.org/vocabulary/untp/svc/0.6.1/"
_TYPE = "ConformitySchemeVocabulary"
_CRITERION = ("id", "name", "description", "conformityTopic", "subCriterion", "tag")
_UNSET = ""


def recognises(value: Json) -> bool:
    """Tell whether a document is such a vocabulary."""
    return isinstance(value, dict) and (_TYPE in Thing(value, Place("")).types() or "conformityCriterion" in value)


def read(content: bytes, name: str) -> Draft:
    """Read a vocabulary; whatever is wrong stands in the draft's problems."""
    try:
        parsed = json.read(content, name)
    except UnreadableError as error:
        problem = Finding(error.code, Severity.ERROR, error.place, error.message, error.fix)
        return Draft(name, "criteria", problems=(problem,))
    if not recognises(parsed.value) or not isinstance(parsed.value, dict):
        problem = Finding("no-vocabulary", Severity.ERROR, Place(name), f"This is no {NAME} vocabulary.")
        return Draft(name, "criteria", problems=(problem,))
    return _draft(Thing(parsed.value, Place(name)), name, parsed.findings)


def _draft(document: Thing, name: str, findings: Sequence[Finding]) -> Draft:
    header = _header(document)
    problems = list(findings)
    merged = _merged([*_listed(document, f"{header.iri}/root")], problems)
    names = naming.numbers([thing.iri() for thing, _ in merged], header.iri)
    criteria = [_criterion(t, whole, n, header, problems) for (t, whole), n in zip(merged, names, strict=True)]
    label = f"{header.label} as a whole"
    root = DraftCriterion(f"{header.iri}/root", header.notation, label, Kind.ROOT, Level.ORGANISATION, header.place)
    message = f"The vocabulary says neither the kind nor the level of its {len(criteria)} criteria."
    fix = "With a number they are taken as performance, else as process, of organisations; correct both."
    problems.append(untp.note("kind-assumed", document, message, fix))
    rows = tuple(_rows(document, root))
    found = Draft(
        name=name,
        kind="criteria",
        scheme=header,
        criteria=(root, *criteria),
        rows=rows,
        header=naming.set_header(header.iri, rows),
    )
    return replace(found, problems=(*problems, *unaddressed(found)))


def _header(document: Thing) -> DraftScheme:
    scheme = document.one("scheme") or document
    iri = scheme.iri() or document.iri() or address(document.place.document)
    owner = scheme.one("owner")
    read_ = {"id", "name", "description", "version", "validFrom"}
    more = scheme.rest("svc-scheme", read_) if scheme is not document else {}
    own = ("id",) if scheme is document else ()
    return DraftScheme(
        iri=iri,
        notation=naming.edition(iri),
        label=scheme.text("name") or iri,
        place=scheme.place,
        version=scheme.text("version"),
        description=scheme.text("description"),
        in_force_from=scheme.day("validFrom"),
        stewards=(owner.iri(),) if owner is not None and owner.iri() else (),
        more={**more, **document.rest("svc-vocabulary", {"scheme", "conformityCriterion", *own})},
    )


def _listed(thing: Thing, whole: str) -> Iterator[tuple[Thing, str]]:
    """Yield criteria with the address of what they are part of."""
    for key in ("conformityCriterion", "subCriterion"):
        for criterion in thing.all(key):
            if criterion.iri():
                yield criterion, whole
                yield from _listed(criterion, criterion.iri())


def _merged(found: Sequence[tuple[Thing, str]], problems: list[Finding]) -> list[tuple[Thing, str]]:
    """Bring together what has one id: one criterion where only topics and tags differ, else two."""
    merged: dict[str, tuple[Thing, str]] = {}
    for thing, whole in found:
        iri = thing.iri()
        if iri not in merged:
            merged[iri] = (thing, whole)
            continue
        first, where = merged[iri]
        open_ = {"conformityTopic", "tag"}
        if {k: v for k, v in thing.value.items() if k not in open_} == {
            k: v for k, v in first.value.items() if k not in open_
        }:
            both: dict[str, Json] = {
                k: list(dict.fromkeys(first.texts(k) + thing.texts(k))) for k in open_ if k in thing.value
            }
            merged[iri] = (Thing({**first.value, **both}, first.place), where)
            message = f"The id <{iri}> stands twice; the topics and tags of both were brought together."
            problems.append(untp.note("same-id", thing, message))
        else:
            other = next(f"{iri}-{n}" for n in range(2, 9999) if f"{iri}-{n}" not in merged)
            merged[other] = (Thing({**thing.value, "id": other}, thing.place), whole)
            message = f"The id <{iri}> stands for two criteria that differ; the second is read as <{other}>."
            problems.append(untp.note("same-id", thing, message, "Give it an id of its own."))
    return list(merged.values())


def _criterion(thing: Thing, whole: str, name: str, header: DraftScheme, problems: list[Finding]) -> DraftCriterion:
    limits, read_ = [], {*_CRITERION}
    for threshold in thing.all("thresholdValue"):
        limit, complete = untp.read_limit(threshold, header.iri)
        problems += untp.limit_findings(threshold, limit)
        if limit is not None:
            limits.append(limit)
        if complete:
            read_.add("thresholdValue")
    if thing.text("status") == "active":
        read_.add("status")
    more = thing.rest("svc-criterion", read_) | untp.ordered(thing, "svc-criterion")
    codes = thing.texts("conformityTopic")
    if untp.topic_code(untp.topic_iris(codes)) != "".join(codes):
        more[kept("svc-criterion", "conformityTopic")] = (packed(list(codes)),)
    return DraftCriterion(
        iri=thing.iri(),
        notation=f"{header.notation}-{name}",
        label=thing.text("name") or name,
        kind=Kind.PERFORMANCE if limits else Kind.PROCESS,
        level=Level.ORGANISATION,
        place=thing.place,
        text=thing.text("description"),
        citation=f"{header.label}: {thing.text('name')}",
        parent=whole,
        limits=tuple(limits),
        topics=untp.topic_iris(codes),
        tags=thing.texts("tag"),
        more=more,
    )


def _rows(document: Thing, root: DraftCriterion) -> Iterator[DraftRow]:
    """Yield the regulations that the whole is said to be aligned with: leads, since no level is said."""
    seen: set[str] = set()
    for regulation in document.all("regulatoryAlignment"):
        iri = regulation.iri()
        if not iri or iri in seen:
            continue
        seen.add(iri)
        yield DraftRow(
            subject=root.iri,
            predicate=NS + "references",
            object=iri,
            place=regulation.place,
            subject_label=root.label,
            object_label=regulation.text("name"),
            foreign="regulatoryAlignment",
            more={"object_category": STANDARDS["regulatoryAlignment"][1]},
        )


def write(draft: Draft, knowledge: Knowledge) -> Written:
    """Write the edition of a draft.

    :param knowledge: for the names of metrics.
    """
    losses = Losses(NAME)
    header = draft.scheme
    if header is None:
        problem = Finding("no-edition", Severity.ERROR, Place(draft.name), "The criteria are of no edition.")
        return Written(b"", (problem,))
    findings: list[Finding] = []
    held = restored(header.more, "svc-vocabulary")
    document: dict[str, Json] = {"type": [_TYPE], "@context": [CONTEXT], "id": held.pop("id", None) or header.iri}
    document["scheme"] = _scheme(header, losses, findings)
    document["conformityCriterion"] = _criteria(draft, header, knowledge, losses, findings)
    document |= held
    _aligned(draft, held, losses)
    _header_losses(header, losses)
    return Written((dumps(document, 2) + "\n").encode(), (*findings, *losses.findings()))


def _scheme(header: DraftScheme, losses: Losses, findings: list[Finding]) -> dict[str, Json]:
    held = restored(header.more, "svc-scheme")
    scheme: dict[str, Json] = {
        "type": ["ConformityScheme"],
        "id": header.iri,
        "name": header.label,
        "description": header.description or header.label,
        "version": header.version or "1",
    }
    if header.in_force_from is not None:
        scheme["validFrom"] = header.in_force_from.isoformat()
    else:
        message = "It is not known from when the edition is valid, which the format must say."
        findings.append(Finding("needed", Severity.ERROR, header.place, message, "Add comity:inForceFrom."))
    for other in header.stewards[1:]:
        losses.add("stewards beside the first", other)
    iri = header.stewards[0] if header.stewards else header.iri
    owner: Json = {"id": iri, "name": iri.partition("://")[2].partition("/")[0] or iri}
    return {"owner": owner, **scheme, **{k: v for k, v in held.items() if k not in scheme}}


def _criteria(
    draft: Draft, header: DraftScheme, knowledge: Knowledge, losses: Losses, findings: list[Finding]
) -> list[Json]:
    members = [c for c in draft.criteria if c.kind not in (Kind.ROOT, Kind.EXPLAINED)]
    for criterion in draft.criteria:
        if criterion.kind is Kind.EXPLAINED:
            losses.add("explanations", criterion.notation)
    known = [c.iri for c in members]
    names = dict(zip(known, naming.numbers(known, header.iri), strict=True))
    parts: dict[str, list[DraftCriterion]] = {}
    for criterion in members:
        parts.setdefault(criterion.parent if criterion.parent in known else _UNSET, []).append(criterion)

    def written(one: DraftCriterion) -> dict[str, Json]:
        inner: list[Json] = [written(part) for part in parts.get(one.iri, ())]
        if one.notation != f"{header.notation}-{names[one.iri]}":
            losses.add("notations", one.notation, "They are made from addresses where the file is read.")
        return _criterion_written(one, inner, header, knowledge, losses)

    _uncoded(members, findings)
    return [entry for c in parts.get(_UNSET, ()) for entry in _by_topic(c, written(c))]


def _uncoded(members: Sequence[DraftCriterion], findings: list[Finding]) -> None:
    bare = [
        c for c in members if not untp.topic_code(c.topics) and kept("svc-criterion", "conformityTopic") not in c.more
    ]
    if bare:
        named = ", ".join(c.notation for c in bare[:3]) + (", …" if len(bare) > 3 else "")
        message = f"{len(bare)} criteria ({named}) have no topic that the format has a code for, and must have one."
        findings.append(Finding("needed", Severity.ERROR, bare[0].place, message, "Write conformityTopic for them."))


def _by_topic(criterion: DraftCriterion, entry: dict[str, Json]) -> Iterator[Json]:
    """Yield an entry for each code that a criterion was imported with: the format has one code in an entry."""
    yield entry
    codes = restored(criterion.more, "svc-criterion").get("conformityTopic")
    for code in codes[1:] if isinstance(codes, list) else ():
        yield {**entry, "conformityTopic": code}


def _criterion_written(
    criterion: DraftCriterion,
    inner: list[Json],
    header: DraftScheme,
    knowledge: Knowledge,
    losses: Losses,
) -> dict[str, Json]:
    held = restored(criterion.more, "svc-criterion")
    where = criterion.notation
    document: dict[str, Json] = {"type": ["Criterion"], "id": criterion.iri, "name": criterion.label}
    document["description"] = criterion.text or criterion.label
    codes = held.pop("conformityTopic", None)
    code = codes[0] if isinstance(codes, list) and codes else untp.topic_code(criterion.topics)
    if code:
        document["conformityTopic"] = code
    if not codes and set(untp.topic_iris([str(code)])) != set(criterion.topics) and criterion.topics:
        losses.add("exact topics", where, "The code of 0.6 that holds most of them is written.")
    document["status"] = held.pop("status", "proposed" if header.state == "draft" else "active")
    document["subCriterion"] = inner
    threshold = held.pop("thresholdValue", None) or _threshold(criterion, knowledge, losses)
    tags = untp.tags(criterion, held.pop("tag", None))
    if threshold:
        document["thresholdValue"] = threshold
    if tags:
        document["tag"] = tags
    document |= {k: v for k, v in held.items() if k not in document}
    if criterion.source:
        losses.add("sources", where)
    if any(not k.startswith(f"{KEPT}svc-") for k in criterion.more):
        losses.add("other properties", where)
    losses.add("levels", where)
    untp.carried(replace(criterion, parent=""), losses, parts=True)
    return document


def _threshold(criterion: DraftCriterion, knowledge: Knowledge, losses: Losses) -> dict[str, Json]:
    for limit in criterion.limits[1:]:
        losses.add("limits beside the first", f"{criterion.notation}: {limit.metric_label or limit.metric}")
    for limit in criterion.limits[:1]:
        found = untp.performance(limit, criterion.notation, knowledge, losses)
        if found is None:
            return {}
        metric, measure = found["metric"], found["measure"]
        if not isinstance(metric, dict) or not isinstance(measure, dict):
            return {}
        if limit.comparator is not None:
            losses.add("comparisons", criterion.notation)
        if not limit.metric_label:
            losses.add("identifiers of metrics", criterion.notation)
        value: Mapping[str, Json] = {"value": measure["value"], "unit": measure["unit"]}
        return {"metricName": metric["name"], "metricValue": dict(value)}
    return {}


def _aligned(draft: Draft, held: Mapping[str, Json], losses: Losses) -> None:
    """Note alignments that the format cannot carry: it has no level of alignment, and asks who administers a law."""
    listed = held.get("regulatoryAlignment")
    known = {r.get("id") for r in listed if isinstance(r, dict)} if isinstance(listed, list) else set()
    for row in draft.rows:
        if row.object not in known:
            losses.add("alignments", row.object_label or row.object)


def _header_losses(header: DraftScheme, losses: Losses) -> None:
    missing = {
        "texts whatever their edition": header.scheme not in ("", header.iri),
        "sources": bool(header.source),
        "bodies that an edition lists": bool(header.bodies),
        "jurisdictions": bool(header.jurisdiction),
        "ends of validity": bool(header.in_force_until or header.withdrawn_from),
        "other properties": any(not k.startswith(f"{KEPT}svc-") for k in header.more),
    }
    for what in (w for w, found in missing.items() if found):
        losses.add(what, header.notation)
