"""The foot of the page: measure, stop or go on, how far it is, and what leaves the page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from app.panel import Look, Panel
from app.style import set_style
from app.synonyms.methods.measuring import Measuring, Phase
from app.synonyms.methods.retraining import Retraining
from app.theme import Theme
from app.widgets.elided_label import ElidedLabel
from core.language import N_, _

_PARTS = 1000


class MethodsStatusBar(Panel):
    """Buttons and a bar.

    Signals:
        run_wanted: measure, stop or go on.
        again_wanted: measure everything anew.
        export_wanted: write the results.
        send_wanted: the pairs around the threshold are to go to the labelling queue.
    """

    run_wanted = Signal()
    again_wanted = Signal()
    export_wanted = Signal()
    send_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.run, self.again, self.export, self.send = (QPushButton() for _n in range(4))
        for button, name, signal in (
            (self.run, "measure", self.run_wanted), (self.again, "measure_again", self.again_wanted),
            (self.export, "export_results", self.export_wanted), (self.send, "send_border", self.send_wanted),
        ):  # fmt: skip
            button.setObjectName(name)
            button.clicked.connect(signal)
        self.words, self.bar = ElidedLabel(), QProgressBar()
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar.setRange(0, _PARTS)
        self.bar.setTextVisible(False)
        self._row = QHBoxLayout(self)
        for widget in (self.run, self.again):
            self._row.addWidget(widget)
        self._row.addWidget(self.bar, 1)
        self._row.addWidget(self.words, 2)
        for widget in (self.send, self.export):
            self._row.addWidget(widget)
        self.bind_text(self.again.setText, N_("Measure again"))
        self.bind_text(self.export.setText, N_("Export…"))
        self.bind_text(self.send.setText, N_("Send these pairs"))
        self.bind_text(self.send.setToolTip, N_("Put the pairs around the threshold into the labelling queue."))
        self.bind_text(self.bar.setAccessibleName, N_("Progress of the evaluation"))
        self._restyle(look.theme.theme)

    def show_state(self, measuring: Measuring, *, missing: int, told: str) -> None:
        """Show how far it is.

        Args:
            measuring: the evaluation.
            missing: chosen methods that are not measured yet.
            told: what else is to be said while nothing is going on.
        """
        working = measuring.is_working
        resumes = measuring.phase is Phase.STOPPED and missing
        self.run.setText(_("Stop") if working else _("Continue") if resumes else _("Measure"))
        self.run.setEnabled(working or missing > 0)
        set_style(self.run, primary=not working and bool(measuring.measured))  # else the stage has the button
        self.again.setVisible(not working and bool(measuring.measured))
        for button in (self.export, self.send):
            button.setVisible(True)
            button.setEnabled(bool(measuring.measured))
        self.bar.setVisible(working)
        self.bar.setValue(round(measuring.share * _PARTS))
        self.words.setText(measuring.words() if working else told)

    def show_retraining(self, retraining: Retraining, *, can_start: bool) -> None:
        """Show how far learning from the labels is."""
        working = retraining.is_working
        self.run.setText(_("Stop") if working else _("Learn from labels"))
        self.run.setEnabled(working or can_start)
        set_style(self.run, primary=not working and bool(retraining.results))  # else the stage has the button
        for button in (self.again, self.export, self.send):
            button.setVisible(False)
        self.bar.setVisible(working)
        self.bar.setValue(round(retraining.share * _PARTS))
        self.words.setText(retraining.words())

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._row.setSpacing(em(0.75))
        self.bar.setFixedHeight(em(0.5))
