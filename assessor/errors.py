"""What can go wrong, and what should one do? Coded problems with place and remedy.

A `Problem` is data: it travels in lists, prints as one line and turns into JSON. `UserError` is
the only exception meant for people; everything else that flies is a defect of the program. A problem is put
into words when it is shown, in the language then spoken.
"""

import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assessor.language import _

PROBLEMS: Mapping[str, tuple[str, str]] = {
    # files and packs
    "file-missing": ("找不到文件", "请检查路径"),
    "file-unreadable": ("读不了：{reason}", "请检查权限或换一份文件"),
    "file-unwritable": ("写不进去：{reason}", "请换一个有空间、可写的位置；原有文件没有改动"),
    "yaml-syntax": ("YAML 写法有误：{reason}", "请按提示的行列改正"),
    "yaml-duplicate-key": ("键“{key}”写了两次{hint}", "请删去一个"),
    "yaml-bare-word": ("“{text}”会被当成是/否", "要文字请加引号，要是非请写 true 或 false"),
    "yaml-misread": ("{text} 多半不是原意：{reason}", "请改正"),
    "yaml-forbidden": ("不允许使用{what}", "请写明，或删去这一行"),
    "yaml-too-big": ("文件过大或嵌套过深（{what}）", "请拆成几个文件"),
    "pack-missing": ("找不到诊断包“{pack}”", "可用的有：{known}"),
    "pack-broken": ("诊断包有 {count} 处错误，未载入", "请先运行 pack check 并改正"),
    "pack-file-missing": ("缺少文件 {file}", "每个诊断包都要有它"),
    "pack-field-missing": ("缺少“{field}”", "请补上"),
    "pack-field-unknown": ("不认识的字段“{field}”{hint}", "请检查拼写或删去"),
    "pack-field-value": ("“{field}”的取值不对：{reason}", "请改正"),
    "pack-duplicate-id": ("编号 {id} 用了两次（另一处：{other}）", "编号一经使用不再改作他用，请换一个"),
    "pack-frozen-id": ("编号 {id} 已停用或改名", "停用的编号不能再用，请换一个新编号"),
    "pack-unknown-id": ("引用了{lack}编号 {id}{hint}", "请检查拼写；改过名的请写新编号"),
    "pack-unknown-option": ("{id} 没有选项“{option}”", "可用的选项：{known}"),
    "pack-comparison": ("{id} 是{kind}题，不能用 {test} 比较", "请换一种比较：{known}"),
    "pack-industry": ("行业小类“{number}”不在国民经济行业分类中", "请查 GB/T 4754—2017，写四位代码"),
    "pack-cycle": ("出现条件互相牵连：{ids}", "请去掉其中一个条件"),
    "pack-unreachable": ("{id} 的出现条件永远不成立", "请改条件或删去此题"),
    "pack-source-unknown": ("来源 {source} 不在 sources.yaml 中{hint}", "请登记来源或改正编号"),
    "pack-weights": ("{what}下各项权重之和是 {sum}，应为 100", "请核对权重"),
    "pack-points": ("{id} 的最高分是 {points}，按权重应为 {expected}", "请核对分值或权重"),
    "pack-points-missing": ("{id} 的选项 {options} 没有分值", "每个选项都要有分值"),
    "pack-milli": ("{what} = {value} 不足千分之一分", "分值最多写三位小数"),
    "pack-bands": ("{id} 的分段{reason}", "分段必须首尾相接、依次递增，最后一段不设上限"),
    "pack-bounds": ("{id} 的数值界限颠倒：{low} > {high}", "请改正下限和上限"),
    "pack-levels": ("{id} 的等级应为 0、1、2、3、4 各一条", "请补齐或改正"),
    "pack-none-option": ("{id} 有 {count} 个“都没有”选项", "最多一个，且只能用于多选题"),
    "pack-gates": ("等级门槛{reason}", "等级应从 1 起依次递增，门槛不得低于下一级"),
    "pack-todo": ("还没有填：{text}", "请把 TODO 和提示一起换成内容"),
    # actions
    "action-namespace": ("举措 {id} 的编号没有以所在诊断包的编号开头", "请写成 {pack}.… 的样子"),
    "exemplar-namespace": ("标杆 {id} 的编号没有以所在诊断包的编号开头", "请写成 {pack}.E1 的样子"),
    "exemplar-kind": ("标杆 {id} 的来源类型是 {kind}", "标杆都是个案，请写 kind: case"),
    "action-cycle": ("前置条件互相牵连：{ids}", "请去掉其中一个前置条件"),
    "action-via": ("{id} 的 via 中，{scene} 的等级不在所到等级之下", "via 只写途中经过的更低等级"),
    "action-step": (
        "{id} 把 {scene} 提到 {step}，{size}规模下没有办法先到前一级",
        "请在 via 写明途中经过，或补上能到前一级的举措",
    ),
    "action-size": ("{id} 在{size}规模下{reason}", "请核对各规模的费用和前置条件"),
    "action-cure": ("红线 {line} 由 {id} 解除，{id} 的 cures 却没有写它", "请两边写一致"),
    # policies and platforms
    "policy-twice": ("{id} 在同一个文件里写了两次（另一处：{other}）", "请只留一条"),
    "policy-dates": ("{id} 的日期不对：{reason}", "请照原文核对"),
    "policy-status": ("{id} 的状态写的是 {status}，{reason}", "请改状态，或补上日期、改正日期"),
    "policy-rate": ("{id} 的比例 {value} 大于 1", "比例写小数：30% 写 0.30，1.5 个百分点写 0.015"),
    "policy-money": ("{id} 的金额 {value} 万元大得不正常", "单位是万元，请检查是不是写成了元"),
    "policy-industry": ("{id} 的行业代码“{code}”不存在", "请写国民经济行业分类的前两位到四位，如 26、2911"),
    "policy-comparator": ("{id} 是外地规则（comparator），却写了 {field}", "外地规则只供参考，请删去这一项"),
    "policy-self": ("{id} 的 {field} 写了它自己", "请删去"),
    "overlay-content": ("补充包里不能有 {file}", "只能有：{allowed}"),
    "overlay-alone": ("{pack} 是 {base} 的补充包，不能单独用来诊断", "请选 {base} 或依赖它的行业包"),
    # models
    "standard-steps": ("{id} 没有能数的档", "请用等级题、单选题或分了档的占比题；能力子域还可以用多选题"),
    "standard-scores": ("{id} 的得分{reason}", "每一档写一个 0 到 1 的得分，档次越高得分不低"),
    "standard-papers": ("{id} 不能登记证书，缺少列 {columns}", "请补上这些列，或换一张表"),
    "model-weights-unknown": (
        "模型“{model}”缺少权重（{items}），不能计算",
        "权重未知就不出分；请换用有权重的模型文件",
    ),
    "model-unknown": ("没有模型“{model}”", "可用的有：{known}"),
    # roadmap
    "roadmap-size-unknown": ("不知道企业规模，排不了路线图", "请填写从业人数和上年营业收入"),
    "roadmap-budget": ("预算不能是 {budget:g} 万元", "请写零或更多，单位万元"),
    "roadmap-money": ("金额“{text}”不是数字", "请写数字，单位万元，如 50 或 12.5"),
    "roadmap-quarters": ("计划期不能是 {quarters} 个季度", "请写 4 到 12"),
    "roadmap-parallel": ("同时进行的举措不能是 {parallel} 项", "请写 1 或更多"),
    "roadmap-people": ("人天不能为负", "请写每季度抽得出的人天，零或更多"),
    "roadmap-target-shape": ("目标“{text}”看不懂", "请写成 模型:等级，如 miit-sme-2024:2"),
    "roadmap-target-level": ("模型“{model}”没有 {level} 级", "最低 1 级，最高 {top} 级"),
    "roadmap-target-quarter": (
        "目标定在第 {quarter} 季度，计划只有 {quarters} 个季度",
        "请改目标季度或计划期",
    ),
    "roadmap-no-score": ("“{model}”适用的部分太少，不出分，排不了路线图", "请换一个模型，或补答题目"),
    "roadmap-past": ("计划从 {quarter} 开始，早于 {date}，已经过去", "请写之后的季度"),
    "roadmap-quarter": ("季度“{quarter}”看不懂", "请写成 2027Q1"),
    "roadmap-date-missing": ("答案里没有诊断日期，排不出日历", "请填写诊断日期"),
    "roadmap-action-unknown": (
        "诊断包 {pack} {version} 里没有举措 {id}",
        "它可能在新版中停用；请从路线图中重新选择",
    ),
    "roadmap-pin-shape": ("“{text}”看不懂", "请写成 举措:季度，如 common.K06:2"),
    "roadmap-pin-quarter": (
        "{id} 指定在第 {quarter} 季度开始，计划只有 {quarters} 个季度",
        "请写 1 到 {quarters}",
    ),
    "roadmap-pin-without": ("{id} 既指定了开始季度，又要求不列入", "请只留一种"),
    "roadmap-pin-early": (
        "{id} 最早第 {earliest} 季度才能开始，不能指定在第 {quarter} 季度",
        "它的前置举措还没做完；请往后放",
    ),
    "roadmap-pin-order": (
        "{id} 指定在第 {quarter} 季度开始，它的前置 {other} 那时还没做完",
        "请把前置提前，或把它往后放",
    ),
    "roadmap-pin-left-out": ("{id} 不能指定开始季度：{reason}", "请去掉这一项"),
    "roadmap-line-unknown": ("没有亮着的红线 {id}", "亮着的有：{known}"),
    "roadmap-format": (
        "路线图不能写成“{suffix}”",
        "可用 .xlsx（工作簿）、.xml（Project）、.ics（日历）或 .json",
    ),
    "roadmap-node-limit": ("在限定的计算量内没有找到可行的路线图", "请放宽预算、人手或目标后重试"),
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
    "template-unreadable": ("这不是 Word 文档（.docx）", "请在 Word 或 WPS 里另存为 .docx 再用"),
    "template-field": ("模板里有不认识的字段：{names}", "请改成这些名称之一：{known}"),
    "template-name": (
        "没有叫“{name}”的 Word 模板",
        "自带的模板有：{known}；用自己的模板，请写出文件名，例如 我们的模板.docx",
    ),
    "archive-for-pdf": ("只有 PDF 报告能带着工作簿存档", "请把输出文件名改成 .pdf，或去掉 --archive"),
    "template-for-word": ("模板只用于 Word 报告", "请把输出文件名改成 .docx，或去掉 --template"),
    "template-syntax": ("模板里的字段写法不对：{reason}", "字段写成 {{{{企业名称}}}}，左右各两个半角大括号"),
    "report-format": ("不认识的报告格式“{suffix}”", "可用 .pdf、.docx 或 .html"),
    "no-display": ("没有可用的显示器", "请在桌面环境中运行，或用 demo、score、report 等命令"),
    "usage": ("{reason}", "运行 assessor --help 看用法"),
    # kept safe, and on the move
    "store-rescued": (
        "数据库已损坏，原文件另存为 {aside}；救回 {assessments} 份诊断、{entries} 条记录，"
        "{damaged} 条已损坏，至多 {missing} 条没能读出",
        "请核对；缺的可从备份恢复。请勿删除另存的文件",
    ),
    "store-guessed": (
        "有 {count} 份诊断只救回了答案，诊断包、日期和方式是推定的",
        "请逐份核对企业、日期和答案；对不上的可从备份恢复",
    ),
    "store-damaged": ("数据库中有读不出的地方", "请关闭后重新打开：打开时会另存原文件，并救回完好的部分"),
    "store-slow-journal": (
        "这里的磁盘不支持预写日志（多为优盘或网络盘），已改用较慢但同样可靠的方式保存",
        "最好把数据放在本机硬盘；不要在两台电脑上同时打开",
    ),
    "bundle-foreign": ("不是{what}", "请选本程序生成的{what}；没有写入任何内容"),
    "bundle-damaged": ("{what}已损坏或不完整：{reason}", "请重新取得这份文件；没有写入任何内容"),
    "bundle-newer": ("{what}由更新的版本写成", "请升级本程序；没有写入任何内容"),
    "bundle-elsewhere": ("这是{what}，不能当作问卷导入", "请用菜单“更多”中的“{menu}”；没有写入任何内容"),
    "restore-exists": ("文件夹已存在，不会覆盖", "请换一个名字，或稍后再试"),
    "merge-other": (
        "这是另一份诊断，不能合并：{reason}",
        "请选企业、地点、诊断包和年度都相同的；没有写入任何内容",
    ),
    "merge-version": (
        "两份诊断所用的诊断包不是同一版：这里是 {ours}，那份是 {theirs}",
        "请先把旧的一份换到新版，再合并；没有写入任何内容",
    ),
    "merge-several": ("有 {count} 份诊断都可以并入（编号 {ids}）", "请指明并入哪一份；还没有写入任何内容"),
    "trash-first": ("编号为 {id} 的诊断不在回收站", "请先移入回收站，再彻底删除"),
    "evidence-lost": ("佐证材料 {digest} 的文件不在了或已损坏", "请从备份恢复，或重新添加"),
    "carry-open": ("还有 {count} 处不同的答案没有定下来", "请先逐条定下来，再换版本"),
    "carry-stale": ("预览之后答案又有改动", "请重新预览；没有写入任何内容"),
    "pack-bundle-name": ("文件夹名“{folder}”与诊断包编号“{pack}”不同", "请改成同名"),
    # workbooks
    "workbook-text-long": ("文字有 {length} 个字符，一个单元格最多放 {most} 个", "请缩短这段文字后再导出"),
    "workbook-empty": ("文件是空的", "请重新发送"),
    "workbook-too-big": ("文件有 {size}，问卷不会超过 {most}", "请检查是不是发错了文件，或去掉图片后重发"),
    "workbook-not": ("不是 Excel 工作簿，而是{what}", "请发送填好的 .xlsx 文件本身"),
    "workbook-old": ("是{what}，读不准", "请在 Excel 或 WPS 中打开，另存为 .xlsx 后重发"),
    "workbook-encrypted": ("设了打开密码", "请取消打开密码后重发"),
    "workbook-damaged": ("文件损坏：{reason}", "请从原文件重新发送"),
    "workbook-bomb": ("解压后大得不正常：{reason}", "请确认文件来源；正常填写的问卷不会这样"),
    "workbook-unsafe": ("含有{what}", "请用发给您的空白问卷重填，或另存为不带宏、不带外部链接的 .xlsx"),
    "workbook-foreign": ("不是本程序的问卷工作簿：{reason}", "请用发给您的问卷填写，不要把答案抄到别的表里"),
    "workbook-schema": ("问卷由更新的程序生成（格式 {schema}）", "请升级本程序"),
    "workbook-pack": ("本机没有诊断包 {pack} {version} 版", "请先装入这一版诊断包"),
    "workbook-identity": ("隐藏页、文件属性和封面说的诊断包不一致：{reason}", "请用原来的问卷文件重填"),
    "workbook-sheet-missing": ("缺少“{sheet}”这一页", "请用完整的问卷文件重填，不要删除工作表"),
    "workbook-column-missing": ("缺少“{column}”这一列", "请用完整的问卷文件重填，不要删除列"),
    "workbook-column-twice": ("“{column}”这一列有两个", "请删去多出来的一列"),
    "workbook-two-firms": ("一个文件里有两家企业：{values}", "一家企业一个文件，请分开发送"),
    "workbook-code-missing": ("没有填统一社会信用代码", "请照营业执照填写 18 位代码"),
    "workbook-error-value": ("这一格是错误值 {value}，按未答处理", "请重新填写这一格"),
    "workbook-no-result": ("这一格是公式而且没有结果，按未答处理", "请直接填写数值"),
    "workbook-not-understood": ("“{value}”看不懂，应为{expected}，按未答处理", "请照题目要求重填"),
    "workbook-percent": ("分不清是 {value}% 还是 {other}%，按未答处理", "请连百分号一起写，如 {other}%"),
    "workbook-merged": ("填报格被合并了（{range}），按未答处理", "请取消合并，逐格填写"),
    "workbook-row-missing": ("{id} 这一行被删了，按未答处理", "请用完整的问卷文件补填这一题"),
    "workbook-row-twice": ("{id} 出现两次，内容不同，按未答处理", "请只留对的一行"),
    "workbook-value-and-state": ("既有答案又选了“{state}”，按未答处理", "请只留一个"),
    "workbook-table-both": ("既选了“没有”又填了清单，按未答处理", "请只留一种"),
    "answers-none": ("里面一项也没有填", "请填好后再导入；没有写入任何内容"),
    "workbook-aside": ("“{column}”写的是“{value}”，应为{expected}，没有采用", "请改正；答案本身不受影响"),
    "workbook-fault": ("{text}", "请改好后重试"),
    # intake
    "intake-defect": ("程序读这份文件时出错（{kind}）", "请把这份文件和程序版本发给开发者；其余文件不受影响"),
    "intake-killed": (
        "读这份文件的进程两次都意外结束（{reason}）",
        "请在 Excel 或 WPS 中打开，另存为新的 .xlsx 后重发",
    ),
    "intake-slow": ("读了 {seconds} 秒还没有读完", "请在 Excel 或 WPS 中打开，另存为新的 .xlsx 后重发"),
    "intake-lock-file": ("是打开文件时留下的临时文件", "不用处理；原文件如果也在，已另外读取"),
    "intake-litter": ("是系统自动生成的文件", "不用处理"),
    "intake-not-a-file": ("不是普通文件（管道、设备一类）", "不用处理"),
    "intake-date-future": ("填报日期 {date} 在今天之后", "请与企业核对日期；改好后重发"),
    "intake-campaign-missing": (
        "没有填年度，也没有填报日期",
        "请补填，或用 --campaign 指明这次收的是哪一年度",
    ),
    "intake-campaign-other": (
        "属于 {campaign} 年度，这次只收 {wanted}",
        "不用处理；要汇总那一年度请另行运行",
    ),
    "intake-flagged": (
        "有 {count} 处答案没能采用，按未答处理",
        "已计入汇总；请把 letters 里的回信发给企业补正",
    ),
    "intake-strict": (
        "有 {count} 处答案没能采用，按 --strict 不计入",
        "请把 letters 里的回信发给企业改好后重发",
    ),
    "intake-duplicate": ("内容与 {other} 相同", "不用处理，只计一次"),
    "intake-superseded": ("同一企业有更新的一份（{date}）：{other}", "不用处理"),
    "intake-incomplete": (
        "比 {other} 新，但有 {count} 道计分题没答，没有取代它",
        "请企业补齐后把整个文件重发",
    ),
    "intake-conflict": (
        "同一企业同一天（{date}）有内容不同的几份：{others}",
        "都没有计入；请与企业核实以哪份为准，把其余的移出文件夹再运行",
    ),
    "intake-no-files": ("文件夹里没有文件", "请检查路径"),
    "intake-busy": ("另一个汇总正在写这个文件夹", "请等它结束，或换一个输出文件夹"),
    "intake-out": ("输出位置不是文件夹", "请换一个文件夹"),
    "intake-out-inbox": ("输出文件夹就是收件文件夹", "请另选一个输出文件夹"),
    "intake-out-other": ("输出文件夹里已有别的东西，不会覆盖", "请换一个空文件夹，或上次汇总的输出文件夹"),
    "intake-store": ("台账数据库出错：{reason}", "请检查磁盘空间后加 --resume 重新运行；已读完的不会重读"),
    # benchmark packs
    "benchmark-no-intake": (
        "不是汇总的输出文件夹（里面没有 intake.db）",
        "请先运行 aggregate，再指明它的输出文件夹",
    ),
    "benchmark-intake-old": (
        "这次汇总由另一版程序写成",
        "请用本版程序重新汇总（aggregate --resume）后再公布",
    ),
    "benchmark-pack-gone": (
        "本机没有汇总时用的诊断包 {pack} {version} 版",
        "请装回这一版，或重新汇总后再公布",
    ),
    "benchmark-nobody": ("汇总里没有本省企业的诊断可以公布", "请检查企业所在地和台账"),
    "benchmark-too-few": (
        "每个数字背后都不足 {least} 家企业，没有可以公布的",
        "请等收到更多企业后再公布；没有写文件",
    ),
    "benchmark-too-close": (
        "与以前的公布相比，增减或改了答案的企业不足 {least} 家，两次相减就能看出是哪一家",
        "请等再收到几家企业后再公布；没有写文件",
    ),
    "benchmark-least": ("--k {least} 太小", "最小公开样本数不能低于 3，一般用 5"),
    "benchmark-record-missing": (
        "找不到这次公布的参与企业记录（publications 文件夹里的 {name}），无法判断两次相减会不会露出企业",
        "请把当时汇总输出里的这份记录拷进现在的 publications 文件夹，或直接用 --earlier 指明它",
    ),
    "benchmark-record-damaged": ("参与企业记录已损坏", "请从当时的汇总文件夹重新取得；没有公布任何内容"),
    "benchmark-file-missing": ("基准包里缺少这个文件", "请向发布单位重新索取；没有写入任何内容"),
    "benchmark-file-strange": ("基准包里有不认识的文件 {file}", "请向发布单位重新索取；没有写入任何内容"),
    "benchmark-cell": ("{cell}：{reason}", "请向发布单位重新索取；没有写入任何内容"),
    "benchmark-other": ("已经装有同名而内容不同的基准包 {id}", "请向发布单位核实是哪一份；没有写入任何内容"),
    "roster-columns": (
        "名单里找不到“统一社会信用代码”这一列",
        "第一行应有列名：企业名称、统一社会信用代码、地区",
    ),
    "roster-format": ("名单读不了：{reason}", "可用 .csv（UTF-8 或 GBK）或 .xlsx，第一行是列名"),
    "roster-code": ("名单第 {row} 行的统一社会信用代码“{uscc}”不对：{reason}", "请照营业执照改正名单"),
    "roster-twice": ("名单第 {row} 行的 {uscc} 已在第 {first} 行出现", "请删去多余的一行"),
    # packs written in Excel
    "book-foreign": ("不是编写诊断包用的工作簿", "请用 pack to-excel 写出的工作簿"),
    "book-sheet-missing": ("缺少“{sheet}”这一页", "请不要删除或改名工作表；没有内容就让它空着"),
    "book-column-missing": ("缺少“{column}”这一列", "请照 pack to-excel 写出的表头补上"),
    "book-column-unknown": ("不认识“{column}”这一列", "请改回原来的表头；自己加的列，表头请以 # 开头"),
    "book-head": ("不认识 {file} 的“{key}”", "请照原来的行填，不要改“文件”和“键”两列"),
    "book-owner-missing": ("没有写“{title}”，不知道这一行属于哪一项", "请补上"),
    "book-owner-unknown": ("“{name}”在“{sheets}”页里没有", "请先在那一页写上，或改正编号"),
    "book-owner-several": ("“{name}”不止一处", "请写全：{known}"),
    "book-key-missing": ("这一行没有编号", "请补上，或清空整行"),
    "book-key-twice": ("“{key}”写了两行（另一处：{other}）", "请只留一行"),
    "book-cell-error": ("这一格不是内容，而是 {what}", "请直接填写"),
    "book-merged": ("这一格被合并了", "请取消合并，逐格填写"),
    "authoring-exists": ("文件夹已经存在", "请换一个名字；确要换掉原来的诊断包，请加 --replace"),
    "authoring-place": ("这个位置已经有东西", "请换一个位置；没有写入任何内容"),
    "authoring-foreign": ("文件夹已经存在，而且不是诊断包", "请换一个名字；没有写入任何内容"),
    "authoring-id": ("“{id}”不能作编号", "请用小写英文字母开头，只含小写字母、数字和连字符，如 nonferrous"),
    "authoring-taken": ("编号 {id} 已经有诊断包：{folder}", "请换一个编号"),
    "book-format": ("编写用的工作簿只能是 .xlsx，不是“{suffix}”", "请把文件名的结尾改为 .xlsx"),
    "template-format": ("空白问卷只能写成 .xlsx，不是“{suffix}”", "请把文件名的结尾改为 .xlsx"),
    "export-format": ("不能导出为“{suffix}”", "可用 .xlsx（工作簿）、.json（答案）或 .zip（连同记录和佐证）"),
}


