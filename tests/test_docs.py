"""The pages that follow from code and content say what the code does today."""

from importlib import import_module
from pathlib import Path

import pytest

from assessor import shipped

generate = import_module("docs.generate")
PAGES = generate.pages()
ROOT = Path(generate.ROOT)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_made_page__is_as_it_would_be_made_now(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == PAGES[path], "run python3 dev.py docs"


def test_the_page_on_word_templates__keeps_what_was_written_by_hand() -> None:
    made = PAGES[ROOT / "docs/word-templates.md"]
    assert made.startswith("# Word 模板")
    assert "## 三步" in made and "## 存档用的 PDF" in made
    assert "| `{{企业名称}}` |" in made and "| `{{先做这几步}}` |" in made


def test_the_page_on_word_templates__names_every_shipped_template() -> None:
    text = PAGES[ROOT / "docs/word-templates.md"]
    names = [path.name for path in (shipped("reports") / "docx").glob("*.docx")]
    assert [name for name in names if f"`{name}`" not in text] == []
