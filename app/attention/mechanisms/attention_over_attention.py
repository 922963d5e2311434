"""Attention over attention: a question looks at a text, and the text says which of the question's words count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Slot

from app.attention.drawing.labels import written
from app.attention.mechanisms.base import MechanismView
from app.attention.mechanisms.controls import MechanismControls
from app.attention.mechanisms.drawing.extra_lanes import Line
from app.attention.mechanisms.drawing.lanes import Bars, Grid, Words
from app.attention.mechanisms.learned.readers import ReaderControls, can_read, reader_of, text_of
from app.attention.mechanisms.options import MechanismOptions, Reader
from app.attention.mechanisms.picture import Scene
from app.attention.options import ViewOptions
from app.attention.state import AttentionState, Wanted
from app.attention.views.base import Shown, typed_line
from core.attention.export.caption import DOT
from core.attention.learned.cloze.glosses import in_english
from core.attention.tasks.learned.requests import ClozeRequest
from core.attention.tasks.learned.results import ClozeSteps
from core.attention.tasks.mechanisms.requests import OverRequest, VectorsRequest
from core.attention.tasks.mechanisms.results import Candidate, OverSteps
from core.language import _, current_language, ngettext

COLUMNS: Final = r"\sym{alpha}(t)=\sym{softmax}(\sym{score}_{1t},\ldots,\sym{score}_{Nt})"
ROWS: Final = r"\sym{beta}=\frac{1}{N}\sum_i\sym{softmax}(\sym{score}_{i1},\sym{score}_{i2},\ldots)"
TOGETHER: Final = r"\sym{attended}=\sum_t\sym{beta}_t\sym{alpha}(t)"
_ANSWERS: Final = 5
_PLAIN_ANSWERS: Final = 3
_NUMBERS: Final = 1_000_000
"""Texts that can be drawn; then they begin anew."""


class OverView(MechanismView[OverSteps]):
    """Both softmaxes of one table, and what comes of them together: of a reader that has learned it, or an encoder."""

    formulas = (COLUMNS, ROWS, TOGETHER)
    symbols = ("alpha", "beta", "attended", "softmax", "score")
    kind = OverSteps
    has_own_model = True
    has_primary = True

    def _make_controls(self) -> MechanismControls:
        return ReaderControls(self.look, self.take_remedy)

    def reads_with_chosen_model(self, options: ViewOptions) -> bool:
        """Where the encoder's vectors are shown."""
        return reader_of(options) == "encoder"

    def moves(self, options: ViewOptions) -> bool:
        """Through an encoder's layers; a reader has none."""
        return self.reads_with_chosen_model(options)

    def small_models(self, options: ViewOptions) -> tuple[str, ...]:
        """Both readers of such texts."""
        reader = reader_of(options)
        return () if reader == "encoder" else (f"cloze-{reader}-aoa", f"cloze-{reader}-as")

    def wants(self, options: ViewOptions, state: AttentionState) -> tuple[Wanted, ...]:
        """Nothing before there is a question."""
        return super().wants(options, state) if options.has_second else ()

    def what_is_missing(self, options: ViewOptions) -> str:
        """The question."""
        if options.has_second:
            return ""
        return _("Attention over attention needs a text and a question: type the question below the text.")

    @property
    def remedy(self) -> str:
        """Bring a text that a reader knows."""
        return _("Take a text that it knows")

    def take_remedy(self) -> None:
        """Want the next text that the chosen reader knows."""
        drawn = self.options.drawn
        number = 0 if drawn is None else (drawn + 1) % _NUMBERS
        self._want_text(self.options.reader or "stories", number)

    def _want_text(self, reader: Reader, number: int) -> None:
        text, question = text_of(reader, number)
        mechanism = replace(self.options, reader=reader, drawn=number)
        self.options_wanted.emit({"text": text, "second": question, "paired": True, "mechanism": mechanism})

    @Slot(dict)
    def _move(self, changes: dict[str, Any]) -> None:
        """Bring a text that another reader knows, where it is chosen and can't read what is typed."""
        reader: Reader = changes.get("reader", "encoder")
        if self.shown is not None and not can_read(reader, self.shown.options):
            self._want_text(reader, self.options.drawn or 0)
        else:
            self.move(**changes)

    def _ask(self, options: ViewOptions) -> Any:
        reader = reader_of(options)
        if reader == "encoder":
            return super()._ask(options)
        return ClozeRequest(options.text, options.second, reader)

    def _request(self, vectors: VectorsRequest, _options: MechanismOptions) -> Any:
        return OverRequest(vectors)

    def _scene(self, found: OverSteps) -> Scene:
        names = tuple(written(token) for token in found.vectors.rows)
        blank = found.query if isinstance(found, ClozeSteps) else None
        return Scene(
            found.vectors.columns,
            (
                Words(_("Text"), "", 1.75),
                Grid(
                    "", "softmax", 4.5, 1.0, weights=found.to_question, names=names, chosen=blank,
                    beside=found.importance, beside_symbol="beta",
                ),
                Line("", words=_("↑ columns sum to 1, β is the mean of each row; ↓ rows sum to 1")),
                Grid("", "alpha", 4.5, 1.0, weights=found.to_document, names=names, chosen=blank),
                Bars("s = α β", "attended", 3.0, 1.0, values=found.attended, note="Σ s = 1"),
                Line(_("Answers"), "", words=_in_a_line(found.candidates[:_ANSWERS])),
                *self._plain(found),
            ),
            room=9.0,
        )  # fmt: skip

    def _plain(self, found: OverSteps) -> tuple[Line, ...]:
        """Return the line of what the simpler reader answers, where there is one."""
        if not isinstance(found, ClozeSteps):
            return ()
        return (Line(_("Attention sum"), "", words=_in_a_line(found.plain[:_PLAIN_ANSWERS])),)

    def _numbers(self, found: OverSteps, key: int) -> str:
        word = found.vectors.columns[key].text
        places = [at for at, token in enumerate(found.vectors.columns) if token.text == word]
        return _("s = {weight:.4f}, over all its places {total:.4f}").format(
            weight=float(found.attended[key]), total=float(found.attended[places].sum())
        )

    def _hint(self, found: OverSteps) -> str:
        if not isinstance(found, ClozeSteps):
            return _("These vectors were never trained for it: read the steps, don't trust the answer.")
        said = found.candidates[0].word
        parts = [said]
        if found.right:
            parts = [
                said,
                _("correct") if said == found.right else _("wrong: it is {answer}").format(answer=found.right),
            ]
        if found.accuracy == found.accuracy:  # not a number where nobody has measured it
            words = _("right in {accuracy:.1%} of the test questions, the attention sum in {plain:.1%}")
            parts.append(words.format(accuracy=found.accuracy, plain=found.plain_accuracy))
        if found.unknown:
            words = ngettext("{n} word is unknown to it.", "{n} words are unknown to it.", found.unknown)
            parts.append(words.format(n=found.unknown))
        return "   ".join(parts)

    def note(self, shown: Shown) -> str:
        """What a reader's text says, for those who see the page in English."""
        options = shown.options
        if current_language() != "en" or self.reads_with_chosen_model(options):
            return ""
        return in_english(options.text, options.second)

    def caption(self, shown: Shown) -> list[str]:
        """Which reader this is, and what it answers."""
        found = shown[self.slot]
        if not isinstance(found, ClozeSteps):
            return super().caption(shown)
        return [typed_line(shown.options), DOT.join([found.candidates[0].word, f"{found.name} (seed {found.seed})"])]

    def _values(self, found: OverSteps, key: int | None) -> dict[str, str]:
        return {} if key is None or key >= len(found.attended) else {"attended": f"{float(found.attended[key]):.4f}"}


def _in_a_line(candidates: tuple[Candidate, ...]) -> str:
    """Return words with their weights, and how often they stand in the text."""
    return "     ".join(
        f"{answer.word} {answer.weight:.3f}" + (f" ({answer.places}×)" if answer.places > 1 else "")
        for answer in candidates
    )
