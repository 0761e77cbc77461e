"""The demonstration accounts, named by their role; everybody knows their password."""

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
