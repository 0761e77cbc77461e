"""The demonstration accounts, named by their role; everybody knows their password."""

from cchc_portal.accounts import passwords, queries

PASSWORD = "cchc-demo-2023"  # noqa: S105  only works where CCHC_DEMO=1, which serves this machine alone
UNITS = ("vptk", "dcxd", "tckt", "tpht", "vhxh", "bchqs", "cap")
USERNAMES = (
    "chutich",
    "phochutich",
    "vptk",
    *(f"truong.{unit}" for unit in UNITS),
    *(f"canbo.{unit}" for unit in UNITS),
    *(f"hoidong{number}" for number in range(1, 6)),
    "quantri",
)


def open_to_everybody() -> list[str]:
    """Return the demonstration accounts that are active and still have the known password."""
    return [
        user.username
        for user in queries.by_usernames(USERNAMES).values()
        if user.is_active and passwords.matches(PASSWORD, user.password_hash)
    ]
