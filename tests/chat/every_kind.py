"""One sample of each kind of message, as the Bot API sends it.

Each is what stands beside message_id, date, chat and from. Kinds that only come along with
others have a text beside them. Source: https://core.telegram.org/bots/api#message
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram.constants import MessageType

from tests.chat.messages import ANN, CHANNEL, GROUP, WEEKNOTES

_Json = dict[str, Any]

_FILE: _Json = {"file_id": "f", "file_unique_id": "u", "file_size": 1000}
_FRAME: _Json = {**_FILE, "width": 320, "height": 240}
_PLACE: _Json = {"latitude": 31.2304, "longitude": 121.4737}
_STICKER: _Json = {**_FRAME, "type": "regular", "is_animated": False, "is_video": False}
_STORY: _Json = {"chat": CHANNEL, "id": 3}
_TASK: _Json = {"id": 1, "text": "milk"}
_PRICE: _Json = {"currency": "XTR", "amount": 5}
_PAYMENT: _Json = {"currency": "XTR", "total_amount": 5, "invoice_payload": "p"}
_CHARGES: _Json = {"telegram_payment_charge_id": "t", "provider_payment_charge_id": "p"}
_GIVEAWAY: _Json = {"chats": [CHANNEL], "winners_selection_date": 1_696_500_000, "winner_count": 1}
_GIFT: _Json = {"gift": {"id": "g", "sticker": _STICKER, "star_count": 5}}
_MODEL: _Json = {"name": "m", "sticker": _STICKER, "rarity_per_mille": 1}
_COLORS: _Json = {"center_color": 1, "edge_color": 2, "symbol_color": 3, "text_color": 4}
_UNIQUE_GIFT: _Json = {
    "gift_id": "g",
    "base_name": "Cap",
    "name": "Cap-1",
    "number": 1,
    "model": _MODEL,
    "symbol": _MODEL,
    "backdrop": {"name": "b", "colors": _COLORS, "rarity_per_mille": 1},
}
_OPTION: _Json = {"option_persistent_id": "1", "option_text": "Rice"}
_POLL: _Json = {
    "id": "1",
    "question": "Dinner?",
    "options": [
        {"persistent_id": "1", "text": "Rice", "voter_count": 0},
        {"persistent_id": "2", "text": "Soup", "voter_count": 0},
    ],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": True,
    "members_only": False,
}

SAMPLES: Mapping[MessageType, _Json] = {
    # What a person sends
    MessageType.TEXT: {"text": "hot pot"},
    MessageType.ANIMATION: {
        "animation": {**_FRAME, "duration": 3, "mime_type": "video/mp4"},
        "document": {**_FILE, "mime_type": "video/mp4"},
    },
    MessageType.AUDIO: {"audio": {**_FILE, "duration": 200, "title": "Song"}},
    MessageType.CHECKLIST: {"checklist": {"title": "Shopping", "tasks": [_TASK]}},
    MessageType.CONTACT: {"contact": {"phone_number": "+8613800000000", "first_name": "Bo"}},
    MessageType.DICE: {"dice": {"emoji": "🎲", "value": 5}},
    MessageType.DOCUMENT: {"document": {**_FILE, "file_name": "notes.pdf"}},
    MessageType.GAME: {"game": {"title": "Chess", "description": "A game", "photo": [_FRAME]}},
    MessageType.GIVEAWAY: {"giveaway": _GIVEAWAY},
    MessageType.GIVEAWAY_WINNERS: {
        "giveaway_winners": {
            "chat": CHANNEL,
            "giveaway_message_id": 4,
            "winners_selection_date": 1_696_500_000,
            "winner_count": 1,
            "winners": [ANN],
        }
    },
    MessageType.INVOICE: {
        "invoice": {
            "title": "Tea",
            "description": "Green",
            "start_parameter": "s",
            "currency": "EUR",
            "total_amount": 500,
        }
    },
    MessageType.LIVE_PHOTO: {
        "live_photo": {**_FRAME, "duration": 2, "photo": [_FRAME]},
        "photo": [_FRAME],
    },
    MessageType.LOCATION: {"location": _PLACE},
    MessageType.PAID_MEDIA: {
        "paid_media": {"star_count": 5, "paid_media": [{"type": "preview", "width": 9}]}
    },
    MessageType.PHOTO: {"photo": [_FRAME]},
    MessageType.POLL: {"poll": _POLL},
    MessageType.STICKER: {"sticker": {**_STICKER, "emoji": "🙂"}},
    MessageType.STORY: {"story": _STORY},
    MessageType.VENUE: {
        "venue": {"location": _PLACE, "title": "Tea house", "address": "1 Lake Road"},
        "location": _PLACE,
    },
    MessageType.VIDEO: {"video": {**_FRAME, "duration": 3}},
    MessageType.VIDEO_NOTE: {"video_note": {**_FILE, "length": 240, "duration": 3}},
    MessageType.VOICE: {"voice": {**_FILE, "duration": 12}},
    # What comes along with a message
    MessageType.BUSINESS_CONNECTION_ID: {"business_connection_id": "b", "text": "hi"},
    MessageType.EFFECT_ID: {"effect_id": "5104841245755180586", "text": "hi"},
    MessageType.REPLY_TO_STORY: {"reply_to_story": _STORY, "text": "hi"},
    MessageType.SENDER_BOOST_COUNT: {"sender_boost_count": 2, "text": "hi"},
    MessageType.SENDER_BUSINESS_BOT: {"sender_business_bot": WEEKNOTES, "text": "hi"},
    MessageType.SUGGESTED_POST_INFO: {"suggested_post_info": {"state": "pending"}, "text": "hi"},
    # What Telegram says of itself
    MessageType.BOOST_ADDED: {"boost_added": {"boost_count": 1}},
    MessageType.CHANNEL_CHAT_CREATED: {"channel_chat_created": True},
    MessageType.CHAT_BACKGROUND_SET: {
        "chat_background_set": {"type": {"type": "chat_theme", "theme_name": "🏠"}}
    },
    MessageType.CHAT_OWNER_CHANGED: {"chat_owner_changed": {"new_owner": ANN}},
    MessageType.CHAT_OWNER_LEFT: {"chat_owner_left": {"new_owner": ANN}},
    MessageType.CHAT_SHARED: {"chat_shared": {"request_id": 1, "chat_id": -5}},
    MessageType.CHECKLIST_TASKS_ADDED: {"checklist_tasks_added": {"tasks": [_TASK]}},
    MessageType.CHECKLIST_TASKS_DONE: {"checklist_tasks_done": {"marked_as_done_task_ids": [1]}},
    MessageType.CONNECTED_WEBSITE: {"connected_website": "example.org"},
    MessageType.DELETE_CHAT_PHOTO: {"delete_chat_photo": True},
    MessageType.DIRECT_MESSAGE_PRICE_CHANGED: {
        "direct_message_price_changed": {"are_direct_messages_enabled": True}
    },
    MessageType.FORUM_TOPIC_CLOSED: {"forum_topic_closed": {}},
    MessageType.FORUM_TOPIC_CREATED: {"forum_topic_created": {"name": "Week", "icon_color": 1}},
    MessageType.FORUM_TOPIC_EDITED: {"forum_topic_edited": {"name": "Month"}},
    MessageType.FORUM_TOPIC_REOPENED: {"forum_topic_reopened": {}},
    MessageType.GENERAL_FORUM_TOPIC_HIDDEN: {"general_forum_topic_hidden": {}},
    MessageType.GENERAL_FORUM_TOPIC_UNHIDDEN: {"general_forum_topic_unhidden": {}},
    MessageType.GIFT: {"gift": _GIFT},
    MessageType.GIFT_UPGRADE_SENT: {"gift_upgrade_sent": _GIFT},
    MessageType.GIVEAWAY_COMPLETED: {"giveaway_completed": {"winner_count": 1}},
    MessageType.GIVEAWAY_CREATED: {"giveaway_created": {"prize_star_count": 5}},
    MessageType.GROUP_CHAT_CREATED: {"group_chat_created": True},
    MessageType.LEFT_CHAT_MEMBER: {"left_chat_member": ANN},
    MessageType.MANAGED_BOT_CREATED: {"managed_bot_created": {"bot": WEEKNOTES}},
    MessageType.MESSAGE_AUTO_DELETE_TIMER_CHANGED: {
        "message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}
    },
    MessageType.MIGRATE_TO_CHAT_ID: {"migrate_to_chat_id": -1001},
    MessageType.NEW_CHAT_MEMBERS: {"new_chat_members": [ANN]},
    MessageType.NEW_CHAT_PHOTO: {"new_chat_photo": [_FRAME]},
    MessageType.NEW_CHAT_TITLE: {"new_chat_title": "Home"},
    MessageType.PAID_MESSAGE_PRICE_CHANGED: {
        "paid_message_price_changed": {"paid_message_star_count": 5}
    },
    MessageType.PASSPORT_DATA: {
        "passport_data": {
            "data": [{"type": "phone_number", "hash": "h", "phone_number": "1"}],
            "credentials": {"data": "d", "hash": "h", "secret": "s"},
        }
    },
    MessageType.PINNED_MESSAGE: {
        "pinned_message": {"message_id": 2, "date": 1_696_400_000, "chat": GROUP, "text": "pin"}
    },
    MessageType.POLL_OPTION_ADDED: {"poll_option_added": _OPTION},
    MessageType.POLL_OPTION_DELETED: {"poll_option_deleted": _OPTION},
    MessageType.PROXIMITY_ALERT_TRIGGERED: {
        "proximity_alert_triggered": {"traveler": ANN, "watcher": ANN, "distance": 50}
    },
    MessageType.REFUNDED_PAYMENT: {
        "refunded_payment": {**_PAYMENT, "telegram_payment_charge_id": "t"}
    },
    MessageType.SUCCESSFUL_PAYMENT: {"successful_payment": {**_PAYMENT, **_CHARGES}},
    MessageType.SUGGESTED_POST_APPROVAL_FAILED: {
        "suggested_post_approval_failed": {"price": _PRICE}
    },
    MessageType.SUGGESTED_POST_APPROVED: {
        "suggested_post_approved": {"send_date": 1_696_500_000, "price": _PRICE}
    },
    MessageType.SUGGESTED_POST_DECLINED: {"suggested_post_declined": {"comment": "no"}},
    MessageType.SUGGESTED_POST_PAID: {"suggested_post_paid": {"currency": "XTR"}},
    MessageType.SUGGESTED_POST_REFUNDED: {"suggested_post_refunded": {"reason": "post_deleted"}},
    MessageType.SUPERGROUP_CHAT_CREATED: {"supergroup_chat_created": True},
    MessageType.UNIQUE_GIFT: {"unique_gift": {"gift": _UNIQUE_GIFT, "origin": "upgrade"}},
    MessageType.USERS_SHARED: {"users_shared": {"request_id": 1, "users": [{"user_id": 7}]}},
    MessageType.VIDEO_CHAT_ENDED: {"video_chat_ended": {"duration": 60}},
    MessageType.VIDEO_CHAT_PARTICIPANTS_INVITED: {
        "video_chat_participants_invited": {"users": [ANN]}
    },
    MessageType.VIDEO_CHAT_SCHEDULED: {"video_chat_scheduled": {"start_date": 1_696_500_000}},
    MessageType.VIDEO_CHAT_STARTED: {"video_chat_started": {}},
    MessageType.WEB_APP_DATA: {"web_app_data": {"data": "d", "button_text": "Open"}},
    MessageType.WRITE_ACCESS_ALLOWED: {"write_access_allowed": {"from_request": True}},
}
