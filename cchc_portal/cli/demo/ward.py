"""The ward of 2023: fictional initiatives around a real letter; accounts are named by role."""

from cchc_portal.cli.demo import letter, office, opinions, people, practices, work


def load_ward() -> int:
    """Add what is missing of the ward; return how many things were added."""
    return people.load() + office.load() + letter.load() + work.load() + practices.load() + opinions.load()
