import pytest

from core.spreadsheet import guarded, unguarded


@pytest.mark.parametrize(
    ("cell", "made"),
    [
        ("=1", "'=1"),
        ("+", "'+"),
        ("-a", "'-a"),
        ("@", "'@"),
        ("'=1", "''=1"),
        (" =1", "' =1"),
        ("\t", "'\t"),
        ("＝", "'＝"),
        ("a=1", "a=1"),
        ("'", "'"),
        ("", ""),
    ],
)
def test_a_guarded_cell_runs_nothing_and_comes_back_as_it_was(cell, made):
    assert guarded(cell) == made
    assert unguarded(made) == cell
