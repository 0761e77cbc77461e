"""Tables: units with their functions, users, role grants, sign-ins, sheets of accounts."""

from cchc_portal.accounts.models.sheets import AccountSheet
from cchc_portal.accounts.models.sign_ins import SignIn, SignInTry
from cchc_portal.accounts.models.units import Unit, UnitFunction
from cchc_portal.accounts.models.users import UNIT_ROLES, Role, RoleGrant, User

__all__ = [
    "UNIT_ROLES",
    "AccountSheet",
    "Role",
    "RoleGrant",
    "SignIn",
    "SignInTry",
    "Unit",
    "UnitFunction",
    "User",
]
