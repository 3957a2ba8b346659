"""The pages that are written from the code are fresh."""

import pytest

from tests.docs.pages import page
from tests.generate_docs import PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_the_code_says(name: str) -> None:
    assert page(name) == PAGES[name]()
