"""Models and texts at hand: what was opened or read once isn't opened or read again.

One cache lives in the worker process between requests, so that a moved slider or another head costs milliseconds:
only a new text or another model is computed anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from core.attention.arrays import is_arrays
from core.attention.encoders.base import Encoder
from core.attention.encoders.built_in import built_in
from core.attention.encoders.opener import open_encoder
from core.attention.long_text import Document, read_document
from core.attention.requests import Source
from core.attention.results import Preparing
from core.files import folder_named
from core.language import _

MODELS_KEPT: Final = 3
TEXTS_KEPT: Final = 2
"""The newest texts that stay however large they are: what is compared is read once."""
BYTES_KEPT: Final = 48 * 2**20
"""Most memory of all texts that are kept where there are more. Each letter typed makes another text: where few are
kept, the next one finds memory that is free already, and to ask the system for more takes longer than many a step."""

Stamp = tuple[tuple[str, int, int], ...]


def _stamp(name: str) -> Stamp:
    """Return what changes when the folder or file ``name`` is written anew; nothing for any other model."""
    if built_in(name) is not None:
        return ()
    folder, one = folder_named(name), Path(name).expanduser()
    if folder is None and not (is_arrays(name) and one.is_file()):
        return ()
    files = [one] if folder is None else sorted(folder.iterdir())
    found = ((file.name, file.stat()) for file in files if file.is_file())
    return tuple((file, stat.st_mtime_ns, stat.st_size) for file, stat in found)


class ModelCache:
    """Keeps the models and texts used last.

    Args:
        opener: what opens a model by name; tests bring their own.
    """

    def __init__(self, opener: Callable[..., Encoder] = open_encoder) -> None:
        self._opener = opener
        self._models: OrderedDict[str, Encoder] = OrderedDict()
        self._stamps: dict[str, Stamp] = {}
        self._documents: OrderedDict[Source, Document] = OrderedDict()

    def encoder(self, source: Source) -> Iterator[Preparing | Encoder]:
        """Yield what takes time, and at last the model of ``source``.

        Raises:
            ModelError: it can't be opened, and why.
        """
        name = source.model
        self._drop_if_saved_anew(name)
        if name not in self._models:
            yield Preparing(_("Loading {model} …").format(model=name))
            stamp = _stamp(name)
            self._models[name] = self._opener(name, download=source.download)
            self._stamps[name] = stamp
            while len(self._models) > MODELS_KEPT:
                self._models.popitem(last=False)
        self._models.move_to_end(name)
        yield self._models[name]

    def document(self, source: Source) -> Iterator[Preparing | Document]:
        """Yield what takes time, and at last ``source`` as its model reads it.

        Raises:
            ModelError: the model can't be opened, and why.
            TextError: there is nothing to read, or too much.
        """
        self._drop_if_saved_anew(source.model)
        if source not in self._documents:
            encoder: Encoder | None = None
            for step in self.encoder(source):
                if isinstance(step, Preparing):
                    yield step
                else:
                    encoder = step
            assert encoder is not None
            reading = read_document(
                encoder,
                source.text,
                source.pair,
                prefix=source.prefix,
                writes=source.writes,
                changes=source.changes,
                languages=(source.from_language, source.to_language),
            )
            for part in reading:
                if isinstance(part, Document):
                    self._documents[source] = part
                else:
                    done, total = part
                    yield Preparing(_("Reading a long text …"), done, total)
            self._tidy()
        self._documents.move_to_end(source)
        yield self._documents[source]

    def _drop_if_saved_anew(self, name: str) -> None:
        """Forget a folder that was trained or copied over since, and what was read with it."""
        if name in self._models and self._stamps.get(name) != _stamp(name):
            del self._models[name]
            for source in [source for source in self._documents if source.model == name]:
                del self._documents[source]

    def _tidy(self) -> None:
        while len(self._documents) > TEXTS_KEPT and sum(d.nbytes for d in self._documents.values()) > BYTES_KEPT:
            self._documents.popitem(last=False)
