"""Which criteria have a limit on a metric."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from comity.knowledge.snapshot import METRIC, Stored
from comity.model.criteria import Criterion


def by_metric(criteria: Mapping[str, Criterion]) -> Mapping[str, Sequence[Criterion]]:
    """Return the criteria with a limit, by the metric that it is on, in their order.

    :param criteria: by IRI; of those from a snapshot only the ones asked for are read.
    """
    if isinstance(criteria, Stored):
        return _Stored(criteria)
    found: dict[str, list[Criterion]] = defaultdict(list)
    for criterion in criteria.values():
        if criterion.limit is not None:
            found[criterion.limit.metric].append(criterion)
    return dict(found)


class _Stored(Mapping[str, Sequence[Criterion]]):
    """The same, of a snapshot."""

    def __init__(self, criteria: Stored[Criterion]) -> None:
        self._criteria = criteria

    def __getitem__(self, metric: str) -> Sequence[Criterion]:
        names = self._criteria.where(METRIC, metric)
        if not names:
            raise KeyError(metric)
        return [self._criteria[name] for name in names]

    def __iter__(self) -> Iterator[str]:
        return iter(self._criteria.values_of(METRIC))

    def __len__(self) -> int:
        return len(self._criteria.values_of(METRIC))
