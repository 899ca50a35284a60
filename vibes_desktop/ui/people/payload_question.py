"""The question that finds a person's payloads on the Callbacks page."""

from __future__ import annotations

from vibes_desktop.model.person import Person


def question_about(person: Person) -> str:
    """Ask for payloads that name the person by any of their identifiers; empty for somebody without any."""
    names = (person.person_key, person.person_id, person.external_person_id)
    terms = [f"person:{_quoted(name)}" for name in dict.fromkeys(names) if name]
    if person.mdn:
        terms.append(f"mdn:{_quoted(person.mdn)}")
    return " OR ".join(terms)


def _quoted(value: str) -> str:
    """Write a value so that nothing in it means anything else."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
