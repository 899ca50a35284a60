"""Facets as rows that keep their place."""

from __future__ import annotations

from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from vibes_desktop.callbacks.query import Term
from vibes_desktop.ui.callbacks.questions.facet_model import SHOWN_AT_FIRST, FacetModel
from vibes_desktop.ui.callbacks.questions.facet_values import Facet, Value

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def value(name: str, count: int = 1, *, chosen: bool = False, excluded: bool = False) -> Value:
    return Value(Term("list", name), name, count, chosen, excluded)


def made(*facets: Facet) -> FacetModel:
    model = FacetModel()
    QAbstractItemModelTester(model, FATAL, model)
    model.set_facets(facets)
    return model


def shown(model: FacetModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def test_titles_are_no_values(qapp: object) -> None:
    model = made(Facet("List", "List", (value("1", 1234, chosen=True), value("2", excluded=True))))
    assert shown(model) == ["List", "1", "2"]
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsEnabled
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsEnabled
    spoken = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert spoken == [
        "List",
        "1, 1,234 callbacks, in the question",
        "2, 1 callback, left out by the question",
    ]


def test_more_are_shown_when_asked_for(qapp: object) -> None:
    many = Facet("List", "List", tuple(value(str(number)) for number in range(9)))
    model = made(many)
    assert shown(model)[-1] == f"Show {9 - SHOWN_AT_FIRST} more"
    model.turn("List")
    assert shown(model) == ["List", *map(str, range(9)), "Show fewer"]
    model.turn("List")
    assert len(shown(model)) == SHOWN_AT_FIRST + 2


def test_another_title_keeps_what_was_opened(qapp: object) -> None:
    values = tuple(value(str(number)) for number in range(9))
    model = made(Facet("findings", "Findings so far", values))
    model.turn("findings")
    model.set_facets([Facet("findings", "Findings", values)])
    assert shown(model)[0] == "Findings"
    assert len(shown(model)) == 11


def test_what_is_chosen_is_shown_though_it_is_rare(qapp: object) -> None:
    values = [*(value(str(number)) for number in range(9)), value("rare", chosen=True)]
    assert "rare" in shown(made(Facet("List", "List", tuple(values))))


def test_rows_that_stay_keep_their_place(qapp: object) -> None:
    model = made(
        Facet("Type", "Type", (value("a"), value("b"))), Facet("List", "List", (value("1"), value("2")))
    )
    kept = QPersistentModelIndex(model.index(5))
    model.set_facets([Facet("List", "List", (value("0"), value("1"), value("2", 7), value("3")))])
    assert shown(model) == ["List", "0", "1", "2", "3"]
    assert kept.row() == 3
    row = model.row_at(kept)
    assert isinstance(row, Value)
    assert row.count == 7
    model.set_facets([])
    assert not kept.isValid()
    assert model.rowCount() == 0


def test_values_are_plain_text(qapp: object) -> None:
    model = made(Facet("List", "List", (value("<b>a</b>\n"),)))
    assert shown(model)[1] == "<b>a</b>↵"
    assert "<b>" not in str(model.index(1).data(Qt.ItemDataRole.ToolTipRole))
