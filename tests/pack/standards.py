"""A small pack with another standard of each kind: a tree that can give a level, a ladder, papers."""

from pathlib import Path

from assessor.pack.model import Pack
from tests.pack.build import Edit, load, write_pack

Q, TREE, LADDER = "questionnaire.yaml", "models/tree.yaml", "models/ladder.yaml"

PAPERS_TABLE = """\
      - id: P1
        kind: table
        title: 证书
        title_en: Papers
        ask: 有哪些证书？
        columns:
          - {id: item, title: 项目, kind: single, options: [树, 梯]}
          - {id: year, title: 年, kind: number}
          - {id: grade, title: 等级}
          - {id: number, title: 编号}
          - {id: issuer, title: 单位}
          - {id: valid_until, title: 有效期至}
"""
TREE_TEXT = """\
id: tree
title: 树
title_en: Tree
short: 树
edition: "1"
effective_from: "2026-01-01"
cite: {source: own, kind: expert, sure: own}
rule: capability
levels:
  - {level: 1, name: 一级, name_en: One}
  - {level: 2, name: 二级, name_en: Two}
types:
  - {id: process, title: 流程型, title_en: Process, industries: ["15"]}
  - {id: discrete, title: 离散型, title_en: Discrete, industries: ["29"]}
mapping: {source: own, kind: expert, sure: own}
stepwise: {satisfied: 0.8, cite: {source: std, kind: standard, sure: read}}
domains:
  - id: front
    title: 前
    title_en: Front
    weights:
      process: {value: 60, cite: {source: std, kind: standard, sure: read}}
      discrete: {value: 50, cite: {source: std, kind: standard, sure: read}}
    parts:
      - id: floor
        title: 场
        title_en: Floor
        weights:
          process: {value: 50, cite: {source: std, kind: standard, sure: read}}
          discrete: {value: 50, cite: {source: std, kind: standard, sure: read}}
        questions: [T1]
        requirements:
          - {level: 1, question: T1, scores: {0: 0, 1: 0.5, 2: 0.8, 3: 1, 4: 1}}
          - {level: 2, question: T1, scores: {0: 0, 1: 0, 2: 0.5, 3: 0.8, 4: 1}}
      - id: choice
        title: 选
        title_en: Choice
        weights:
          process: {value: 50, cite: {source: std, kind: standard, sure: read}}
          discrete: {value: 50, cite: {source: std, kind: standard, sure: read}}
        questions: [C2, R1]
        requirements:
          - {level: 1, question: R1, scores: {A: 0, B: 0.8, C: 1}}
          - {level: 1, question: C1, scores: {A: 0, B: 1}}
  - id: back
    title: 后
    title_en: Back
    weights:
      process: {value: 40, cite: {source: std, kind: standard, sure: read}}
      discrete: {value: 30, cite: {source: std, kind: standard, sure: read}}
    questions: [M1]
    requirements:
      - {level: 1, question: M1, scores: {0: 0, 1: 0.5, 2: 0.8, 3: 1, 4: 1}}
      - {level: 2, question: M1, scores: {0: 0, 1: 0, 2: 0.5, 3: 0.8, 4: 1}}
  - id: extra
    title: 外
    title_en: Extra
    only: discrete
    weights:
      discrete: {value: 20, cite: {source: std, kind: standard, sure: second-hand}}
    questions: [C1]
    requirements:
      - {level: 1, question: C1, scores: {A: 0, B: 1}}
papers:
  table: P1
  item: 树
  grades: [[一级, 1级], [二级, 2级]]
  proves: 证明评到这一级。
  cite: {source: own, kind: expert, sure: own}
says: 自评，不是证书。
"""
LADDER_TEXT = """\
id: ladder
title: 梯
title_en: Ladder
short: 梯
edition: "1"
effective_from: "2026-01-01"
cite: {source: own, kind: expert, sure: own}
rule: gate-ladder
mapping: {source: own, kind: expert, sure: own}
common:
  - {id: big, title: 规模够, when: {of: employees, ge: 20}, cite: {source: std, kind: standard, sure: read}}
rungs:
  - level: 1
    name: 初
    name_en: First
    complete: true
    gates:
      - id: floor-2
        title: 现场到 2 级
        when: {of: T1, ge: 2}
        near: 按现场看
        cite: {source: std, kind: standard, sure: second-hand}
      - id: paper-1
        title: 有证书
        paper: {model: tree, level: 1}
        cite: {source: std, kind: standard, sure: weak}
  - level: 2
    name: 高
    name_en: Second
    complete: true
    gates:
      - id: floor-4
        title: 现场到 4 级
        when: {of: T1, ge: 4}
        cite: {source: std, kind: standard, sure: read}
      - id: paper-2
        title: 有二级证书
        paper: {model: tree, level: 2}
        speaks: [N1]
        cite: {source: std, kind: standard, sure: read}
says: 只作对照。
"""


def write_standards(folder: Path, *edits: Edit) -> Path:
    """The sample pack with both models and a table of papers; `edits` may change any of its files."""
    target = write_pack(folder, Edit(Q, "      - id: W1\n", f"{PAPERS_TABLE}      - id: W1\n"))
    (target / TREE).write_text(TREE_TEXT, encoding="utf-8")
    (target / LADDER).write_text(LADDER_TEXT, encoding="utf-8")
    for file, old, new in edits:
        text = (target / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (target / file).write_text(text.replace(old, new), encoding="utf-8")
    return target


def standards_pack(folder: Path, *edits: Edit) -> Pack:
    """The same as a pack, with edits that keep it valid."""
    loaded = load(write_standards(folder, *edits))
    assert not loaded.problems, "\n".join(map(str, loaded.problems))
    assert loaded.pack is not None
    return loaded.pack
