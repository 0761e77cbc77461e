"""Signing in and out, passwords, accounts, roles, units and sheets of accounts."""

from cchc_portal.accounts.operations.accounts import (
    choose_language,
    correct_account,
    disable,
    enable,
    open_account,
)
from cchc_portal.accounts.operations.functions import add_function, correct_function, end_function
from cchc_portal.accounts.operations.roles import grant_role, move, revoke_role
from cchc_portal.accounts.operations.secrets import change_password, reset_password
from cchc_portal.accounts.operations.sheets import import_rows, import_sheet, keep_sheet
from cchc_portal.accounts.operations.sign_ins import (
    forget_what_expired,
    sign_in,
    sign_out,
    sign_out_browser,
    sign_out_everywhere,
)
from cchc_portal.accounts.operations.units import close_unit, correct_unit, found_unit, move_members

__all__ = [
    "add_function",
    "change_password",
    "choose_language",
    "close_unit",
    "correct_account",
    "correct_function",
    "correct_unit",
    "disable",
    "enable",
    "end_function",
    "forget_what_expired",
    "found_unit",
    "grant_role",
    "import_rows",
    "import_sheet",
    "keep_sheet",
    "move",
    "move_members",
    "open_account",
    "reset_password",
    "revoke_role",
    "sign_in",
    "sign_out",
    "sign_out_browser",
    "sign_out_everywhere",
]
