"""Vectors in the library: kept by what was embedded, half size, dropped when no longer held."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hub.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "store") as library:
        yield library


def units(rows: int, seed: int = 1) -> np.ndarray:
    drawn = np.random.default_rng(seed).normal(size=(rows, 384)).astype(np.float32)
    unit: np.ndarray = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return unit


def test_vectors_come_back_within_a_thousandth(library: Library) -> None:
    kept = dict(zip("abc", units(3), strict=True))
    library.put_vectors(kept)
    found = library.vectors(["a", "c", "unknown"])
    assert sorted(found) == ["a", "c"]
    assert found["a"].dtype == np.float32
    assert all(float(found[key] @ kept[key]) == pytest.approx(1, abs=1e-3) for key in found)
    assert not np.allclose(found["a"], kept["c"], atol=1e-3)


def test_more_keys_than_one_statement_takes_are_all_found(library: Library) -> None:
    drawn = units(1201)
    library.put_vectors({str(n): vector for n, vector in enumerate(drawn)})
    found = library.vectors([str(n) for n in reversed(range(1201))])
    assert len(found) == 1201
    assert all(np.allclose(found[str(n)], drawn[n], atol=1e-3) for n in (0, 499, 500, 1000, 1200))


def test_a_vector_put_again_is_replaced(library: Library) -> None:
    old, new = units(2)
    library.put_vectors({"a": old})
    library.put_vectors({"a": new})
    assert np.allclose(library.vectors(["a"])["a"], new, atol=1e-3)


def test_only_the_vectors_named_stay(library: Library) -> None:
    library.put_vectors(dict(zip("abcd", units(4), strict=True)))
    library.drop_vectors_except(key for key in ["b", "d", "unknown", "b"])
    assert sorted(library.vectors(list("abcd"))) == ["b", "d"]
    library.drop_vectors_except(["d"])
    assert sorted(library.vectors(list("abcd"))) == ["d"]


def test_vectors_outlive_the_process_and_need_no_transaction_of_the_caller(library: Library, tmp_path: Path) -> None:
    library.put_vectors({"a": units(1)[0]})
    with Library(tmp_path / "store") as other:
        assert sorted(other.vectors(["a"])) == ["a"]
