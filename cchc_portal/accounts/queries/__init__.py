"""Reading accounts, units and sign-ins."""

from cchc_portal.accounts.queries.accounts import (
    AccountState,
    accounts,
    by_username,
    by_usernames,
    get_account,
    get_grant,
    get_sheet,
    holding,
    lock_administrators,
    members,
    names,
    people,
    require_administrator,
    usernames,
)
from cchc_portal.accounts.queries.overview import Overview, overview
from cchc_portal.accounts.queries.sign_ins import get_sign_in, sign_ins, signed_in, token_hash, tries
from cchc_portal.accounts.queries.units import (
    get_function,
    get_unit,
    unit_by_code,
    unit_tree,
    units,
    units_taking_part,
)

__all__ = [
    "AccountState",
    "Overview",
    "accounts",
    "by_username",
    "by_usernames",
    "get_account",
    "get_function",
    "get_grant",
    "get_sheet",
    "get_sign_in",
    "get_unit",
    "holding",
    "lock_administrators",
    "members",
    "names",
    "overview",
    "people",
    "require_administrator",
    "sign_ins",
    "signed_in",
    "token_hash",
    "tries",
    "unit_by_code",
    "unit_tree",
    "units",
    "units_taking_part",
    "usernames",
]
