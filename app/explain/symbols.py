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
_SELF: Final = N_("Variants · Self-attention")
_ELEMENTS: Final = N_("2 Elements of reinforcement learning")
_PRACTICE: Final = N_("4 Policy gradient in practice")
_PAIRS: Final = N_("3 Solving it with word pairs")
_TROUBLE: Final = N_("1 What synonym mining is")
_VARIANTS: Final = {
    "scores": N_("Basic concepts: alignment functions"),
    "rows": N_("Multi-dimensional attention"),
    "hard": N_("Soft and hard attention"),
    "local": N_("Global and local attention"),
    "over": N_("Attention over attention"),
}
_LABELS: Final = N_("4 Where labelled sentences come from")
_SENTENCES: Final = N_("5 Solving it with labelled sentences")

_ALL: Final = (
    # Attention
    Symbol("q", "attention", "q", "q", "indigo", "●", N_("Query"),
           N_("The vector a token searches with."), _BASICS),
    Symbol("k", "attention", "k", "k", "magenta", "■", N_("Key"),
           N_("The vector that a token can be found by."), _BASICS),
    Symbol("v", "attention", "v", "v", "teal", "▲", N_("Value"),
           N_("The vector a token passes on when it is attended to."), _BASICS),
    Symbol("score", "attention", "e", "e", "slate", "▼", N_("Score"),
           N_("How well query and key match, before normalising; any number."), _BASICS),
    Symbol("softmax", "attention", "softmax", r"\mathrm{softmax}", "brown", "□", N_("Softmax"),
           N_("Turns a row of scores into shares: none negative, together 1."), _BASICS),
    Symbol("alpha", "attention", "α", r"\alpha", ATTENTION_RED, "◆", N_("Weight"),
           N_("The share of its attention a query gives to a key, 0 to 1."), _BASICS),
    Symbol("c", "attention", "c", "c", "moss", "★", N_("Context"),
           N_("The result for the query: the values, mixed by their weights."), _BASICS),
    Symbol("d_k", "attention", "d", "d_k", "olive", "△", N_("Dimension of a key"),
           N_("How many numbers a key has; dividing by the square root keeps the scores from growing "
"with it."), _SELF, "k"),
    Symbol("n_head", "attention", "n", r"n_{\mathrm{head}}", "rose", "◇", N_("Heads"),
           N_("How many attentions a layer computes in parallel, each with its own q, k and v."), _SELF, "head"),
    Symbol("temperature", "attention", "T", "T", "violet", "○", N_("Temperature"),
           N_("Divides the scores before the softmax: below 1 sharpens the weights, above 1 evens them "
"out; 1 is the model's own."), _BASICS),
    Symbol("delta", "attention", "Δ", r"\Delta", "navy", "▽", N_("Difference"),
           N_("How much more weight the left map gives than the right, −1 to 1."), _METRICS),
    # The survey's variants. Each takes hue and mark of one above that is on none of its pages.
    Symbol("W_learned", "attention", "W", "W", "navy", "▽", N_("Learnt weights"),
           N_("A matrix that training finds; drawn at random where no model was trained."), _VARIANTS["scores"]),
    Symbol("p_t", "attention", "p", "p_t", "violet", "○", N_("Position"),
           N_("Where among the keys the window stands, counted from the first."), _VARIANTS["local"], "t"),
    Symbol("window", "attention", "D", "D", "rose", "◇", N_("Half-width"),
           N_("How many keys to either side of the position are looked at."), _VARIANTS["local"]),
    Symbol("sigma", "attention", "σ", r"\sigma", "olive", "△", N_("Width of the Gaussian"),
           N_("Half of D: how fast weights fall with their distance from the position."), _VARIANTS["local"]),
    Symbol("drawn", "attention", "s", "s", "navy", "▽", N_("Drawn key"),
           N_("The one key that a sample takes; its value alone is passed on."), _VARIANTS["hard"]),
    Symbol("share", "attention", "f", "f", "violet", "○", N_("Share of draws"),
           N_("How often a key was drawn so far, as a share of all draws."), _VARIANTS["hard"]),
    Symbol("rows", "attention", "A", "A", "violet", "○", N_("Rows of weights"),
           N_("One row of weights for each thing the query looks for."), _VARIANTS["rows"]),
    Symbol("penalty", "attention", "P", "P", "rose", "◇", N_("Penalty"),
           N_("How much the rows look at the same keys; 0 if each has a key of its own."), _VARIANTS["rows"]),
    Symbol("strength", "attention", "λ", r"\lambda", "navy", "▽", N_("Strength of the penalty"),
           N_("How much the penalty counts beside everything else that is learned."), _VARIANTS["rows"]),
    Symbol("beta", "attention", "β", r"\beta", "violet", "○", N_("Importance"),
           N_("How much each word of a question, or each sentence of a review, has to say."), _VARIANTS["over"]),
    Symbol("attended", "attention", "s", "s", "navy", "▽", N_("Attended attention"),
           N_("The weight of each word of the text, after the question's words were weighed."), _VARIANTS["over"]),
    Symbol("mask", "attention", "M", "M", "navy", "▽", N_("Mask"),
           N_("0 where a key may be seen, minus infinity where it may not."), _SELF),
    Symbol("positions", "attention", "PE", r"\mathrm{PE}", "violet", "○", N_("Positions"),
           N_("Waves that are added to the vectors, so that their order can be seen."), _SELF),
    # Training and evaluation
    Symbol("cross_entropy", "attention", "L", "L", "slate", "▼", N_("Loss"),
           N_("How surprised the model is by what is right: 0 if it is sure of it."), _METRICS),
    Symbol("p_right", "attention", "p", "p", "navy", "▽", N_("Probability of what is right"),
           N_("How sure the model is of the right word, or the right answer."), _METRICS),
    Symbol("bleu", "attention", "BLEU", r"\mathrm{BLEU}", "violet", "○", N_("BLEU"),
           N_("How many runs of one to four words a translation shares with the right one, 0 to 100."), _METRICS),
    Symbol("aer", "attention", "AER", r"\mathrm{AER}", "rose", "◇", N_("Alignment error rate"),
           N_("How far the strongest weights are from the right links: 0 if all are right."), _METRICS),
    Symbol("links", "attention", "A", "A", "indigo", "●", N_("Links found"),
           N_("For each word that is said, the source word with the largest weight."), _METRICS),
    Symbol("sure", "attention", "S", "S", "magenta", "■", N_("Sure links"),
           N_("Words of the same meaning, by the grammar that made both sentences."), _METRICS),
    Symbol("possible", "attention", "P", "P", "teal", "▲", N_("Possible links"),
           N_("The sure ones, and words that only one language's grammar needs."), _METRICS),
    # Policy gradient
    Symbol("s", "policy_gradient", "s", "s", "indigo", "●", N_("State"),
           N_("What the agent observes; here position, velocity, angle and angular velocity."), _ELEMENTS),
    Symbol("a", "policy_gradient", "a", "a", "magenta", "■", N_("Action"),
           N_("What the agent does next; here, push left or right."), _ELEMENTS),
    Symbol("r", "policy_gradient", "r", "r", "olive", "▲", N_("Reward"),
           N_("What the environment pays for one step; here 1 while the pole stands."), _ELEMENTS),
    Symbol("pi", "policy_gradient", "π", r"\pi", ACTION_ORANGE, "◆", N_("Policy"),
           N_("The probability that the agent takes an action in a state."), _PRACTICE),
    Symbol("theta", "policy_gradient", "θ", r"\theta", "violet", "▼", N_("Parameters"),
           N_("All weights of the policy network: what training changes."), _PRACTICE),
    Symbol("gamma", "policy_gradient", "γ", r"\gamma", "brown", "□", N_("Discount"),
           N_("How much a reward one step later is worth, 0 to 1."), _PRACTICE),
    Symbol("G", "policy_gradient", "G", "G", "teal", "○", N_("Reward-to-go"),
           N_("The sum of rewards from this step to the end of the episode, later ones discounted."), _PRACTICE),
    Symbol("R", "policy_gradient", "R", "R", "rose", "△", N_("Normalised return"),
           N_("Reward-to-go compared with the batch: above 0 better than average, below 0 worse."), _PRACTICE),
    Symbol("loss", "policy_gradient", "L", "L", "slate", "◇", N_("Loss"),
           N_("What each update lowers; only its gradient matters, its value says little about "
"progress."), _PRACTICE),
    Symbol("alpha_lr", "policy_gradient", "η", r"\eta", "moss", "☆", N_("Learning rate"),
           N_("How far one update moves the parameters."), _PRACTICE),
    Symbol("entropy", "policy_gradient", "H", "H", "navy", "◎", N_("Entropy"),
           N_("How undecided a distribution is: 0 when all weight is on one, largest when all are "
"equal."), _PRACTICE),
    # Synonyms
    Symbol("u", "synonyms", "u", "u", "indigo", "●", N_("First word"),
           N_("The first word of a pair; in a formula its vector."), _PAIRS),
    Symbol("v_word", "synonyms", "v", "v", "magenta", "■", N_("Second word"),
           N_("The second word of a pair; in a formula its vector."), _PAIRS),
    Symbol("w_word", "synonyms", "w", "w", "teal", "▲", N_("Third word"),
           N_("A word linked to the first only through the second."), _TROUBLE),
    Symbol("cos", "synonyms", "cos", r"\cos", "brown", "◆", N_("Cosine"),
           N_("How closely two vectors point the same way: 1 same direction, 0 unrelated."), _PAIRS),
    Symbol("p_model", "synonyms", "p", "p", "moss", "△", N_("Model probability"),
           N_("The probability that the model, trained on your verdicts, gives to a pair being "
"synonyms."), _PAIRS),
    Symbol("x", "synonyms", "x", "x", "rose", "▼", N_("Evidence"),
           N_("The pair's evidence in numbers: the scores of its sources and what is derived from them."), _PAIRS),
    Symbol("w", "synonyms", "w", "w", "navy", "☆", N_("Learnt weights"),
           N_("How much each piece of evidence counts, learnt from your verdicts."), _PAIRS),
    Symbol("alpha_s", "synonyms", "α", r"\alpha", ATTENTION_RED, "▲", N_("Weight of a sentence"),
           N_("What a sentence counts among those that hold both words, 0 to 1."), _SENTENCES),
    Symbol("P", "synonyms", "P", "P", "teal", "▲", N_("Precision"),
           N_("Of the proposed pairs, the share that is true."), _TROUBLE),
    Symbol("recall", "synonyms", "R", "R", "rose", "▼", N_("Recall"),
           N_("Of all true pairs, the share that was proposed."), _TROUBLE),
    Symbol("TP", "synonyms", "TP", r"\mathrm{TP}", "moss", "★", N_("True positives"),
           N_("Pairs proposed as synonyms that are synonyms."), _TROUBLE),
    Symbol("FP", "synonyms", "FP", r"\mathrm{FP}", "magenta", "■", N_("False positives"),
           N_("Proposed pairs that are not synonyms."), _TROUBLE),
    Symbol("FN", "synonyms", "FN", r"\mathrm{FN}", "navy", "△", N_("False negatives"),
           N_("Synonyms that no source proposed."), _TROUBLE),
    Symbol("tau", "synonyms", "τ", r"\tau", "slate", "○", N_("Threshold"),
           N_("The least score at which a pair is taken for synonyms."), _TROUBLE),
    Symbol("AP", "synonyms", "AP", r"\mathrm{AP}", "violet", "★", N_("Average precision"),
           N_("Precision averaged over all thresholds: one number for the whole ranking."), _TROUBLE),
    Symbol("kappa", "synonyms", "κ", r"\kappa", "olive", "□", N_("Cohen's kappa"),
           N_("How far two annotators agree beyond chance: 1 is full agreement, 0 is chance."), _LABELS),
    Symbol("alpha_k", "synonyms", "α", r"\alpha", "slate", "○", N_("Krippendorff's alpha"),
           N_("Like κ, for any number of annotators, even if some did not judge every pair."), _LABELS),
    Symbol("p_o", "synonyms", "p", "p_o", "teal", "▲", N_("Observed agreement"),
           N_("The share of pairs with the same verdict from two annotators."), _LABELS, "o"),
    Symbol("p_e", "synonyms", "p", "p_e", "rose", "▼", N_("Chance agreement"),
           N_("The share that would agree by chance, if both gave their verdicts at random, each as "
"often as they did."), _LABELS, "e"),
    Symbol("D_o", "synonyms", "D", "D_o", "indigo", "●", N_("Observed disagreement"),
           N_("How often verdicts on the same pair differ."), _LABELS, "o"),
    Symbol("D_e", "synonyms", "D", "D_e", "magenta", "■", N_("Expected disagreement"),
           N_("How often they would differ if all verdicts were shuffled among the pairs."), _LABELS, "e"),
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
