"""The symbols of the formulas, each declared once: its letter, its meaning, its one hue and its mark.

Formulas, prose, code and pictures take a symbol's colour from here, so that it is the same on every page and in
every theme. Nothing is told by colour alone: the letter says it, too, and where there is no room for a letter (a
strip, a curve), the mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from app.theme import SYMBOL_HUES, Colours
from core.language import N_

Subject = Literal["attention", "policy_gradient", "synonyms"]

ATTENTION_RED: Final = "attention"
"""The hue of an attention weight: the red that is kept for attention."""
ACTION_ORANGE: Final = "right"
"""The hue of π: the orange of the action whose probability is shown."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol.

    Attributes:
        id: its name in formulas, texts and pages.
        subject: the article that writes it.
        glyph: how it is written in prose.
        index: what hangs below the glyph.
        latex: how it is typeset.
        hue: one of ``SYMBOL_HUES``, or one of the two that are kept for what it stands for.
        mark: the shape that goes with the hue; like the hue, no other symbol of a page has it.
        name: marked for translation.
        meaning: one sentence, marked for translation.
        section: of the article, marked for translation.
    """

    id: str
    subject: Subject
    glyph: str
    latex: str
    hue: str
    mark: str
    name: str
    meaning: str
    section: str
    index: str = ""

    @property
    def written(self) -> str:
        """The symbol in one line of plain text, for screen readers and tips."""
        return f"{self.glyph}_{self.index}" if self.index else self.glyph

    def colour(self, colours: Colours) -> str:
        """Return its hue in a theme, ``#rrggbb``, which can be read as a word."""
        if self.hue == ATTENTION_RED:
            return colours.attention_ink
        if self.hue == ACTION_ORANGE:
            return colours.right_ink
        return colours.symbols[SYMBOL_HUES.index(self.hue)]


_BASICS: Final = N_("Basic concepts")
_METRICS: Final = N_("Evaluation")
_SELF: Final = N_("Self-attention")
_ELEMENTS: Final = N_("2 Elements of reinforcement learning")
_PRACTICE: Final = N_("4 Policy gradient in practice")
_PAIRS: Final = N_("3 Solving it with word pairs")
_TROUBLE: Final = N_("1 What synonym mining is")
_LABELS: Final = N_("4 Where labelled sentences come from")

