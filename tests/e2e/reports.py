"""Finished reports that the bot has to be able to make."""

from __future__ import annotations

from pathlib import Path

OWN = """\
# 2023 年第40周周报

秋天来得有点突然，毛衣还在箱底

## 生活

1. 这周的身体
    1. 跑步三次，膝盖没有抗议（小声
    2. 牙医说下次再来
2. 家里的两只猫
    1. 大的学会了开柜子，没收零食！
    2. 小的学会了等大的开柜子
3. 吃到了很好的云南菜，推荐 [那家店](https://example.org/yunnan?a=1&b=2)
4. 看的东西
    1. 《某部动画》第 3 集，V社呢？
    2. 一部老电影
        1. 节奏慢，但是每个镜头都值得
        2. 字幕组 2.0 版修好了错字
            1. 第 41 分钟那处还在
    3. 纪录片看了一半
5. 本周继续背单词 * 5 天_不间断

![没有等到罐头的猫](https://example.org/cat.jpg)

![新键盘](https://example.org/keyboard.jpg)

## 技术

1. 工作上的一件怪事（要值班啦）
    1. 网关每到整点就超时，Pod 内部却没有问题
2. 给 [SOME_LONG_FLAG_NAME 的支持](https://example.org/issues/1) 跑通了测试
3. 这周在学 Rust，C# 先放一放
4. 性能追踪
    1. 写 /tmp/perf-PID.map 里的符号
    2. 3.12 之后的变化
        1. 3 < 4 && R&D 也要能显示
        2. 用 `perf record -g` 看了一遍

差不多这样

## 总结

这周没有虚度，下周继续！
"""

_SEED = Path(__file__).parents[3] / "shared" / "reports" / "seed-2023-week40.md"


def reports_to_rebuild() -> dict[str, str]:
    """Our own report, and the one the project began with where it is at hand."""
    found = {"own": OWN}
    if _SEED.is_file():
        found["seed"] = _SEED.read_text(encoding="utf-8")
    return found
