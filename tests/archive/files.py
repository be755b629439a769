"""Archives of reports for tests: tidy and untidy ones, and the real ones where they are at hand."""

from __future__ import annotations

from pathlib import Path

TIDY = """\
# 2023 年第40周周报

一周的开头

## 生活

1. 第一件
    1. 下面的
2. 第二件

![海](images/sea.jpg)

## 技术

1. 修好了

差不多这样

## 总结

还行
"""

# Slips that real authors make: blanks at line ends, missing and doubled empty lines, a list that
# begins with 3, bullets, another heading, no newline at the end.
UNTIDY = (
    "# 2023 年第六周周报 \n\n\n先说一句\n## 学习\n3. 从三开始\n4. 第四\n   - 子弹\n\n"
    "* 另一个列表  \n* 第二项\n\n## 简单总结\n没有换行的结尾"
)

WINDOWS = "# 2023 年第七周周报\r\n\r\n## 生活\r\n\r\n1. 一\r\n2. 二\r\n"

HUGO = (
    '---\ntitle: "2024 年第八周周报"\ndate: 2024-02-25\n---\n\n'
    "## 生活\n\n1. 带着前言的一周\n2. 第二\n"
)

NO_TITLE = "最近太累了，先这样吧"

OWN: dict[str, str] = {
    "2023-W40.md": TIDY,
    "2023-week6.md": UNTIDY,
    "week-seven.md": WINDOWS,
    "post.md": HUGO,
    "2026-week04.md": NO_TITLE,
}

_REAL = Path(__file__).parents[3] / "shared" / "reports"


def real_reports() -> list[Path]:
    """The real reports, where they are at hand."""
    return sorted(path for path in _REAL.glob("*.md") if path.name != "README.md")


def write_own(folder: Path) -> None:
    """Our own archive, as files in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in OWN.items():
        (folder / name).write_bytes(text.encode())
