"""A wish goes to the first window as a command line."""

from vibes_desktop.app.wish import Wish, wish_of


def test_a_wish_survives_the_way_through_a_command_line() -> None:
    assert Wish(in_sandbox=True, person="a b").arguments == ["--sandbox", "--person", "a b"]
    assert Wish().arguments == []
    wishes = (Wish(), Wish(in_sandbox=True), Wish(person="x"), Wish(in_sandbox=True, person="x y"))
    for wish in (*wishes, Wish(files=("/a b.json", "/-c")), Wish(in_sandbox=True, files=("/a",))):
        assert wish_of(wish.arguments) == wish


def test_odd_arguments_are_left_out() -> None:
    assert wish_of(["--odd", "y"]) == Wish(files=("y",))
