/** Besides pictures and files: what a phone can send as well, each as one example. */

import { api, Refusal, upload } from "./api.js";
import { h, icon, iconButton } from "./dom.js";
import { dialog, toast } from "./notices.js";
import { words } from "./words.js";

const CHANNEL = { id: -1001234567890, type: "channel", title: "SQLite Weekly", username: "sqlite_weekly" };

const POLL = {
  id: "1",
  total_voter_count: 0,
  is_closed: false,
  is_anonymous: true,
  type: "regular",
  allows_multiple_answers: false,
  allows_revoting: true,
  members_only: false,
};

const SAMPLES = [
  ["location", "pin", () => ({ extra: { location: { latitude: 31.2304, longitude: 121.4737 } } })],
  ["contact", "person", () => ({ extra: { contact: { phone_number: "+8613800000000", first_name: "老王" } } })],
  ["poll", "poll", () => ({ extra: { poll: { ...POLL, question: words.pollQuestion, options: options() } } })],
  ["voice", "voice", voice],
];

const options = () =>
  words.pollOptions.map((text, number) => ({ persistent_id: `${number}`, text, voter_count: 0 }));

async function voice() {
  const { file_id } = await upload(new File(["OggS"], "voice.ogg", { type: "audio/ogg" }));
  return { kind: "voice", file_id };
}

/** Lets the person choose: files of their own, or an example of something else. */
export function chooseAttachment(composer, chooseFiles) {
  const row = (drawing, label, work) =>
    h("button", { type: "button", onclick: () => act(work) }, icon(drawing), h("span", {}, label));
  const act = (work) => {
    box.close();
    Promise.resolve(work()).catch((error) => toast(error instanceof Refusal ? error.message : words.offline));
  };
  const box = dialog(
    "sheet",
    words.attach,
    h(
      "div",
      { class: "sheet-head" },
      h("h2", {}, words.attach),
      iconButton("close", words.close, () => box.close()),
    ),
    h(
      "div",
      { class: "menu-rows" },
      row("picture", words.attachFiles, chooseFiles),
      row("forward", words.forwardSample, () => forward(composer)),
      ...SAMPLES.map(([name, drawing, content]) =>
        row(drawing, words[name], async () => api.send({ ...composer.envelope, ...(await content()) })),
      ),
    ),
  );
}

/** A post of a channel; what stands in the field goes before it, as clients send a comment. */
async function forward(composer) {
  const envelope = composer.envelope;
  const comment = composer.text.value.trim();
  composer.write("");
  if (comment) await api.send({ ...envelope, text: comment });
  const origin = { type: "channel", date: 1_700_000_000, message_id: 12, chat: CHANNEL };
  await api.send({ ...envelope, reply_to: undefined, text: words.forwardText, forward_origin: origin });
}
