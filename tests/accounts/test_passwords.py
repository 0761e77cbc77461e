"""Passwords."""

import time
import unicodedata

import pytest

from cchc_portal.accounts import passwords


def test_hash_is_argon2id_and_salted() -> None:
    stored = [passwords.hashed("mot cau de nho") for _ in range(2)]

    assert stored[0] != stored[1]
    assert all(one.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for one in stored)


def test_password_matches_in_either_unicode_form() -> None:
    stored = passwords.hashed(unicodedata.normalize("NFD", "một câu dễ nhớ"))

    assert passwords.matches(unicodedata.normalize("NFC", "một câu dễ nhớ"), stored)


@pytest.mark.parametrize("stored", ["", "not a hash", "$argon2id$v=19$m=8,t=1,p=1$YWJj$YWJj"])
def test_nothing_matches_what_is_no_password_of_ours(stored: str) -> None:
    assert not passwords.matches("mot cau de nho", stored)


def test_unknown_accounts_cost_the_same_time() -> None:
    stored = passwords.hashed("mot cau de nho")

    known = min(_seconds("wrong", stored) for _ in range(9))
    unknown = min(_seconds("wrong", "") for _ in range(9))

    assert 0.2 < unknown / known < 5


@pytest.mark.parametrize(
    "password",
    [
        "",
        "1234567",
        "x" * 129,
        "password",
        "MatKhau123",
        "Abc@12345",
        "123456aA",
        "cchc-demo-2023",
        "canbo.vptk1",
        "xin-CANBO.VPTK-chao",
    ],
)
def test_weak_passwords_are_named(password: str) -> None:
    assert passwords.weakness(password, username="canbo.vptk") != ""


@pytest.mark.parametrize("password", ["xanh-la-cay", "mật khẩu của tôi rất dài", "8 ký tự!", "y" * 128])
def test_length_alone_makes_a_password_good_enough(password: str) -> None:
    assert passwords.weakness(password, username="canbo.vptk") == ""


def test_short_name_inside_a_password_is_an_accident() -> None:
    assert passwords.weakness("thanh pho xanh", username="an") == ""


def test_generated_passwords_are_good_and_never_the_same() -> None:
    made = {passwords.generated() for _ in range(200)}

    assert len(made) == 200
    assert {passwords.weakness(password, username="canbo") for password in made} == {""}


def _seconds(password: str, stored: str) -> float:
    start = time.perf_counter()
    passwords.matches(password, stored)
    return time.perf_counter() - start
