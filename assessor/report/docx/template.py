"""A Word template, made by someone who does not program: `{{企业名称}}` in it becomes the firm's name."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assessor.errors import refuse, system_reason
from assessor.report.docx.fields import LISTS, WHOLE, marker
from assessor.report.readers import TITLES
from assessor.words import _


def fill(path: Path, values: Mapping[str, Any]) -> bytes:
    """The template with its fields filled in.

    `UserError`: "template-unreadable" for what is no .docx, "template-field" with every unknown name,
    "template-syntax" for braces that don't match.
    """
    from docxtpl import DocxTemplate
    from jinja2 import Environment, StrictUndefined, TemplateError, UndefinedError

    template = DocxTemplate(io.BytesIO(_read(path)))
    environment = Environment(undefined=StrictUndefined, autoescape=True)
    try:
        unknown = template.get_undeclared_template_variables(environment) - set(values)
        if unknown:
            known = _("、").join(sorted(values))
            raise refuse("template-field", str(path), names=_("、").join(sorted(unknown)), known=known)
        template.render(dict(values), environment, autoescape=True)
    except UndefinedError as error:
        cells = _("、").join(dict.fromkeys(cell for _, row in LISTS.values() for cell in row))
        name = (error.message or "").rpartition("'")[0].rpartition("'")[2]
        raise refuse("template-field", str(path), names=name, known=cells) from error
    except TemplateError as error:
        raise refuse("template-syntax", str(path), reason=error.message or "") from error
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def _read(path: Path) -> bytes:
    try:
        data = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            package.getinfo("word/document.xml")
    except FileNotFoundError as error:
        raise refuse("file-missing", str(path)) from error
    except OSError as error:
        raise refuse("file-unreadable", str(path), reason=system_reason(error)) from error
    except (zipfile.BadZipFile, KeyError) as error:
        raise refuse("template-unreadable", str(path)) from error
    return data


def placed(document: Any) -> Sequence[tuple[Any, str]]:
    """The paragraphs of a filled template where a chapter belongs, each with the chapter's field."""
    names = {marker(name): name for name in (*TITLES.values(), WHOLE)}
    return [
        (paragraph, names[paragraph.text.strip()])
        for paragraph in document.paragraphs
        if paragraph.text.strip() in names
    ]
