"""What can go wrong, and what should one do? Coded problems with place and remedy.

A `Problem` is data: it travels in lists, prints as one line and turns into JSON. `UserError` is
the only exception meant for people; everything else that flies is a defect of the program.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

PROBLEMS: Mapping[str, tuple[str, str]] = {
    # files and packs
    "file-missing": ("找不到文件", "请检查路径"),
    "file-unreadable": ("读不了：{reason}", "请检查权限或换一份文件"),
    "file-unwritable": ("写不进去：{reason}", "请换一个有空间、可写的位置；原有文件没有改动"),
    "yaml-syntax": ("YAML 写法有误：{reason}", "请按提示的行列改正"),
    "yaml-duplicate-key": ("键“{key}”写了两次", "请删去一个"),
    "yaml-bare-word": ("“{text}”会被当成是/否", "要文字请加引号，要是非请写 true 或 false"),
    "yaml-forbidden": ("不允许使用{what}", "请展开写明"),
    "yaml-too-big": ("文件过大或嵌套过深（{what}）", "请拆成几个文件"),
    "pack-missing": ("找不到诊断包“{pack}”", "可用的有：{known}"),
    "pack-broken": ("诊断包有 {count} 处错误，未载入", "请先运行 pack check 并改正"),
    "pack-file-missing": ("缺少文件 {file}", "每个诊断包都要有它"),
    "pack-field-missing": ("缺少“{field}”", "请补上"),
    "pack-field-unknown": ("不认识的字段“{field}”", "请检查拼写或删去"),
    "pack-field-value": ("“{field}”的取值不对：{reason}", "请改正"),
    "pack-duplicate-id": ("编号 {id} 用了两次（另一处：{other}）", "编号一经使用不再改作他用，请换一个"),
    "pack-frozen-id": ("编号 {id} 已停用或改名", "停用的编号不能再用，请换一个新编号"),
    "pack-unknown-id": ("引用了不存在的编号 {id}", "请检查拼写；改过名的请写新编号"),
    "pack-unknown-option": ("{id} 没有选项“{option}”", "可用的选项：{known}"),
    "pack-cycle": ("出现条件互相牵连：{ids}", "请去掉其中一个条件"),
    "pack-unreachable": ("{id} 的出现条件永远不成立", "请改条件或删去此题"),
    "pack-source-unknown": ("来源 {source} 不在 sources.yaml 中", "请登记来源或改正编号"),
    "pack-weights": ("{what}下各项权重之和是 {sum}，应为 100", "请核对权重"),
    "pack-points": ("{id} 的最高分是 {points}，按权重应为 {expected}", "请核对分值或权重"),
    "pack-points-missing": ("{id} 的选项 {options} 没有分值", "每个选项都要有分值"),
    "pack-milli": ("{what} = {value} 不足千分之一分", "分值最多写三位小数"),
    "pack-bands": ("{id} 的分段{reason}", "分段必须首尾相接、依次递增，最后一段不设上限"),
    "pack-bounds": ("{id} 的数值界限颠倒：{low} > {high}", "请改正下限和上限"),
    "pack-levels": ("{id} 的等级应为 0、1、2、3、4 各一条", "请补齐或改正"),
    "pack-none-option": ("{id} 有 {count} 个“都没有”选项", "最多一个，且只能用于多选题"),
    "pack-gates": ("等级门槛{reason}", "等级应从 1 起依次递增，门槛不得低于下一级"),
    # models
    "model-weights-unknown": (
        "模型“{model}”缺少权重（{items}），不能计算",
        "权重未知就不出分；请换用有权重的模型文件",
    ),
    "model-unknown": ("没有模型“{model}”", "可用的有：{known}"),
    # answers
    "answers-not-json": ("不是有效的 JSON：{reason}", "请检查文件，或重新导出"),
    "answers-shape": ("答案文件结构不对：{reason}", "请按手册中的格式填写"),
    "answers-unknown-id": ("诊断包 {pack} 里没有 {id}", "请检查编号{hint}"),
    "answers-version": ("答案出自 {pack} {version} 版，本机只有 {present} 版", "请装入同一版本的诊断包"),
    "value-kind": ("{id} 的答案应为{expected}", "现在是 {value}，请改正"),
    "value-option": ("{id} 没有选项“{option}”", "可选：{known}"),
    "value-none-excludes": ("{id} 选了“{none}”就不能再选别的", "请只留一种"),
    "value-bounds": ("{id} = {value} 超出可能的范围 {low}—{high}", "请核对数字和单位"),
    "value-ratio": ("{id} 的分子 {numerator} 与分母 {denominator} 不成比率：{reason}", "请核对两个数"),
    "value-state": ("{id} 的状态“{state}”不可用", "可用：{known}"),
    "value-not-applicable": ("{id} 不能选“不适用”", "没有开展请选最低一级，不清楚请选“不清楚”"),
    "value-reason-missing": ("{id} 选了“不适用”但没写原因", "请写一句原因"),
    "uscc-shape": ("统一社会信用代码“{uscc}”不对：{reason}", "请照营业执照重新录入 18 位代码"),
    "uscc-check": ("统一社会信用代码“{uscc}”校验位应为 {expected}", "多半是录错一位，请照营业执照核对"),
    "industry-code": (
        "行业代码“{code}”不是国民经济行业分类中的四位小类",
        "轮胎制造为 2911；请查 GB/T 4754—2017",
    ),
    "region-code": ("行政区划代码“{code}”不存在", "请写六位代码，如贵阳市 520100"),
    "date-shape": ("日期“{date}”不对", "请写成 2026-05-20"),
    # store
    "store-newer": ("数据库由更新的版本写成（{steps}）", "请升级本程序；数据库没有改动"),
    "store-corrupt": ("数据库已损坏，原文件另存为 {aside}", "已新建空库；请勿删除另存的文件，可从备份恢复"),
    "store-locked": ("数据库正被占用", "请关闭另一个窗口后再试；没有写入任何内容"),
    "store-readonly": ("数据库只读，不能保存", "请把数据移到可写的文件夹，或用 --data 另选一个"),
    "store-full": ("磁盘已满，这一项没有保存", "请腾出空间后重试；先前保存的答案都在"),
    "store-failed": ("数据库出错：{reason}", "这一项没有保存；请重试，仍不行请运行 doctor"),
    "store-unknown": ("没有编号为 {id} 的诊断", "请在列表中选择"),
    # report and program
    "pdf-engine": ("本机缺少生成 PDF 的组件：{reason}", "已改写 HTML 报告；安装方法见 README"),
    "report-format": ("不认识的报告格式“{suffix}”", "可用 .pdf 或 .html"),
    "no-display": ("没有可用的显示器", "请在桌面环境中运行，或用 demo、score、report 等命令"),
    "usage": ("{reason}", "运行 assessor --help 看用法"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `code` of `PROBLEMS`, where it is, and the values of its sentence."""

    code: str
    where: str = ""
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def what(self) -> str:
        """The sentence that says what is wrong."""
        return PROBLEMS[self.code][0].format(**self.values)

    @property
    def remedy(self) -> str:
        """The sentence that says what to do."""
        return PROBLEMS[self.code][1].format(**self.values)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}。{self.remedy}。[{self.code}]"

    def as_json(self) -> dict[str, str]:
        """The same for machines."""
        return {"code": self.code, "where": self.where, "what": self.what, "remedy": self.remedy}


class UserError(Exception):
    """The world is not as needed: one or more problems to show to a person; nothing was changed."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def refuse(code: str, where: str = "", **values: object) -> UserError:
    """A `UserError` of one problem, to be raised."""
    return UserError(Problem(code, where, values))


def raise_if(problems: Iterable[Problem]) -> None:
    """Raise all problems at once; do nothing when there are none."""
    found = tuple(problems)
    if found:
        raise UserError(*found)
