"""The sentences of `/export` in Chinese."""

from __future__ import annotations

from typing import Final

from bot.i18n.export_phrases import ExportPhrases

CHINESE_EXPORT: Final = ExportPhrases(
    caption="全部都在这里：{weeks} 周的 Markdown、图片，还有 weeknotes.json。"
    "weeknotes import 能用它在别处原样恢复。",
    part="第 {number} 个，共 {parts} 个。恢复的时候要放在一起。",
    nothing="还没有内容可以导出。发第一条就有了，比如：#生活 吃了火锅",
    too_much="内容太多，Telegram 发不下。请在机器上运行 weeknotes export 文件夹。",
    under_way="正在打包，马上发过来。",
    only_weeks="这是一份完整的导出，在这里放进去的只有周报和图片。消息和设置也要原样恢复，"
    "就趁这里还是空的，在机器上用 weeknotes import 导入它的所有压缩包。",
)