_UNSAID: Mapping[str, str] = {"hint": "", "lack": "不存在的"}
"""What sentences say when a problem has no value of that name."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `code` of `PROBLEMS`, where it is, and the values of its sentence."""

    code: str
    where: str = ""
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def what(self) -> str:
        """The sentence that says what is wrong."""
        return _(PROBLEMS[self.code][0]).format(**{**self._unsaid, **self.values})

    @property
    def remedy(self) -> str:
        """The sentence that says what to do."""
        return _(PROBLEMS[self.code][1]).format(**{**self._unsaid, **self.values})

    @property
    def _unsaid(self) -> Mapping[str, object]:
        return {name: _(text) for name, text in _UNSAID.items()}

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        told = _("{what}。{remedy}。[{code}]").format(what=self.what, remedy=self.remedy, code=self.code)
        return _one_line(f"{place}{told}")

    def as_json(self) -> dict[str, str]:
        """The same for machines."""
        return {"code": self.code, "where": self.where, "what": self.what, "remedy": self.remedy}


def _one_line(text: str) -> str:
    """The text without line breaks and other control characters, which files may smuggle into a message."""
    return "".join(char if char.isprintable() or char == "\u3000" else repr(char)[1:-1] for char in text)


class UserError(Exception):
    """The world is not as needed: one or more problems to show to a person; nothing was changed."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def refuse(code: str, where: str = "", **values: object) -> UserError:
    """A `UserError` of one problem, to be raised."""
    return UserError(Problem(code, where, values))


_SYSTEM: Mapping[int, str] = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出了分给您的空间",
    errno.EROFS: "这个磁盘是只读的",
    errno.EACCES: "没有权限，或文件正被别的程序打开",
    errno.EPERM: "系统不允许",
    errno.ENAMETOOLONG: "文件名或路径太长",
    errno.ENOENT: "文件夹或文件不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹，不是文件",
    errno.EEXIST: "已有同名的文件",
    errno.EBUSY: "正被别的程序占用",
    errno.EIO: "磁盘读写出错，可能已损坏或被拔出",
    errno.ENODEV: "磁盘已不在",
    errno.EFBIG: "文件太大，这种磁盘放不下",
    errno.EMFILE: "同时打开的文件太多",
    errno.EINVAL: "文件名里有系统不接受的字符",
    errno.ETIMEDOUT: "网络磁盘没有回应",
}
_SHARED = (32, 33)
"""What Windows calls a file that another program holds open."""


def system_reason(error: Exception) -> str:
    """Why the system would not read or write, in words; what is seldom met keeps the system's own mark."""
    if getattr(error, "winerror", None) in _SHARED:
        return _(_SYSTEM[errno.EBUSY])
    number = getattr(error, "errno", None)
    if isinstance(number, int):
        mark = errno.errorcode.get(number, number)
        return _(_SYSTEM[number]) if number in _SYSTEM else _("系统报错 {mark}").format(mark=mark)
    return str(error) or _("系统没有说明原因")


def raise_if(problems: Iterable[Problem]) -> None:
    """Raise all problems at once; do nothing when there are none."""
    found = tuple(problems)
    if found:
        raise UserError(*found)
