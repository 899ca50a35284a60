"""The model of the tree, as views use it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from vibes_desktop.ui.callbacks.payload.json_tree import Document
from vibes_desktop.ui.callbacks.payload.node_words import NodeWords
from vibes_desktop.ui.callbacks.payload.tree_model import TreeModel
from vibes_desktop.ui.privacy import Privacy

TEXT = b'{"person": {"id": "1234", "tags": [1, {"a": null}]}, "empty": {}, "n": 5}'
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def model_of(text: bytes) -> TreeModel:
    model = TreeModel(NodeWords(Privacy()))
    model.set_document(Document(text))
    return model


def shown(model: TreeModel, parent: QModelIndex) -> list[object]:
    """Read the rows below an index, and what is below them."""
    rows: list[object] = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        rows.append(index.data(Qt.ItemDataRole.DisplayRole))
        inner = shown(model, index)
        rows += [inner] if inner else []
    return rows


def test_it_keeps_the_rules_of_models_through_all_documents(qapp: object) -> None:
    model = TreeModel(NodeWords(Privacy()))
    tester = QAbstractItemModelTester(model, FATAL)
    for text in (TEXT, b"[]", b"5", b"[" + b",".join([b"[1]"] * 2_500) + b"]", b'{"a": 1, "a": {"b": 2}}'):
        model.set_document(Document(text))
        model.redraw()
    model.set_document(None)
    assert model.rowCount() == 0
    assert tester.model() is model


def test_the_members_of_the_whole_are_the_first_rows(qapp: object) -> None:
    assert shown(model_of(TEXT), QModelIndex()) == [
        'person 2 keys · id "1234"',
        ['id "1234"', "tags 2 items", ["0 1", "1 1 key", ["a null"]]],
        "empty {}",
        "n 5",
    ]


def test_a_single_value_is_one_row(qapp: object) -> None:
    assert shown(model_of(b'"alone"'), QModelIndex()) == ['"alone"']


def test_an_index_leads_back_to_its_parent(qapp: object) -> None:
    model = model_of(TEXT)
    person = model.index(0, 0)
    tags = model.index(1, 0, person)
    assert model.parent(tags) == person
    assert not model.parent(person).isValid()
    node = model.node(tags)
    assert node is not None
    assert model.index_of(node) == tags


def test_nothing_is_decoded_before_it_is_opened(qapp: object) -> None:
    model = model_of(b'{"large": [' + b",".join([b"1"] * 300_000) + b"]}")
    index = model.index(0, 0)
    assert model.hasChildren(index)
    assert index.data() == "large 586 kB"
    document = model.document
    assert document is not None
    assert len(document.nodes) == 2
    assert model.rowCount(index) == 300


def test_an_empty_container_has_no_children(qapp: object) -> None:
    model = model_of(TEXT)
    assert not model.hasChildren(model.index(1, 0))
    assert model.index(0, 0, model.index(2, 0)) == QModelIndex()
