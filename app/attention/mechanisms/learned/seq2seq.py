"""Seq2Seq: one context for all steps beside one context a step, decoded word by word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
from PySide6.QtCore import Slot

from app.attention.drawing.labels import named, written
from app.attention.drawing.vector_strip import length
from app.attention.mechanisms.drawing.decoder import Decoder, Funnel, GoldGrid, Heading, Paragraph, Upright
from app.attention.mechanisms.drawing.lanes import Boxes, Lane, Strip
from app.attention.mechanisms.learned.translators import TranslatorControls
from app.attention.mechanisms.learned.view import LearnedView
from app.attention.mechanisms.learned.worlds import text_of, world_of
from app.attention.mechanisms.options import MechanismOptions
from app.attention.mechanisms.picture import MechanismPicture, Scene
from app.attention.options import ViewOptions
from app.attention.views.base import Shown
from core.attention.export.caption import DOT
from core.attention.learned.catalogue import without_attention
from core.attention.results import Floats
from core.attention.tasks.learned.requests import TranslationRequest
from core.attention.tasks.learned.results import Spoken, TranslationSteps, written_out
from core.language import N_, _

ONE_CONTEXT: Final = r"\sym{c}_1=\sym{c}_2=\cdots=\sym{k}_N"
ONE_A_STEP: Final = (
    r"\sym{alpha}_{tj}=\sym{softmax}(\sym{score}(\sym{q}_t,\sym{k}_j)),\;\sym{c}_t=\sum_j\sym{alpha}_{tj}\sym{k}_j"
)
_LEFT: Final = 6.0
_RIGHT: Final = 0.5


class Seq2SeqView(LearnedView[TranslationSteps]):
    """The survey's first two figures at work."""

    least_width = 44
    formulas = (ONE_CONTEXT, ONE_A_STEP)
    symbols = ("q", "k", "alpha", "c", "score", "softmax")
    kind = TranslationSteps

    def _make_controls(self) -> TranslatorControls:
        own = TranslatorControls(self.look, N_("Word that is said"))
        own.add_button(N_("Another sentence"), self.take_remedy, primary=True)
        own.add_switch("shifted", N_("Shift the map by one step"))
        own.add_caption(N_("Frames show what the grammar links, where it gave the sentence."))
        own.finish()
        return own

    def _make_beside(self) -> MechanismPicture:
        return MechanismPicture(self.look)

    def _ask(self, options: ViewOptions) -> TranslationRequest:
        return _request(options.text, options.mechanism)

    def small_models(self, options: ViewOptions) -> tuple[str, ...]:
        """The one without attention and the one with it."""
        model = _request("", options.mechanism).model
        return without_attention(model), model

    def _text_of(self, number: int) -> dict[str, Any]:
        return self._sentence(replace(self.options, drawn=number, step=None))

    def _sentence(self, options: MechanismOptions) -> dict[str, Any]:
        """Return the sentence that was drawn last, of the world of the chosen model."""
        return {"text": text_of(options, options.drawn or 0), "paired": False, "mechanism": options}

    @Slot(dict)
    def _move(self, changes: dict[str, Any]) -> None:
        """Draw a sentence where a model of another world is chosen: it knows none of the words."""
        options = replace(self.options, **changes)
        if world_of(options) != world_of(self.options):
            self.options_wanted.emit(self._sentence(replace(options, drawn=options.drawn or 0, step=None)))
        else:
            self.move(**changes)

    def _chosen(self, options: MechanismOptions) -> str:
        return f"{options.step} {options.shifted}"

    def _count(self, found: TranslationSteps) -> int:
        plain = found.without
        return max(len(found.attending.words), 0 if plain is None else len(plain.words))

    def _scene(self, found: TranslationSteps) -> Scene:
        """Return the drawing of the model with attention."""
        said, step = found.attending, self.step(found)
        seen = min(step + 1, len(said.words))
        now = self._weights(found)[seen - 1] if seen else np.zeros(len(found.source), np.float32)
        most = float(now.max(initial=0)) or 1.0
        asking = seen - 1 if found.asks_after else seen - 2
        lanes = (
            Heading("", "", 1.75, words=_("One context a step"), side="right"),
            *self._encoder(found, said, now / most),
            Funnel("", "", 0.8, 0.4, weights=now),
            self._context(said, seen, _("Context c")),
            self._decoder(said, seen, asking, (seen - 1,)),
            _sentence(said, seen),
            self._map(found, seen),
        )
        return Scene(found.source, lanes, room=_RIGHT, left=_LEFT)

    def _show_more(self, found: TranslationSteps) -> None:
        super()._show_more(found)
        assert self.page.beside is not None
        self.page.beside.show_scene(self._plain_scene(found))

    def _plain_scene(self, found: TranslationSteps) -> Scene:
        """Return the drawing of the model without attention, or what would bring one."""
        said = found.without
        heading = Heading("", "", 1.75, words=_("One context for all steps"), side="left")
        if said is None:
            words = _("No model without attention has learned these pairs. Train it: {command}")
            command = "attention-train --model seq2seq-none --pairs …"
            return Scene((), (heading, Paragraph("", "", 6.5, 2.0, words=words.format(command=command), is_muted=True)))
        seen = min(self.step(found) + 1, len(said.words))
        ends = np.zeros(len(found.source), np.float32)
        ends[[0, -1]] = 1  # the last state of either direction
        lanes = (
            heading,
            *self._encoder(found, said, np.ones(len(found.source), np.float32)),
            Funnel("", "", 0.8, 0.4, weights=ends, hue="c"),
            self._context(said, seen, _("Context c")),
            self._decoder(said, seen, None, tuple(range(seen))),
            _sentence(said, seen),
            Paragraph("", "", 6.5, 2.0, words=_("No weights: every step reads the same c."), is_muted=True),
        )
        return Scene(found.source, lanes, room=_RIGHT, left=_LEFT)

    def _encoder(self, found: TranslationSteps, said: Spoken, strength: Floats) -> tuple[Lane, Lane]:
        words = tuple(token.text for token in found.source)
        longest = max(map(len, words), default=1)
        return (
            Upright(_("Source"), "", 0.2 + 0.95 * longest, words=words),
            Boxes(_("Encoder h"), "k", 1.3, 0.8, vectors=said.encoded, strength=strength),
        )

    def _context(self, said: Spoken, seen: int, title: str) -> Strip:
        vector = said.contexts[seen - 1] if seen else np.zeros(said.encoded.shape[1], np.float32)
        return Strip(title, "c", 1.1, vector=vector)

    def _decoder(self, said: Spoken, seen: int, asking: int | None, lines_to: tuple[int, ...]) -> Decoder:
        return Decoder(
            _("Decoder"), "", 3.4, tokens=said.words[:seen], query=max(0, seen - 1), states=said.states[:seen],
            asking=asking, lines_to=lines_to,
        )  # fmt: skip

    def _map(self, found: TranslationSteps, seen: int) -> GoldGrid:
        gold = found.gold if found.gold is not None and found.gold.is_said else None
        return GoldGrid(
            "", "alpha", 6.5, 2.0, weights=self._weights(found)[:seen], rows=len(found.attending.words),
            names=tuple(written(word) for word in found.attending.words[:seen]), chosen=seen - 1,
            sure=gold.sure if gold is not None else (), possible=gold.possible if gold is not None else (),
        )  # fmt: skip

    def _weights(self, found: TranslationSteps) -> Floats:
        """Return the rows of the map as they are wanted; shifted by one, the last word has none."""
        weights = found.attending.weights
        return np.vstack([weights[1:], np.zeros_like(weights[:1])]) if self.options.shifted else weights

    def _numbers(self, found: TranslationSteps, key: int) -> str:
        seen = min(self.step(found) + 1, len(found.attending.words))
        if not seen:
            return ""
        weight = float(self._weights(found)[seen - 1, key])
        return _('α = {weight:.4f} when "{word}" is said').format(
            weight=weight, word=named(found.attending.words[seen - 1])
        )

    def _hint(self, found: TranslationSteps) -> str:
        step, parts = self.step(found), []
        for said, name in ((found.without, _("without attention")), (found.attending, _("with attention"))):
            if said is not None and 0 <= step < len(said.words):
                word, sure = named(said.words[step]), float(said.probabilities[step])
                parts.append(_('{name}: "{word}" with probability {p:.2f}').format(name=name, word=word, p=sure))
        if found.gold is not None and found.gold.aer is not None and found.gold.aer_shifted is not None:
            aer = _("AER {aer:.2f}, shifted by one {shifted:.2f}")
            parts.append(aer.format(aer=found.gold.aer, shifted=found.gold.aer_shifted))
        return "   ".join([*parts, found.note])

    def caption(self, shown: Shown) -> list[str]:
        """Which models these are, and what they say."""
        found = shown[self.slot]
        if found is None:
            return super().caption(shown)
        both = [said for said in (found.without, found.attending) if said is not None]
        models = [f"{said.name} (seed {said.seed})" for said in both]
        if shown.options.mechanism.shifted:
            models.append(_("weights shifted by one step"))
        said = " / ".join(written_out(said.words) for said in both)
        return [*super().caption(shown), said, DOT.join(models)]

    def symbol_values(self, shown: Shown) -> dict[str, str]:
        """The word that is said, and the source word under the mouse."""
        found = shown[self.slot]
        if found is None:
            return {}
        said, step = found.attending, self.step(found)
        values = {"d_k": str(said.encoded.shape[1])}
        if 0 <= step < len(said.words):
            values |= {"q": named(said.words[step]), "c": length("c", said.contexts[step])}
            key = self.page.picture.key
            if key is not None and key < len(found.source):
                values |= {"k": named(found.source[key]), "alpha": f"{float(self._weights(found)[step, key]):.4f}"}
        return values


def _request(text: str, options: MechanismOptions) -> TranslationRequest:
    return TranslationRequest(text, options.translator, options.drawn, options.opened)


def _sentence(said: Spoken, seen: int) -> Paragraph:
    """Return the lane of everything said so far."""
    return Paragraph(_("Said"), "", 2.3, words=written_out(said.words[:seen]))
