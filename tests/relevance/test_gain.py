"""How the quality of answers is computed: nDCG@10 over the judged questions."""

import pytest

from benchmarks import relevance


def test_the_best_order_gains_everything_and_a_worse_one_less():
    judgments = {"a": 3, "b": 2, "c": 1}
    assert relevance.ndcg(["a", "b", "c"], judgments) == pytest.approx(1)
    assert relevance.ndcg(["c", "b", "a"], judgments) < relevance.ndcg(["a", "x", "b"], judgments) < 1
    assert relevance.ndcg([], judgments) == 0
