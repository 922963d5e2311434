"""What is to be mined: from where, which words, how many pairs."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.fields.file_picker import FilePicker
from app.widgets.plain import PlainLabel
from core.language import N_, _
from core.synonyms.candidates.sources import SOURCES
from core.synonyms.candidates.vocabulary import VocabularyFilter
from core.synonyms.lexicons.english_files import has_english, how_to_get_one
from core.synonyms.mining.config import MineConfig
from core.synonyms.pairs import SynonymsError
from core.synonyms.vectors import look_at_vectors
from core.synonyms.vectors.neighbours import INDEX_PAYS_FROM

_NO_LIMIT: Final = 0


class MiningForm(Panel):
    """Three short steps. The button that begins, and what is wrong, lie where the page puts them: always in sight.

    Signals:
        start_wanted: a ``MineConfig`` that is allowed.
        stop_wanted: the mining under way shall end.
        index_wanted: path of word vectors that are to have an index.
    """

    start_wanted = Signal(object)
    stop_wanted = Signal()
    index_wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._database = ""
        self._is_working = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._forms: list[QFormLayout] = []
        self._labels: list[QLabel] = []
        self._steps: list[QLabel] = []
        self.sources = {name: QCheckBox() for name in SOURCES}
        self.vectors = FilePicker(look, VECTORS_TITLE, N_("Chinese Wikipedia, as shipped"))
        self.about_vectors = PlainLabel()
        self.index = QPushButton()
        self.lexicons = FilePicker(look, LEXICONS_TITLE, N_("only Cilin"), several=True)
        self.english = FilePicker(look, ENGLISH_TITLE, N_("the WordNet that is installed"), several=True)
        self.about_english = PlainLabel()
        self.corpora = FilePicker(look, CORPORA_TITLE, N_("People's Daily and reviews, as shipped"), several=True)
        self.limit, self.least, self.most, self.rank, self.nearest = (QSpinBox() for _number in range(5))
        self.cosine = QDoubleSpinBox()
        self.hanzi = QCheckBox()
        self.sentences = QCheckBox()
        self.start = QPushButton()
        self.start.setObjectName("mine")
        self.problem = PlainLabel()
        self.problem.setWordWrap(True)
        set_style(self.problem, kind="error")
        self._set_ranges()
        self._lay_out()
        self.start.clicked.connect(self._on_start)
        self.vectors.changed.connect(self.show_vectors)
        self.index.clicked.connect(self._on_index)
        self.english.changed.connect(self._show_english)
        self.show_config(MineConfig(""))
        self._retranslate()
        self._restyle(look.theme.theme)

    def _set_ranges(self) -> None:
        for box, low, high, step in (
            (self.limit, 100, 5_000_000, 1000),
            (self.least, 1, 20, 1),
            (self.most, 1, 40, 1),
            (self.rank, _NO_LIMIT, 10_000_000, 10_000),
            (self.nearest, 1, 100, 1),
        ):
            box.setRange(low, high)
            box.setSingleStep(step)
            box.setGroupSeparatorShown(True)
        self.cosine.setRange(-1.0, 1.0)
        self.cosine.setSingleStep(0.05)

    def _lay_out(self) -> None:
        self._step(N_("1  Sources"))
        for name, box in self.sources.items():
            box.setObjectName(f"source_{name}")
            self.bind_text(box.setText, SOURCES[name].title)
            self._column.addWidget(box)
        form = self._form()
        for title, choice in (
            (VECTORS_TITLE, self.vectors), (LEXICONS_TITLE, self.lexicons), (ENGLISH_TITLE, self.english),
            (CORPORA_TITLE, self.corpora),
        ):  # fmt: skip
            self._field(form, title, choice)
            if choice is self.vectors:
                form.addRow("", self.about_vectors)
                form.addRow("", self.index)
            elif choice is self.english:
                form.addRow("", self.about_english)
        self.bind_text(self.index.setText, N_("Build nearest-neighbour index"))
        for about in (self.about_vectors, self.about_english):
            about.setWordWrap(True)
            set_style(about, kind="caption")
        self._step(N_("2  Words"))
        form = self._form()
        self._field(form, N_("Min length"), self.least)
        self._field(form, N_("Max length"), self.most)
        self._field(form, N_("Max frequency rank"), self.rank)
        self._column.addWidget(self.hanzi)
        self.bind_text(self.hanzi.setText, N_("Chinese characters only"))
        self._step(N_("3  Amount"))
        form = self._form()
        self._field(form, N_("Total pairs"), self.limit)
        self._field(form, N_("Neighbours per word"), self.nearest)
        self._field(form, N_("Min cosine"), self.cosine)
        self._column.addWidget(self.sentences)
        self.bind_text(self.sentences.setText, N_("Prepare example sentences"))
        self._column.addStretch()

    def _step(self, words: str) -> None:
        label = PlainLabel()
        set_style(label, kind="title")
        self.bind_text(label.setText, words)
        self._steps.append(label)
        self._column.addWidget(label)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._forms.append(form)
        self._column.addLayout(form)
        return form

    def _field(self, form: QFormLayout, title: str, control: QWidget) -> None:
        label = PlainLabel()
        label.setBuddy(control)
        self.bind_text(label.setText, title)
        self.bind_text(control.setAccessibleName, title)
        self._labels.append(label)
        form.addRow(label, control)

    def controls(self) -> dict[str, QWidget]:
        """Return every field, by name."""
        fields: dict[str, QWidget] = {
            "vectors": self.vectors, "lexicons": self.lexicons, "english": self.english, "corpora": self.corpora,
            "limit": self.limit,
            "least": self.least, "most": self.most, "rank": self.rank, "nearest": self.nearest,
            "cosine": self.cosine, "hanzi": self.hanzi, "sentences": self.sentences,
        }  # fmt: skip
        return fields | {f"source {name}": box for name, box in self.sources.items()}

    def show_store(self, address: str) -> None:
        """Mine into the store at ``address`` from now on."""
        self._database = address

    def show_config(self, config: MineConfig) -> None:
        """Show ``config`` in all fields."""
        for name, box in self.sources.items():
            box.setChecked(name in config.sources)
        self.vectors.show_paths((config.vectors,) if config.vectors is not None else ())
        self.show_vectors()
        self.lexicons.show_paths(config.lexicons)
        self.english.show_paths(config.english)
        self._show_english()
        self.corpora.show_paths(config.corpora)
        self.least.setValue(config.vocabulary.min_length)
        self.most.setValue(config.vocabulary.max_length)
        self.rank.setValue(config.vocabulary.max_rank or _NO_LIMIT)
        self.hanzi.setChecked(config.vocabulary.hanzi_only)
        self.limit.setValue(config.limit)
        self.nearest.setValue(config.nearest)
        self.cosine.setValue(config.min_cosine)
        self.sentences.setChecked(config.index_sentences)

    def config(self) -> MineConfig:
        """Return what is chosen.

        Raises:
            SynonymsError: it makes no sense; the message says what.
        """
        return MineConfig(
            database=self._database,
            limit=self.limit.value(),
            sources=tuple(name for name, box in self.sources.items() if box.isChecked()),
            vectors=self.vectors.paths[0] if self.vectors.paths else None,
            lexicons=self.lexicons.paths,
            corpora=self.corpora.paths,
            english=self.english.paths,
            vocabulary=VocabularyFilter(
                min_length=self.least.value(),
                max_length=self.most.value(),
                max_rank=self.rank.value() or None,
                hanzi_only=self.hanzi.isChecked(),
            ),
            nearest=self.nearest.value(),
            min_cosine=self.cosine.value(),
            index_sentences=self.sentences.isChecked(),
        )

    def show_working(self, working: bool, *, resumable: bool) -> None:
        """Let the button stop what is under way, go on with what was stopped, or start."""
        self._is_working = working
        self.start.setText(_("Stop") if working else _("Continue") if resumable else _("Mine candidates"))
        set_style(self.start, primary=not working)
        self.index.setEnabled(not working)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setSpacing(em(0.25))
        for form in self._forms:
            form.setHorizontalSpacing(em(1))
            form.setVerticalSpacing(em(0.25))
        for label in self._steps:
            label.setContentsMargins(0, em(0.5), 0, em(0.125))
        for label in self._labels:
            label.setMinimumWidth(em(9))
        for box in (self.limit, self.least, self.most, self.rank, self.nearest, self.cosine):
            box.setMaximumWidth(em(7))
        self.setMaximumWidth(em(34))

    def _retranslate(self) -> None:
        self.show_vectors()
        self._show_english()
        self.rank.setSpecialValueText(_("any"))
        self.limit.setToolTip(_("Filled by the most reliable sources first; the same pair counts once."))
        self.rank.setToolTip(_("Words rarer than this rank in the vectors are left out."))
        self.nearest.setToolTip(_("How many nearest neighbours each word proposes."))
        self.cosine.setToolTip(_("Pairs below this cosine are not proposed by vectors or shared characters."))

    @Slot()
    def show_vectors(self) -> None:
        """Say what the chosen vectors announce, and offer an index where looking up would be slow without one."""
        told, large = "", False
        if self.vectors.paths:
            try:
                found = look_at_vectors(self.vectors.paths[0])
            except SynonymsError as error:
                told = str(error)
            else:
                words = "?" if found.words is None else f"{found.words:,}"
                told = _("{words} words × {dim}, {size:,.0f} MB").format(
                    words=words, dim=found.dim, size=found.size / 1e6
                )
                if not found.cached:
                    told += _("; read once, then cached with the program's data")
                large = (found.words or 0) >= INDEX_PAYS_FROM
        self.about_vectors.setText(told)
        self.about_vectors.setVisible(bool(told))
        self.index.setVisible(large)

    @Slot()
    def _show_english(self) -> None:
        """Say how to get an English lexicon, where there is none."""
        missing = not has_english(self.english.paths)
        self.english.show_nothing(N_("not installed") if missing else N_("the WordNet that is installed"))
        self.about_english.setText(how_to_get_one() if missing else "")
        self.about_english.setVisible(missing)

    @Slot()
    def _on_index(self) -> None:
        if self.vectors.paths:
            self.index_wanted.emit(self.vectors.paths[0])

    @Slot()
    def _on_start(self) -> None:
        self.problem.clear()
        if self._is_working:
            self.stop_wanted.emit()
            return
        try:
            config = self.config()
        except SynonymsError as error:
            self.problem.setText(str(error))
            return
        self.start_wanted.emit(config)


VECTORS_TITLE: Final = N_("Word vectors")
LEXICONS_TITLE: Final = N_("More thesauri")
ENGLISH_TITLE: Final = N_("English lexicons")
CORPORA_TITLE: Final = N_("Corpora for examples")
