"""The sentences of `/forget_me` in Chinese."""

from __future__ import annotations

from typing import Final

from bot.i18n.forgetting_phrases import ForgettingPhrases

CHINESE_FORGETTING: Final = ForgettingPhrases(
    ask="要忘掉这里的一切吗？{weeks} 周、{messages} 条消息、{files} 个文件，连同设置，全部删掉，"
    "不能撤销。想留一份的话，先发 /export。\n\n"
    "聊天里的消息归 Telegram 管，要在那里删。"
    "机器上每天的备份里还会留七天，另外存出去的备份不受影响。",
    yes="全部删掉",
    no="算了",
    gone="都删掉了。再发消息，就从头开始。",
    gone_from_group="都删掉了，这里的消息我也不再记。想从头开始，由主人发 /start。",
    kept="好，什么都没动。",
    owners_only="群里的内容，只有机器人的主人能全部删掉。",
)