_ALL: Final = (
    # Attention
    Symbol("q", "attention", "q", "q", "indigo", "●", N_("Query"),
           N_("What the asking token looks for, as a vector."), _BASICS),
    Symbol("k", "attention", "k", "k", "magenta", "■", N_("Key"),
           N_("What a token offers to be found by, as a vector."), _BASICS),
    Symbol("v", "attention", "v", "v", "teal", "▲", N_("Value"),
           N_("What a token hands over when it is looked at, as a vector."), _BASICS),
    Symbol("score", "attention", "e", "e", "slate", "▼", N_("Score"),
           N_("How well query and key fit, before normalising; any number."), _BASICS),
    Symbol("softmax", "attention", "softmax", r"\mathrm{softmax}", "brown", "□", N_("Softmax"),
           N_("Turns a row of scores into shares: none negative, together 1."), _BASICS),
    Symbol("alpha", "attention", "α", r"\alpha", ATTENTION_RED, "◆", N_("Weight"),
           N_("The share of its attention that a query gives to a key, 0 to 1."), _BASICS),
    Symbol("c", "attention", "c", "c", "moss", "★", N_("Context"),
           N_("What the query takes home: the values, mixed by their weights."), _BASICS),
    Symbol("d_k", "attention", "d", "d_k", "olive", "△", N_("Width of a key"),
           N_("How many numbers a key has; its root keeps scores from growing with it."), _SELF, "k"),
    Symbol("n_head", "attention", "n", r"n_{\mathrm{head}}", "rose", "◇", N_("Heads"),
           N_("How many times a layer attends side by side, each time with its own q, k and v."), _SELF, "head"),
    Symbol("temperature", "attention", "T", "T", "violet", "○", N_("Temperature"),
           N_("Divides the scores: small sharpens the weights, large evens them out; 1 is the model's own."), _BASICS),
    Symbol("delta", "attention", "Δ", r"\Delta", "navy", "▽", N_("Difference"),
           N_("How much more weight the left map gives than the right, −1 to 1."), _METRICS),
    # Policy gradient
    Symbol("s", "policy_gradient", "s", "s", "indigo", "●", N_("State"),
           N_("What the agent sees of the world now; here position, velocity, angle and angular velocity."), _ELEMENTS),
    Symbol("a", "policy_gradient", "a", "a", "magenta", "■", N_("Action"),
           N_("What the agent does next; here a push to the left or to the right."), _ELEMENTS),
    Symbol("r", "policy_gradient", "r", "r", "olive", "▲", N_("Reward"),
           N_("What the environment pays for one step; here 1 as long as the pole stands."), _ELEMENTS),
    Symbol("pi", "policy_gradient", "π", r"\pi", ACTION_ORANGE, "◆", N_("Policy"),
           N_("The probability with which the agent takes an action in a state."), _PRACTICE),
    Symbol("theta", "policy_gradient", "θ", r"\theta", "violet", "▼", N_("Parameters"),
           N_("All weights of the policy's network: what learning changes."), _PRACTICE),
    Symbol("gamma", "policy_gradient", "γ", r"\gamma", "brown", "□", N_("Discount"),
           N_("How much a reward one step later counts, 0 to 1."), _PRACTICE),
    Symbol("G", "policy_gradient", "G", "G", "teal", "○", N_("Reward-to-go"),
           N_("All that is still earned from this step on, later rewards discounted."), _PRACTICE),
    Symbol("R", "policy_gradient", "R", "R", "rose", "△", N_("Normalised return"),
           N_("The reward-to-go against the batch: above 0 better than usual, below 0 worse."), _PRACTICE),
    Symbol("loss", "policy_gradient", "L", "L", "slate", "◇", N_("Loss"),
           N_("What each update lowers; its gradient is the point, its size says nothing."), _PRACTICE),
    Symbol("alpha_lr", "policy_gradient", "η", r"\eta", "moss", "☆", N_("Learning rate"),
           N_("How far one update moves the parameters."), _PRACTICE),
    Symbol("entropy", "policy_gradient", "H", "H", "navy", "◎", N_("Entropy"),
           N_("How undecided a distribution is: 0 when all lies on one, largest when all are alike."), _PRACTICE),
    # Synonyms
    Symbol("u", "synonyms", "u", "u", "indigo", "●", N_("First word"),
           N_("The first word of a pair; in a formula its vector."), _PAIRS),
    Symbol("v_word", "synonyms", "v", "v", "magenta", "■", N_("Second word"),
           N_("The second word of a pair; in a formula its vector."), _PAIRS),
    Symbol("w_word", "synonyms", "w", "w", "teal", "▲", N_("Third word"),
           N_("A word that is tied to the first only by way of the second."), _TROUBLE),
    Symbol("cos", "synonyms", "cos", r"\cos", "brown", "◆", N_("Cosine"),
           N_("How far two vectors point the same way: 1 alike, 0 unrelated."), _PAIRS),
    Symbol("p_model", "synonyms", "p", "p", "moss", "△", N_("Probability of the model"),
           N_("How likely the model, taught by your decisions, thinks a synonym pair."), _PAIRS),
    Symbol("x", "synonyms", "x", "x", "rose", "▼", N_("Evidence"),
           N_("What is known of a pair, in numbers: the scores of its sources and what follows from them."), _PAIRS),
    Symbol("w", "synonyms", "w", "w", "navy", "☆", N_("Learnt weights"),
           N_("How much each piece of evidence counts, learnt from your decisions."), _PAIRS),
    Symbol("P", "synonyms", "P", "P", "teal", "▲", N_("Precision"),
           N_("Of what was proposed, the share that is right."), _TROUBLE),
    Symbol("recall", "synonyms", "R", "R", "rose", "▼", N_("Recall"),
           N_("Of what is right, the share that was proposed."), _TROUBLE),
    Symbol("TP", "synonyms", "TP", r"\mathrm{TP}", "moss", "★", N_("True positives"),
           N_("Synonyms that were proposed as such."), _TROUBLE),
    Symbol("FP", "synonyms", "FP", r"\mathrm{FP}", "magenta", "■", N_("False positives"),
           N_("Pairs that were proposed and are no synonyms."), _TROUBLE),
    Symbol("FN", "synonyms", "FN", r"\mathrm{FN}", "navy", "△", N_("False negatives"),
           N_("Synonyms that nobody proposed."), _TROUBLE),
    Symbol("AP", "synonyms", "AP", r"\mathrm{AP}", "violet", "★", N_("Average precision"),
           N_("Precision averaged over all thresholds: one number for a whole ranking."), _TROUBLE),
    Symbol("kappa", "synonyms", "κ", r"\kappa", "olive", "□", N_("Cohen's kappa"),
           N_("How far two annotators agree beyond chance: 1 always, 0 as dice would."), _LABELS),
    Symbol("alpha_k", "synonyms", "α", r"\alpha", "slate", "○", N_("Krippendorff's alpha"),
           N_("The same for any number of annotators, also where some did not answer."), _LABELS),
    Symbol("p_o", "synonyms", "p", "p_o", "teal", "▲", N_("Observed agreement"),
           N_("The share of pairs to which two annotators gave the same answer."), _LABELS, "o"),
    Symbol("p_e", "synonyms", "p", "p_e", "rose", "▼", N_("Chance agreement"),
           N_("The share that would agree if both drew their answers, each as often as they gave them."), _LABELS, "e"),
    Symbol("D_o", "synonyms", "D", "D_o", "indigo", "●", N_("Observed disagreement"),
           N_("How often answers to the same pair differ."), _LABELS, "o"),
    Symbol("D_e", "synonyms", "D", "D_e", "magenta", "■", N_("Expected disagreement"),
           N_("How often they would differ if all answers were shuffled among the pairs."), _LABELS, "e"),
)  # fmt: skip

SYMBOLS: Final = {symbol.id: symbol for symbol in _ALL}
"""Every symbol by its id."""

LATEX: Final = {symbol.id: symbol.latex for symbol in _ALL}
"""What ``core.formulas`` needs to know of them."""

ARTICLES: Final[dict[Subject, str]] = {
    "attention": N_("Survey: attention in natural language processing"),
    "policy_gradient": N_("Reinforcement learning with Gym: policy gradient"),
    "synonyms": N_("Mining Chinese synonyms: the pitfalls"),
}
"""The articles' titles, marked for translation."""
