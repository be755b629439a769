"""The sentences of `/invite` and `/people` in Chinese."""

from __future__ import annotations

from typing import Final

from bot.i18n.people_phrases import PeoplePhrases

CHINESE_PEOPLE: Final = PeoplePhrases(
    invited="把下面一个链接发给对方，只能用一次，{until} 之前有效。\n\n"
    "给一个人，他会有自己的周报：\n{person}\n\n"
    "给一个群，点开选群：\n{group}",
    revoke="作废",
    revoked="这个链接作废了。",
    head="能用这个机器人的：",
    fixed_owner="👑 主人：{name}（写在设置 BOT_ALLOWED_USERS 里）",
    owner="👑 主人：{name}（{id}）",
    member="🙂 成员：{name}（{id}）",
    group="👥 群：{name}",
    group_without_name="没有名字的群",
    link="🔗 {number} 号链接还没人用，{until} 之前有效",
    foot="/invite 再邀请一个。",
    remove="移除 {name}",
    revoke_link="作废 {number} 号链接",
    ask="移除「{name}」？之后发来的消息不再记，也不再发草稿；写过的都留着，再邀请回来就能接着用。",
    yes="移除",
    back="返回",
    owners_only="只有机器人的主人能邀请和移除。",
    in_private="这个在我们的私聊里发，链接才不会被大家看到。",
    dead_link="这个链接用不了了：一个链接只能用一次，一天内有效。请对方再发一个新的。",
)
