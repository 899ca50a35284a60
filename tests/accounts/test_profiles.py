"""A profile is checked field by field, and the book of them is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest

from vibes_desktop.accounts.profiles import (
    SANDBOX_ID,
    ProfileBook,
    checked,
    new_profile_id,
    problems_of,
    sandbox_profile,
    tidied,
)
from vibes_desktop.model.errors import InvalidInput, StorageError
from vibes_desktop.model.policy import MANAGED, Managed, Policy
from vibes_desktop.model.profile import ClientCertificate, Profile, ProfileId, ProxyMode, Region, Safety
from vibes_desktop.storage.settings import SettingsFile
from vibes_desktop.storage.settings_keeper import SettingsKeeper

MakeProfile = Callable[..., Profile]


def test_a_good_profile_is_returned_as_it_is(make_profile: MakeProfile) -> None:
    assert checked(make_profile()) == make_profile()
    assert problems_of(make_profile()) == ()


def test_what_was_pasted_around_a_text_is_taken_away(make_profile: MakeProfile) -> None:
    typed = make_profile(
        name=" Acme\n",
        company_key="\tAcMe1 ",
        base_url=" https://API.example.com/ ",
        username=" agnes@example.com ",
        proxy_url=" http://left.over:1 ",
        client_certificate=ClientCertificate(" ", ""),
    )
    assert checked(typed) == make_profile()


def test_a_manual_proxy_is_kept(make_profile: MakeProfile) -> None:
    profile = make_profile(proxy_mode=ProxyMode.MANUAL, proxy_url=" http://proxy:3128 ")
    assert checked(profile).proxy_url == "http://proxy:3128"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "two\nlines"),
        ("name", "x" * 101),
        ("name", "a\u2028b"),
        ("company_key", ""),
        ("company_key", "a/b"),
        ("company_key", ".."),
        ("company_key", "."),
        ("company_key", "a\x00b"),
        ("company_key", "a\ud800"),
        ("base_url", ""),
        ("base_url", "http://api.example.com"),
        ("base_url", "https://u:p@api.example.com"),
        ("base_url", "https://api.example.com/?a"),
        ("base_url", "api.example.com"),
        ("username", ""),
        ("username", "a:b"),
        ("username", "a\r\nX-Evil: 1"),
        ("phone_region", "XX"),
        ("phone_region", ""),
        ("phone_region", "us"),
    ],
)
def test_a_problem_is_named_with_its_field(make_profile: MakeProfile, field: str, value: str) -> None:
    (problem,) = problems_of(make_profile(**{field: value}))
    assert problem.field == field
    assert problem.title
    assert problem.advice
    with pytest.raises(InvalidInput) as caught:
        checked(make_profile(**{field: value}))
    assert caught.value.field == field


@pytest.mark.parametrize(
    "url",
    [
        *("", "proxy:3128", "socks5://proxy:1080", "socks://proxy", "ftp://proxy", "http://"),
        *("http://proxy:0", "http://proxy:3128/path", "http://[::1", "http://proxy:99999"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_refused(make_profile: MakeProfile, url: str) -> None:
    (problem,) = problems_of(make_profile(proxy_mode=ProxyMode.MANUAL, proxy_url=url))
    assert problem.field == "proxy_url"
    assert problems_of(make_profile(proxy_mode=ProxyMode.SYSTEM, proxy_url=url)) == ()


def test_socks_is_refused_with_the_reason(make_profile: MakeProfile) -> None:
    (problem,) = problems_of(make_profile(proxy_mode=ProxyMode.MANUAL, proxy_url="socks5://proxy:1080"))
    assert "SOCKS" in problem.advice


def test_the_files_of_a_certificate_are_looked_into(make_profile: MakeProfile, tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("not a certificate")
    exists, missing = str(tmp_path / "no.pem"), str(tmp_path / "missing.pem")
    for files, field in (
        ((missing, exists), "certificate_file"),
        ((exists, exists), "certificate_file"),
        (("", exists), "certificate_file"),
        ((exists, ""), "key_file"),
        ((str(tmp_path), exists), "certificate_file"),
    ):
        (problem,) = problems_of(make_profile(client_certificate=ClientCertificate(*files)))
        assert problem.field == field


def test_all_problems_are_found_at_once(make_profile: MakeProfile) -> None:
    profile = make_profile(name="", company_key="", base_url="x", username="", phone_region="?")
    assert [problem.field for problem in problems_of(profile)] == [
        *("name", "base_url", "company_key", "username", "phone_region")
    ]


def test_ids_are_new(make_profile: MakeProfile) -> None:
    assert len({new_profile_id() for _ in range(100)}) == 100


def test_the_sandbox_has_a_profile_of_its_own() -> None:
    profile = sandbox_profile("http://127.0.0.1:8000", "k", "u")
    assert (profile.id, profile.safety) == (SANDBOX_ID, Safety.SANDBOX)
    assert checked(profile) == profile


def ids(book: ProfileBook) -> list[str]:
    """Name the profiles in a book."""
    return [profile.id for profile in book.profiles]


def in_use(book: ProfileBook) -> Profile | None:
    """Ask which profile is in use."""
    return book.current


def test_a_profile_is_added_changed_and_removed(book: ProfileBook, make_profile: MakeProfile) -> None:
    second = make_profile(id=ProfileId("second"), name="Second")
    book.put(make_profile())
    book.put(second)
    assert ids(book) == ["main", "second"]
    book.put(make_profile(name="Changed"))
    assert book.profiles == (make_profile(name="Changed"), second)
    assert book.get(ProfileId("second")) == second
    book.remove(ProfileId("main"))
    assert ids(book) == ["second"]
    book.remove(ProfileId("main"))


def test_a_name_is_given_once(book: ProfileBook, make_profile: MakeProfile) -> None:
    book.put(make_profile())
    with pytest.raises(InvalidInput) as caught:
        book.put(make_profile(id=ProfileId("second"), name="ACME"))
    assert caught.value.field == "name"
    assert len(book.profiles) == 1
    book.put(make_profile(name="ACME"))


def test_one_is_in_use(book: ProfileBook, make_profile: MakeProfile) -> None:
    assert in_use(book) is None
    book.put(make_profile())
    book.select(ProfileId("main"))
    assert in_use(book) == make_profile()
    with pytest.raises(KeyError):
        book.select(ProfileId("gone"))
    book.remove(ProfileId("main"))
    assert in_use(book) is None
    book.select(None)


def test_the_book_survives(book: ProfileBook, make_profile: MakeProfile, tmp_path: Path) -> None:
    profile = make_profile(base_url=Region.EU.base_url)
    book.put(profile)
    book.select(profile.id)
    again = ProfileBook(SettingsKeeper(SettingsFile(tmp_path / "settings.json")))
    assert again.profiles == (profile,)
    assert again.current == profile


def test_what_cannot_be_saved_holds_all_the_same(
    book: ProfileBook, make_profile: MakeProfile, tmp_path: Path
) -> None:
    (tmp_path / "settings.json").mkdir()
    with pytest.raises(StorageError):
        book.put(make_profile())
    assert book.profiles == (make_profile(),)


def test_tidying_alone_checks_nothing(make_profile: MakeProfile) -> None:
    assert tidied(make_profile(base_url=" nonsense ")).base_url == "nonsense"


def test_a_managed_profile_is_used_and_neither_changed_nor_removed(
    tmp_path: Path, make_profile: MakeProfile
) -> None:
    managed = make_profile(id=ProfileId(f"{MANAGED}1"), name="Managed")
    keeper = SettingsKeeper(SettingsFile(tmp_path / "settings.json"), Policy(profiles=(managed,)))
    book = ProfileBook(keeper)
    own = make_profile(id=ProfileId("own"), name="Own")
    book.put(own)
    book.select(managed.id)
    assert (book.current, book.profiles) == (managed, (managed, own))
    with pytest.raises(InvalidInput):
        book.put(managed)
    with pytest.raises(InvalidInput):
        book.remove(managed.id)


def test_locked_profiles_leave_no_room_for_others(tmp_path: Path, make_profile: MakeProfile) -> None:
    policy = Policy(locked=frozenset({Managed.PROFILES}))
    book = ProfileBook(SettingsKeeper(SettingsFile(tmp_path / "settings.json"), policy))
    assert book.is_locked
    with pytest.raises(InvalidInput):
        book.put(make_profile())
