"""What a reader of a saved picture has to know: the sentence, the model, layer and head, and the scale."""

from __future__ import annotations

from app.attention.compare import title_of
from app.attention.content import scale_name
from app.attention.state import AttentionState
from app.attention.wish import Wish
from core.language import _


def caption(state: AttentionState, wish: Wish) -> list[str]:
    """Return the lines below a picture of the stage."""
    lines = [" / ".join(" ".join(text.split()) for text in (wish.text, wish.second if wish.has_second else "") if text)]
    scale = _("colours: {scale}").format(scale=scale_name(wish.scale))
    if wish.view == "compare" and state.comparison is not None:
        lines.append(f"{title_of(state.comparison.first)}  |  {title_of(state.comparison.second)}")
        lines.append(scale)
    elif wish.view == "alignment" and state.alignment is not None:
        found = state.alignment
        after = _("vectors after layer {layer} of {layers}").format(layer=found.layer, layers=found.card.layers)
        lines.append(f"{found.card.title} · {after}")
    elif wish.view == "steps" and state.steps is not None:
        steps = state.steps
        where = _("layer {layer}, head {head}").format(layer=steps.layer, head=steps.head)
        lines.append(f"{steps.card.title} · {where} · T = {wish.temperature:.2f}")
    elif wish.view == "heads" and state.gallery is not None:
        heads = _("all heads")
        lines.append(f"{state.gallery.card.title} · {heads} · {scale}")
    elif state.map is not None:
        lines.append(f"{title_of(state.map)} · {scale}")
        if state.map.hidden.any():
            share = float(state.map.hidden.mean())
            lines.append(
                _("Special tokens and blanks are hidden; they had {share:.0%} of the attention.").format(share=share)
            )
    return lines
