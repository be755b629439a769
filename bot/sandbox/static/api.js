/** The sandbox's control API: what a person can do, as one function each. */

/** The server understood and said no; the message is its sentence. */
export class Refusal extends Error {}

async function ask(path, options) {
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(answer.error ?? `HTTP ${response.status}`);
  return answer;
}

const post = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const api = {
  state: () => ask("/sandbox/state"),
  messages: (chatId, after = 0) => ask(`/sandbox/chats/${chatId}/messages?after_event=${after}`),
  events: (after, seconds) => ask(`/sandbox/events?after=${after}&timeout=${seconds}`),
  send: (message) => post("/sandbox/messages", message),
  edit: (change) => post("/sandbox/edits", change),
  remove: (chat_id, message_id) => post("/sandbox/deletions", { chat_id, message_id }),
  press: (press) => post("/sandbox/presses", press),
  react: (reaction) => post("/sandbox/reactions", reaction),
  addUser: (user) => post("/sandbox/users", user),
  addChat: (chat) => post("/sandbox/chats", chat),
  setOptions: (options) => post("/sandbox/options", options),
  calls: (method) => ask(`/sandbox/calls?method=${method}`),
};

/** Where a file's bytes are. */
export const fileAddress = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`;

/** Stores a file on the server, as an app does before it sends the message: {file_id, …}. */
export function upload(file) {
  const form = new FormData();
  form.append("mime_type", file.type || "application/octet-stream");
  form.append("file", file, file.name);
  return ask("/sandbox/files", { method: "POST", body: form });
}
