from tests.search.conftest import indexed, lose_index

__all__ = ["indexed", "lose_index"]
