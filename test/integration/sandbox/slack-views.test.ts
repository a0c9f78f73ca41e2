import type { App } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "../../../sandbox/slack/person.ts";
import { type SandboxSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { startSocketApp } from "./slack-bolt-app.ts";
import { callForm } from "./slack-call.ts";

let slack: SandboxSlack;
let app: App;
let stop: () => Promise<void>;
let alice: Person;
const clock = { ahead: 0 };
const call = (method: string, args: Record<string, unknown>) => callForm(slack, method, args);

beforeEach(async () => {
  clock.ahead = 0;
  slack = await startSlack({ now: () => Date.now() + clock.ahead });
  alice = slack.person(slack.addUser({ name: "alice" }));
  ({ app, stop } = await startSocketApp(slack));
});
afterEach(async () => {
  await stop();
  await slack.close();
});

const plain = (text: string) => ({ type: "plain_text", text });
const input = (id: string, element: object, more = {}) => ({
  type: "input",
  block_id: id,
  label: plain(`The ${id}`),
  element: { action_id: id, ...element },
  ...more,
});
const modal = (more = {}) => ({
  type: "modal",
  title: plain("Form"),
  submit: plain("Send"),
  blocks: [input("name", { type: "plain_text_input" })],
  ...more,
});

async function trigger(): Promise<string> {
  const ids: string[] = [];
  app.shortcut({ callback_id: "any", type: "shortcut" }, async ({ ack, body }) => {
    await ack();
    ids.push(body.trigger_id);
  });
  await alice.globalShortcut("any");
  return slack.until(() => ids.at(-1), "the shortcut");
}

async function openModal(view: object) {
  expect(await call("views.open", { trigger_id: await trigger(), view })).toMatchObject({ ok: true });
  const opened = alice.openViews().at(-1);
  if (!opened) throw new Error("no view");
  return opened;
}

describe("triggers", () => {
  it("are used once, within three seconds", async () => {
    const id = await trigger();
    expect(await call("views.open", { trigger_id: "1.2.abc", view: modal() })).toMatchObject({
      error: "invalid_trigger_id",
    });
    expect(await call("views.open", { trigger_id: id, view: modal() })).toMatchObject({ ok: true });
    expect(await call("views.open", { trigger_id: id, view: modal() })).toMatchObject({
      error: "exchanged_trigger_id",
    });
    const late = await trigger();
    clock.ahead = 3001;
    expect(await call("views.open", { trigger_id: late, view: modal() })).toMatchObject({
      error: "expired_trigger_id",
    });
  });
});

describe("modals", () => {
  it.each<[string, object, string]>([
    [
      "a title of 25",
      { title: plain("x".repeat(25)) },
      "less than 25 characters (view) [json-pointer:/view/title/text]",
    ],
    ["a submit of 25", { submit: plain("x".repeat(25)) }, "/view/submit/text"],
    ["a close of 25", { close: plain("x".repeat(25)) }, "/view/close/text"],
    ["metadata of 3001", { private_metadata: "x".repeat(3001) }, "/view/private_metadata"],
    ["a callback_id of 256", { callback_id: "x".repeat(256) }, "/view/callback_id"],
    ["101 blocks", { blocks: Array.from({ length: 101 }, () => ({ type: "divider" })) }, "no more than 100"],
    ["inputs without submit", { submit: undefined }, "`submit` is required"],
    ["an unknown property", { colour: "red" }, "additional property: colour"],
  ])("refuse %s", async (_, more, message) => {
    const refused = await call("views.open", { trigger_id: "any", view: modal(more) });
    expect(refused.error).toBe("invalid_arguments");
    expect(refused.response_metadata?.messages?.join()).toContain(message);
  });

  it("are updated by id and hash, keep what was typed, and are gone when closed", async () => {
    const view = await openModal(modal({ notify_on_close: true, callback_id: "c" }));
    await alice.fill(view.id, { "The name": "Mia" });
    const kept = { view_id: view.id, hash: view.hash, view: modal({ notify_on_close: true, title: plain("Form 2") }) };
    expect(await call("views.update", kept)).toMatchObject({ ok: true });
    expect(await call("views.update", kept)).toMatchObject({ error: "hash_conflict" });
    expect(alice.openViews()[0]).toMatchObject({
      title: { text: "Form 2" },
      state: { values: { name: { name: { type: "plain_text_input", value: "Mia" } } } },
    });
    const closed: string[] = [];
    app.view({ callback_id: "c", type: "view_closed" }, async ({ ack, view: v }) => {
      await ack();
      closed.push(v.id);
    });
    await call("views.update", { view_id: view.id, view: modal({ notify_on_close: true, callback_id: "c" }) });
    await alice.closeView(view.id);
    await slack.until(() => closed.length === 1, "view_closed");
    expect(await call("views.update", { view_id: view.id, view: modal() })).toMatchObject({ error: "not_found" });
  });

  it("do what the acknowledgement says: errors, update, push, clear", async () => {
    const replies = [
      { response_action: "errors" as const, errors: { name: "taken" } },
      { response_action: "update" as const, view: modal({ title: plain("Again"), callback_id: "f" }) },
      { response_action: "push" as const, view: modal({ title: plain("Above"), callback_id: "f" }) },
      { response_action: "clear" as const },
    ];
    const roots: string[] = [];
    app.view("f", async ({ ack, view }) => {
      roots.push(view.root_view_id ?? "");
      await ack(JSON.parse(JSON.stringify(replies.shift())));
    });
    const view = await openModal(modal({ callback_id: "f" }));
    const values = { "The name": "Mia" };
    expect(await alice.submit(view.id, values)).toEqual({ errors: { "The name": "taken" }, closed: false });
    expect(await alice.submit(view.id)).toEqual({ closed: false });
    expect(alice.openViews().map((v) => v.title?.text)).toEqual(["Again"]);
    expect(await alice.submit(view.id)).toEqual({ closed: false });
    expect(alice.openViews().map((v) => v.title?.text)).toEqual(["Again", "Above"]);
    expect(await alice.submit(alice.openViews()[1]?.id ?? "", values)).toEqual({ closed: true });
    expect(alice.openViews()).toEqual([]);
    expect(new Set(roots)).toEqual(new Set([view.id]));
  });

  it("refuse what Slack's client refuses", async () => {
    app.view("f", async ({ ack }) => ack({ response_action: "errors", errors: { nowhere: "x" } }));
    const bob = slack.addUser({ name: "bob" });
    const secret = slack.addChannel({ name: "secret", kind: "private", members: [bob] });
    const blocks = [
      input("name", { type: "plain_text_input", min_length: 2, max_length: 5 }),
      input("people", { type: "multi_users_select", max_selected_items: 1 }, { optional: true }),
      input("place", { type: "conversations_select", default_to_current_conversation: true }, { optional: true }),
      input("boxes", { type: "checkboxes", options: [{ text: plain("A"), value: "a" }] }, { optional: true }),
    ];
    const view = await openModal(modal({ blocks, callback_id: "f" }));
    const refused: [Record<string, string | string[]>, string][] = [
      [{}, '"The name" is required'],
      [{ "The name": "x" }, "at least 2"],
      [{ "The name": "xxxxxx" }, "at most 5"],
      [{ "The people": [alice.id, bob] }, "at most 1"],
      [{ "The people": ["U404"] }, "no user U404"],
      [{ "The place": secret }, "sees no conversation"],
      [{ "The boxes": ["b"] }, 'no option "b"'],
      [{ "The shoe size": "1" }, 'no input "The shoe size"'],
      [{ "The name": "Mia" }, "not an input of this form"],
    ];
    for (const [values, message] of refused) await expect(alice.submit(view.id, values)).rejects.toThrow(message);
  });

  it("tell the app at once about inputs that dispatch", async () => {
    const seen: unknown[] = [];
    app.action("kind", async ({ ack, body }) => {
      await ack();
      seen.push(body);
    });
    const options = ["a", "b"].map((value) => ({ text: plain(value.toUpperCase()), value }));
    const blocks = [input("kind", { type: "static_select", options }, { dispatch_action: true })];
    const view = await openModal(modal({ blocks }));
    await alice.fill(view.id, { "The kind": "B" });
    await slack.until(() => seen.length === 1, "block_actions");
    expect(seen[0]).toMatchObject({
      container: { type: "view", view_id: view.id },
      view: { id: view.id, state: { values: { kind: { kind: { selected_option: { value: "b" } } } } } },
      actions: [{ action_id: "kind", block_id: "kind", type: "static_select", selected_option: { value: "b" } }],
    });
    expect(seen[0]).not.toHaveProperty("response_url");
  });

  it("stack three deep, and push only from inside", async () => {
    const triggers: string[] = [];
    app.action("deeper", async ({ ack, body }) => {
      await ack();
      if ("trigger_id" in body) triggers.push(String(body.trigger_id));
    });
    const row = { type: "actions", elements: [{ type: "button", action_id: "deeper", text: plain("Deeper") }] };
    const view = modal({ blocks: [row] });
    expect(await call("views.push", { trigger_id: await trigger(), view })).toMatchObject({
      error: "invalid_trigger_id",
    });
    await openModal(view);
    for (const result of [{ ok: true }, { ok: true }, { error: "push_limit_reached" }]) {
      const { id: viewId } = alice.openViews().at(-1) ?? { id: "" };
      const before = triggers.length;
      await alice.click({ viewId }, "Deeper");
      const trigger_id = await slack.until(() => triggers[before], "the trigger");
      expect(await call("views.push", { trigger_id, view })).toMatchObject(result);
    }
  });
});

describe("App Home", () => {
  it("is opened, published with a hash, and clicked", async () => {
    app.event("app_home_opened", async ({ event, client }) => {
      const row = { type: "actions", elements: [{ type: "button", action_id: "new", text: plain("New request") }] };
      const view = JSON.parse(JSON.stringify({ type: "home", blocks: [row] }));
      if (event.tab === "home") await client.views.publish({ user_id: event.user, view });
    });
    const clicked: unknown[] = [];
    app.action("new", async ({ ack, body }) => {
      await ack();
      clicked.push(body);
    });
    await alice.openHome();
    const home = await slack.until(() => alice.home(), "the Home tab");
    await alice.click({ viewId: home.id }, "New request");
    await slack.until(() => clicked.length === 1, "the click");
    expect(clicked[0]).toMatchObject({ view: { type: "home", id: home.id }, container: { type: "view" } });
    const view = { type: "home", blocks: [] };
    expect(await call("views.publish", { user_id: alice.id, hash: "old", view })).toMatchObject({
      error: "hash_conflict",
    });
    expect(await call("views.publish", { user_id: alice.id, view: modal() })).toMatchObject({
      error: "invalid_arguments",
    });
    const heavy = Array.from({ length: 90 }, () => ({ type: "section", text: plain("x".repeat(3000)) }));
    expect(await call("views.publish", { user_id: alice.id, view: { type: "home", blocks: heavy } })).toMatchObject({
      error: "view_too_large",
    });
    const tabs: unknown[] = [];
    app.event("app_home_opened", async ({ event }) => void tabs.push([event.tab, event.view?.type]));
    await alice.openHome("messages");
    await alice.openHome();
    await slack.until(() => tabs.length === 2, "both tabs");
    expect(tabs).toEqual([
      ["messages", undefined],
      ["home", "home"],
    ]);
  });
});
