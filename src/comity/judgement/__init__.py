"""Judge claims and documents against rules: the verdict procedure of semantics, with proofs."""

from comity.judgement.case import Given
from comity.judgement.judge import ask, judge
from comity.judgement.question import question
from comity.judgement.trust import TrustList

__all__ = ["Given", "TrustList", "ask", "judge", "question"]
