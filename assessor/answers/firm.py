"""Who is the firm? Credit code, industry, region and size class.

Sources: GB 32100-2015 and GB 11714 (credit code), GB/T 4754-2017 (industry), GB/T 2260 (region),
工信部联企业〔2011〕300号 (size).
"""

from decimal import Decimal
from typing import Literal

from assessor.answers.model import Answers, Finding
from assessor.errors import Problem
from assessor.pack.model import Industries, Pack, Regions
from assessor.words import _

Size = Literal["micro", "small", "medium", "large"]

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [pow(3, power, 31) for power in range(17)]
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_INVENTED_REGION = "000000"


def uscc_check_character(body: str) -> str:
    """The 18th character for the first 17."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def inner_check_character(body: str) -> str:
    """The ninth character of an organisation code for its first eight."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, _INNER_WEIGHTS, strict=True))
    return "0123456789X0"[(11 - total % 11) % 11]


def check_uscc(uscc: str, where: str = "") -> list[Problem]:
    """What makes a credit code impossible: length, alphabet, check character."""
    if len(uscc) != 18:
        return [
            Problem(
                "uscc-shape",
                where,
                {"uscc": uscc, "reason": _("应为 18 位，现有 {count} 位").format(count=len(uscc))},
            )
        ]
    strange = sorted(set(uscc) - set(ALPHABET))
    if strange:
        reason = _("不应有字符 {strange}").format(strange=_("、").join(strange))
        return [Problem("uscc-shape", where, {"uscc": uscc, "reason": reason})]
    expected = uscc_check_character(uscc[:17])
    if uscc[17] != expected:
        return [Problem("uscc-check", where, {"uscc": uscc, "expected": expected})]
    return []


def doubt_uscc(uscc: str, regions: Regions) -> list[Finding]:
    """What makes a possible code doubtful: inner check character, region of registration."""
    if check_uscc(uscc):
        return []
    findings = []
    if is_invented(uscc):
        findings.append(Finding("uscc-invented", ("uscc",)))
    elif uscc[2:4] not in regions.provinces or not uscc[2:8].isdigit():
        findings.append(Finding("uscc-region", ("uscc",), {"region": uscc[2:8]}))
    expected = inner_check_character(uscc[8:16])
    if uscc[16] != expected:
        findings.append(Finding("uscc-inner", ("uscc",), {"found": uscc[16], "expected": expected}))
    return findings


def is_invented(uscc: str) -> bool:
    """Whether the code belongs to an invented firm: no real one is registered in region 000000."""
    return uscc[2:8] == _INVENTED_REGION


def check_industry(code: str, industries: Industries, where: str = "") -> list[Problem]:
    """A class must be four digits within a known division; listed divisions must list it."""
    shaped = len(code) == 4 and code.isascii() and code.isdigit()
    known = shaped and code[:2] in industries.divisions
    listed = {key[:2] for key in industries.industries}
    if known and (code in industries.industries or code[:2] not in listed):
        return []
    return [Problem("industry-code", where, {"code": code})]


def check_region(code: str, regions: Regions, where: str = "") -> list[Problem]:
    """Six digits of a known province; within Guizhou one of the list, old codes included."""
    shaped = len(code) == 6 and code.isascii() and code.isdigit()
    listed = {key[:2] for key in regions.regions}
    known = shaped and code[:2] in regions.provinces
    if known and (code[:2] not in listed or code in regions.regions or code in regions.changed):
        return []
    return [Problem("region-code", where, {"code": code})]


def current_region(code: str, regions: Regions) -> str:
    """The code in force for one that was changed."""
    return regions.changed.get(code, code)


def region_name(code: str, regions: Regions) -> str:
    """The name of a region with its prefecture, or the code itself when it is not listed."""
    code = current_region(code, regions)
    prefecture = regions.regions.get(f"{code[:4]}00", "")
    own = regions.regions.get(code, "")
    if not own:
        return regions.provinces.get(code[:2], code)
    return own if own == prefecture or not prefecture else f"{prefecture}{own}"


def industry_name(code: str, industries: Industries) -> str:
    """The name of a class, or of its division when the class is not listed."""
    return industries.industries.get(code) or industries.divisions.get(code[:2], code)


def size_class(answers: Answers) -> Size | None:
    """Size of an industrial firm by head count and revenue; None while one is unknown."""
    employees, revenue = answers.fact("employees"), answers.fact("revenue_wan")
    if not isinstance(employees, Decimal) or not isinstance(revenue, Decimal):
        return None
    if employees >= 1000 and revenue >= 40000:
        return "large"
    if employees >= 300 and revenue >= 2000:
        return "medium"
    return "small" if employees >= 20 and revenue >= 300 else "micro"


def check_format(form: str, text: str, pack: Pack, where: str = "") -> list[Problem]:
    """The rule of a text question with a format of its own."""
    match form:
        case "uscc":
            return check_uscc(text, where)
        case "industry":
            return check_industry(text, pack.industries, where)
        case "region":
            return check_region(text, pack.regions, where)
        case _:
            return []
