"""The column of choices: which model, which layer and head, what a row is, and how weights become colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from app.actions import ACTIONS
from app.attention.drawing.map_content import colormap_name, scale_name
from app.attention.input.head_set_field import HeadSetField
from app.attention.input.languages import LanguageBoxes
from app.attention.input.model_menu import ModelMenu
from app.attention.options import ONLY_MAPS, ViewOptions
from app.attention.views.base import Control, View
from app.attention.views.controls import size_of
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.fields.index_slider import IndexSlider
from app.widgets.keys.cap import KeyCaps
from app.widgets.plain import PlainLabel, plain_tip
from core.attention.encoders.built_in import DEFAULT_MODEL, built_in, prefix_of
from core.attention.requests import (
    AGGREGATIONS,
    COLORMAPS,
    MOST_WRITTEN,
    SCALES,
    UNITS,
    Across,
    HeadAggregation,
    Stack,
    Unit,
)
from core.attention.results import AttentionMap, ModelCard
from core.language import N_, _

UNIT_NAMES: Final[dict[Unit, str]] = {"piece": N_("Pieces"), "character": N_("Characters"), "word": N_("Words")}
AGGREGATION_NAMES: Final[dict[HeadAggregation, str]] = {
    "weights": N_("Softmax weights"),
    "norms": N_("Norm-weighted"),
    "rollout": N_("Rollout"),
}
AGGREGATION_TIPS: Final[dict[HeadAggregation, str]] = {
    "weights": N_("As computed by the head: each row sums to 1."),
    "norms": N_("Weights times the length of the vectors they move (Kobayashi 2020)."),
    "rollout": N_(
        "Attention multiplied through all layers up to this one, with residual connections (Abnar and Zuidema 2020)."
    ),
}
STACK_NAMES: Final[dict[Stack, str]] = {
    "cross": N_("Decoder to encoder"),
    "encoder": N_("Encoder"),
    "decoder": N_("Decoder"),
}


ACROSS_NAMES: Final[dict[Across | None, str]] = {
    None: N_("both look at both"),
    "first-second": N_("first → second"),
    "second-first": N_("second → first"),
}


class Sidebar(Panel):
    """Shows a options and says what is changed in it.

    Signals:
        wanted: changed fields of the options, by name.
    """

    wanted = Signal(dict)

    def __init__(self, look: Look, views: Sequence[View], parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._brought = {view.spec.id: view.own_controls for view in views if view.own_controls is not None}
        self._column = QVBoxLayout()
        self._labels: dict[QWidget, QWidget] = {}
        self.model = ModelMenu(look)
        self.layer = IndexSlider(look, N_("Layer"), N_("mean of all"))
        self.head = IndexSlider(look, N_("Head"), N_("mean of all"))
        self.head_set = HeadSetField(look)
        self.aggregation = self._box()
        self.stack = self._box()
        self.across = self._box()
        self._units = QButtonGroup(self)
        self._unit_row = QWidget()
        self.unit_buttons: dict[Unit, QPushButton] = {}
        self.specials, self._effect = QCheckBox(), PlainLabel()
        self.prefix, self._prefixed_model = QCheckBox(), DEFAULT_MODEL
        self.colormap, self.scale = self._box(), self._box()
        self.writes = QSpinBox()
        self.writes.setRange(0, MOST_WRITTEN)
        self._note = PlainLabel()
        self._assemble()
        self._connect()
        self._retranslate()
        self._restyle(look.theme.theme)

    def _box(self) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        return box

    def _assemble(self) -> None:
        self._add(self.model, N_("Model"))
        self.languages = LanguageBoxes(self.look)
        self._column.addWidget(self.languages)
        self._add(self.stack, N_("Attention"))
        self._column.addWidget(self.layer)
        self._column.addWidget(self.head)
        self._column.addWidget(self.head_set)
        for part in reversed(self._brought.values()):
            self._column.addWidget(part)
        self._add(self.aggregation, N_("Attention measure"), "at_aggregation")
        row = QHBoxLayout(self._unit_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for unit in UNITS:
            button = QPushButton()
            button.setCheckable(True)
            button.setObjectName(f"unit_{unit}")
            self.bind_text(button.setText, UNIT_NAMES[unit])
            self._units.addButton(button)
            self.unit_buttons[unit] = button
            row.addWidget(button, 1)
        self._add(self._unit_row, N_("Tokens as"), "at_unit")
        self._add(self.across, N_("Sentences"))
        self._add(self.writes, N_("Tokens the model writes on"))
        self._specials_line = self._with_key(self.specials, "at_specials")
        self._column.addWidget(self._specials_line)
        self._effect.setWordWrap(True)
        set_style(self._effect, kind="caption")
        self._column.addWidget(self._effect)
        self._column.addWidget(self.prefix)
        self._add(self.colormap, N_("Palette"), "at_colormap")
        self._add(self.scale, N_("Colour scale"), "at_scale")
        self._column.addWidget(self._note)
        self._column.addStretch()
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        set_style(self._note, kind="caption")
        self._page = QWidget()
        self._page.setLayout(self._column)
        self._page.installEventFilter(self)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def _add(self, widget: QWidget, name: str, action: str = "") -> None:
        """Add a control below its name and, where an action of the table changes it, that action's key."""
        label = PlainLabel()
        label.setBuddy(widget)
        self.bind_text(label.setText, name)
        self.bind_text(widget.setAccessibleName, name)
        self._labels[widget] = self._with_key(label, action)
        self._column.addWidget(self._labels[widget])
        self._column.addWidget(widget)

    def _with_key(self, named: QWidget, action: str) -> QWidget:
        """Return ``named`` with the cap of the action's key beside it."""
        keys = next((spec.keys[:1] for spec in ACTIONS if spec.id == action), ())
        if not keys:
            return named
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(named)
        row.addWidget(KeyCaps(self.look, keys))
        row.addStretch()
        return line

    def _connect(self) -> None:
        self.model.chosen.connect(self._on_model)
        for part in self._brought.values():
            part.wanted.connect(self.wanted)
        self.head_set.chosen.connect(lambda chosen: self.wanted.emit({"chosen": chosen}))
        for name, slider in self._sliders().items():
            slider.chosen.connect(lambda index, name=name: self.wanted.emit({name: index}))
        for name, box in self._boxes().items():
            box.activated.connect(lambda _at, name=name, box=box: self.wanted.emit({name: box.currentData()}))
        for name, switch in self._switches().items():
            switch.clicked.connect(lambda on, name=name: self.wanted.emit({name: on}))
        self.languages.wanted.connect(self.wanted)
        self.writes.valueChanged.connect(lambda count: self.wanted.emit({"writes": count}))
        for unit, button in self.unit_buttons.items():
            button.clicked.connect(lambda _on, unit=unit: self.wanted.emit({"unit": unit}))

    def _sliders(self) -> dict[str, IndexSlider]:
        return {"layer": self.layer, "head": self.head}

    def _boxes(self) -> dict[str, QComboBox]:
        return {
            "aggregation": self.aggregation,
            "stack": self.stack,
            "across": self.across,
            "colormap": self.colormap,
            "scale": self.scale,
        }

    def _switches(self) -> dict[str, QCheckBox]:
        return {"specials": self.specials, "prefix": self.prefix}

    def show_options(self, view: View, options: ViewOptions, cards: Mapping[str, ModelCard]) -> None:
        """Show what of ``options`` the ``view`` needs, with what is known of the models."""
        card = cards.get(options.model)
        layers, heads = size_of(card, options.stack)
        self.model.show_model(options.model)
        layer, head = view.layer_and_head(options)
        by_set = _("chosen set") if options.set_shown is not None and view.shows_set else ""
        self.layer.show_index(layer, layers, by_set)
        self.head.show_index(head, heads, by_set)
        self.head_set.show_set(options.chosen)
        codes = card.languages if card is not None else ()
        self.languages.show_languages(codes, options.from_language, options.to_language)
        self.languages.setVisible(bool(codes))
        with QSignalBlocker(self.writes):
            self.writes.setValue(options.writes)
        self._fill_stacks(card)
        for name, box in self._boxes().items():
            box.setCurrentIndex(max(0, box.findData(getattr(options, name))))
        self._offer_norms(card)
        self.unit_buttons[options.unit].setChecked(True)
        for name, switch in self._switches().items():
            switch.setChecked(getattr(options, name))
        if view.own_controls is not None:  # the others are shown with their views
            view.own_controls.show_options(options, cards)
        self._show_what_counts(view, options, card)

    def layers_of(self, view: View) -> IndexSlider:
        """Return what walks through the layers in ``view``."""
        part = view.own_controls
        return part.layers if part is not None and part.layers is not None else self.layer

    def remember_models(self, names: list[str]) -> None:
        """Offer models that were opened before."""
        self.model.show_recent(names)
        for part in self._brought.values():
            part.remember_models(names)

    def show_effect(self, shown: AttentionMap | None, *, specials: bool) -> None:
        """Say what hiding the special tokens does to ``shown``, the map on screen."""
        if specials:
            text = _("Most heads attend to it heavily, which carries no meaning.")
        elif shown is not None and shown.hidden.size:
            text = _("Special tokens hidden ({share:.0%} of the attention); rows renormalised.").format(
                share=float(shown.hidden.mean())
            )
        else:
            text = _("Special tokens hidden; rows renormalised.")
        self._effect.setText(text)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setSpacing(em(0.375))
        self._column.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._fit_width()

    def _retranslate(self) -> None:
        self._fill(self.across, {name: _(words) for name, words in ACROSS_NAMES.items()})
        self._fill(self.aggregation, {name: _(AGGREGATION_NAMES[name]) for name in AGGREGATIONS})
        for index in range(self.aggregation.count()):
            tip = _(AGGREGATION_TIPS[self.aggregation.itemData(index)])
            self.aggregation.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)
        self._fill(self.colormap, {colormap: colormap_name(colormap) for colormap in COLORMAPS})
        self._fill(self.scale, {scale: scale_name(scale) for scale in SCALES})
        for index in range(self.stack.count()):
            self.stack.setItemText(index, _(STACK_NAMES[self.stack.itemData(index)]))
        self.specials.setText(_("Show special tokens"))
        self.specials.setToolTip(
            plain_tip(_("Tokens that stand for nothing typed: [CLS], <s>, e5's blank ▁. Most attention goes to them."))
        )
        self._write_prefix()
        self._fit_width()

    def _write_prefix(self) -> None:
        row = built_in(self._prefixed_model)
        if row is not None and row.prefix:
            self.prefix.setText(_('Add "{prefix}" prefix').format(prefix=row.prefix))
            self.prefix.setToolTip(_("{model} was trained on texts with this prefix.").format(model=row.title))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the words of all parts: those that views bring are translated after the column itself."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_width()
        return super().eventFilter(watched, event)

    def _fit_width(self) -> None:
        """Be as wide as the widest control of any view wants, with room for the scroll bar, there or not."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self._scroll.verticalScrollBar())
        parts = self._page.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        widest = max(part.minimumSizeHint().width() for part in parts)
        margins = self._column.contentsMargins()
        needed = max(widest + margins.left() + margins.right(), self._page.minimumSizeHint().width()) + bar
        self.setFixedWidth(max(self.look.scale.em(14), needed))

    def _fill(self, box: QComboBox, entries: dict[Any, str]) -> None:
        chosen = box.currentData()
        with QSignalBlocker(box):
            box.clear()
            for value, words in entries.items():
                box.addItem(words, value)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def _fill_stacks(self, card: ModelCard | None) -> None:
        stacks = card.stacks if card is not None else ()
        if [self.stack.itemData(index) for index in range(self.stack.count())] != list(stacks):
            self._fill(self.stack, {stack: _(STACK_NAMES[stack]) for stack in stacks})

    def _offer_norms(self, card: ModelCard | None) -> None:
        """Grey the norms out for a model that weighs in a way of its own, and say why."""
        only_maps = card is not None and card.only_maps
        index = self.aggregation.findData("norms")
        model = self.aggregation.model()
        if isinstance(model, QStandardItemModel):
            model.item(index).setEnabled(not only_maps)
        tip = _(ONLY_MAPS) if only_maps else _(AGGREGATION_TIPS["norms"])
        self.aggregation.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)

    def _show_what_counts(self, view: View, options: ViewOptions, card: ModelCard | None) -> None:
        """Hide what the view has no use for, and switch off what changes nothing."""
        parts: dict[Control, tuple[QWidget, ...]] = {
            "layer": (self.layer,),
            "head": (self.head,),
            "specials": (self._specials_line, self._effect),
            "aggregation": (self.aggregation,),
            "unit": (self._unit_row,),
            "colormap": (self.colormap,),
            "scale": (self.scale,),
        }
        is_chosen = view.reads_with_chosen_model(options)
        for control, widgets in parts.items():
            on = control in view.controls and (is_chosen or control != "unit")  # shown and hidden, all is laid out anew
            for widget in widgets:
                widget.setVisible(on)
                if widget in self._labels:
                    self._labels[widget].setVisible(on)
        reads_pair = options.has_second and (card is None or card.family != "encoder-decoder")
        for widget in (self.across, self._labels[self.across]):
            widget.setVisible("across" in view.controls and reads_pair)
        can_write = card is not None and card.writes and not options.has_second and "layer" in view.controls
        for widget in (self.writes, self._labels[self.writes]):
            widget.setVisible(can_write)
        for owner, part in self._brought.items():
            part.setVisible(owner == view.spec.id)
        self.head.setEnabled(view.has_free_head(options))
        self.head_set.setVisible(view.shows_set and "head" in view.controls)
        self.head_set.setEnabled(options.aggregation != "rollout")
        if options.model != self._prefixed_model:
            self._prefixed_model = options.model
            self._write_prefix()
        self.prefix.setVisible(is_chosen and bool(prefix_of(options.model)))
        for widget in (self.stack, self._labels[self.stack]):
            widget.setVisible(is_chosen and self.stack.count() > 1)
        for widget in (self.model, self._labels[self.model], self._note):
            widget.setVisible(is_chosen)
        self._note.setText(card.origin if card is not None else "")

    @Slot(str, bool)
    def _on_model(self, name: str, download: bool) -> None:
        self.wanted.emit({"model": name, "download": download})
