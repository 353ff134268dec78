"""What the sheet 说明 tells the analyst, made from the shape of the tables."""

from collections.abc import Mapping

from assessor.exchange.authoring import names
from assessor.exchange.authoring.book import KEY, KEY2, OF, Book, Sheet
from assessor.exchange.authoring.shape import Column

TITLE = "说明"

TEXTS = (
    "一页放一类内容，一行写一项；灰色表头第一行是名称，第二行是键，请不要改键、删表头，也不要改工作表的名字。"
    "列的次序可以换，不用的列可以空着；自己加的列，表头以 # 开头就不读。",
    "“题目编号”“举措编号”一类的列说明这一行属于哪一项：等级页的一行写一个等级，题目编号写它属于哪道题。"
    "行的先后就是问卷里的先后。",
    "宽的页里，还没有内容的可选列折叠起来了，点表头上方的加号展开。"
    "一格写几条的，一条占一行（Alt+回车换行）。下拉列表里有的，只能选列表里的。没有内容就留空，不要写“无”。",
    "标着“一行 YAML”的格子写条件一类少见的内容，如 {of: NP01, has: 氧化铝}；写法见 docs/writing-a-pack.md。",
    "写好后运行 pack from-excel 这个文件 -o 文件夹：先查全部内容，有错就逐条报出工作表和格子，"
    "一个文件也不写；没有错才写出诊断包。还没填的地方写着 TODO，都会报出来。",
    "工作簿里没有原来 YAML 文件的注释，也没有 samples、cases 两个文件夹；换回文件夹时注释不会回来。",
)


def about_sheet(book: Book, sheet: Sheet) -> str:
    """One line on a sheet."""
    files = "、".join(dict.fromkeys(names.FILES.get(file, file) for file, _ in sheet.tables))
    above = "、".join(one.title for one in book.above(sheet))
    return f"{files}的一部分；每行属于“{above}”的一行。" if above else f"{files}。"


def about_column(book: Book, sheet: Sheet, key: str) -> str:
    """What to write into a column of a sheet."""
    if key == OF:
        above = "、".join(f"“{one.title}”" for one in book.above(sheet))
        return f"必填；{above}页里有的编号" if above else "必填；模型文件的名字，不带 .yaml"
    if key in (KEY, KEY2):
        options = sheet.tables[0][1].key_options if key == KEY else ()
        return f"必填；{_choice(options)}" if options else "必填；不能重复"
    return what(next(column for column in sheet.columns if column.key == key))


def what(column: Column) -> str:
    """What to write into a column."""
    text = _choice(column.options) if column.kind == "choice" else _KINDS[column.kind]
    if column.kind in ("yaml", "pairs") and column.key in _EXAMPLES:
        text += f"，如 {_EXAMPLES[column.key]}"
    if column.kind == "choices":
        text += f"：{'、'.join(map(names.word, column.options))}"
    if column.nullable and column.required:
        text += "；还不知道的写 null"
    return f"必填；{text}" if column.required else text


def _choice(options: tuple[str, ...]) -> str:
    return f"选一个：{'、'.join(filter(None, map(names.word, options)))}"


_EXAMPLES: Mapping[str, str] = {
    "ask_if": "{of: NP01, has: 电解铝}",
    "if": "{of: NP01, has: 电解铝}",
    "cap": "N02: 1",
    "levels": "N02: 3",
    "via": "N02: 2",
    "ticks": "miit.Q4: G, H",
    "rungs": "miit.Q8: D",
    "units": "{miit.Q2: {share: 0.1}}",
    "bounds.cite": "{source: own.nonferrous, kind: expert, sure: own}",
    "benefit.cite": "{source: own.nonferrous, kind: expert, sure: own}",
    "points": "A: 0",
}
_KINDS: Mapping[str, str] = {
    "text": "文字",
    "int": "整数",
    "number": "数字，不写单位和百分号",
    "bool": f"{names.YES}或{names.NO}；空着就是{names.NO}",
    "names": "一行一条",
    "choices": "一行一个",
    "groups": "一行一条；几选一的写在一行，用 / 隔开",
    "ranges": "从多少到多少，写成 0～100；只有一头的写 0～ 或 ～100",
    "pairs": "一行一对，编号和内容用冒号隔开",
    "yaml": "一行 YAML",
}
