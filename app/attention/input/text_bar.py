"""The head of the tab: the sentence, its pair where one is wanted, examples, and a line that says what to look for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.actions import ACTIONS
from app.attention.input.text_field import TextField
from app.icons import icon
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.keys.button import KeyPushButton
from app.widgets.plain import PlainLabel
from core.attention.examples import EXAMPLES
from core.attention.requests import Source
from core.language import N_, _


class TextBar(Panel):
    """One or two fields to type in.

    Signals:
        typed: the sentence, after each change.
        second_typed: the second sentence.
        pair_wanted: whether a second sentence is wanted.
        example_chosen: which example to begin with.
        done: the person has finished typing.
    """

    typed = Signal(str)
    second_typed = Signal(str)
    pair_wanted = Signal(bool)
    example_chosen = Signal(int)
    done = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.first, self.second = TextField(look), TextField(look)
        self.pair, self.examples = KeyPushButton(look), KeyPushButton(look)
        self._menu = QMenu(self)
        self._hint = PlainLabel()
        self._note = ""
        self._brief = False
        self._example: int | None = None
        self._assemble()
        for field, signal in ((self.first, self.typed), (self.second, self.second_typed)):
            field.typed.connect(signal)
            field.done.connect(self.done)
        self.pair.clicked.connect(self._on_pair)
        self._retranslate()
        self._restyle(look.theme.theme)
        self.show_texts("", "", paired=False)

    def _assemble(self) -> None:
        self.bind_text(
            self.first.setPlaceholderText, N_("Type a sentence, Chinese or English: the map updates with each key")
        )
        self.bind_text(self.second.setPlaceholderText, N_("A second sentence, such as its translation"))
        self.bind_text(self.first.setAccessibleName, N_("Sentence"))
        self.bind_text(self.second.setAccessibleName, N_("Second sentence"))
        self.pair.setCheckable(True)
        self.pair.setIcon(icon("plus", checked="close"))
        self.examples.setIcon(icon("book"))
        self.examples.setMenu(self._menu)
        for button in (self.pair, self.examples):
            set_style(button, quiet=True)
        self._hint.setWordWrap(True)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        set_style(self._hint, kind="caption")
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        fields = QVBoxLayout()
        fields.addWidget(self.first)
        fields.addWidget(self.second)
        self._fields = fields
        buttons = QHBoxLayout()
        buttons.addWidget(self.examples)
        buttons.addWidget(self.pair)
        self._grid = QGridLayout(self)
        self._grid.addLayout(fields, 0, 0)
        self._grid.addLayout(buttons, 0, 1)
        self._grid.addWidget(self._hint, 1, 0, 1, 2)
        self._grid.setColumnStretch(0, 1)

    def show_texts(self, text: str, second: str, *, paired: bool) -> None:
        """Show what is wanted; a field in which the same stands keeps its cursor."""
        self.first.show_text(text)
        self.second.show_text(second)
        self.second.setVisible(paired)
        self.pair.setChecked(paired)
        self._show_hint()

    def show_example(self, number: int) -> None:
        """Say what to look for in an example."""
        self._example = number
        self._show_hint()

    def show_note(self, note: str) -> None:
        """Say what has to be known about the map on screen; it comes before any hint."""
        self._note = note
        self._show_hint()

    def take_focus(self) -> None:
        """Let the person type, the old text selected so that it can be replaced at once."""
        self.first.setFocus()
        self.first.selectAll()

    def toggle_pair(self) -> None:
        """Show or hide the second field."""
        self.pair.click()

    def ask_for_second(self) -> None:
        """Let the person type the second sentence, opening its field if need be."""
        if not self.pair.isChecked():
            self.pair.click()
        self.second.setFocus()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._grid.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._grid.setHorizontalSpacing(em(0.5))
        self._grid.setVerticalSpacing(em(0.25))
        self._fields.setSpacing(em(0.25))
        for button in (self.pair, self.examples):
            button.setIconSize(self.look.scale.icon_size(1))

    def _retranslate(self) -> None:
        self._write_buttons()
        self.pair.setToolTip(_("Enter two sentences to read them together, compare or align them"))
        self._menu.clear()
        for number, example in enumerate(EXAMPLES):
            source = example.request.source
            sentence = source.text if source.pair is None else f"{source.text}  /  {source.pair}"
            action = self._menu.addAction(f"{_(example.topic)}:  {sentence}")
            action.setToolTip(_(example.look))
            action.triggered.connect(lambda _checked=False, number=number: self.example_chosen.emit(number))
        self._show_hint()

    def be_brief(self, on: bool) -> None:
        """Leave out what a small window has no room for: hints, and words on buttons that have a drawing."""
        if on != self._brief:
            self._brief = on
            self._write_buttons()
            self._show_hint()

    def show_lines(self, most: int) -> None:
        """Let no field be higher than so many lines."""
        for field in (self.first, self.second):
            field.show_lines(most)

    def _write_buttons(self) -> None:
        specs = {spec.id: spec for spec in ACTIONS}
        named = ((self.pair, _("Second sentence"), "at_pair"), (self.examples, _("Examples"), "at_example"))
        for button, name, key in named:
            button.setText("" if self._brief else name)
            button.show_key(specs[key].keys[0])
            button.setAccessibleName(name)

    def _show_hint(self) -> None:
        text = self._note
        if not text and self._example is not None and self._stands_there(EXAMPLES[self._example].request.source):
            example = EXAMPLES[self._example]
            text = _("{topic}: {look}").format(topic=_(example.topic), look=_(example.look))
        self._hint.setText(text)
        self._hint.setVisible(bool(text) and (not self._brief or bool(self._note)))

    def _stands_there(self, source: Source) -> bool:
        """Return whether all of an example is still there; what is said of two sentences is not true of one."""
        return self.first.text == source.text and (source.pair is None or self.pair.isChecked())

    @Slot(bool)
    def _on_pair(self, on: bool) -> None:
        self.pair_wanted.emit(on)
        if on and not self.second.text:  # an empty one is opened to be typed in
            self.second.setFocus()
