"""How far is the writing of a report? The steps in the source language; who shows them translates them.

A report may be written in another language than the one of the window that waits for it.
"""

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Called with what is done, what there is to do, and what is being done."""

GATHERING, WRITING, DONE = "整理内容", "写入文件", "完成"
