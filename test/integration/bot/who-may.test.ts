import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import type { Standing } from "../../../sandbox/slack/workspace.ts";
import type { ButtonAction } from "../../../src/bot/cards/button.ts";
import { actionIdOf, writeButton } from "../../../src/bot/cards/button.ts";
import { FIELD_ACTION } from "../../../src/bot/cards/form-blocks.ts";
import { en } from "../../../src/bot/words/en.ts";
import type { StandingRefusal } from "../../../src/core/refusal.ts";
import { MATERIAL, wordsOf } from "./bot-bench.ts";
import type { Door, Scene } from "./who-may-bench.ts";
import { actorOf, blockAction, DOORS, MESSAGES, privatesOf, sayNothing, sceneFor } from "./who-may-bench.ts";

/** What the actors are to Slack, and the refusal that each gets at every door. */
type Actor = [name: string, user: { standing?: Standing; teamId?: string }, refusal: StandingRefusal | undefined];

const ACTORS: readonly Actor[] = [
  ["a colleague", {}, undefined],
  ["a colleague of the same Grid", { standing: "grid", teamId: "T0SANDBOX2" }, undefined],
  ["a guest of the channel", { standing: "guest" }, undefined],
  ["a stranger of a shared channel", { teamId: "T0OTHER" }, { type: "other-workspace" }],
  ["another app's bot", { standing: "app" }, { type: "not-a-person", because: "app" }],
  ["somebody deactivated", { standing: "deactivated" }, { type: "not-a-person", because: "deactivated" }],
  ["somebody of whom Slack does not tell", {}, { type: "person-unknown" }],
];

it.each(ACTORS)("%s gets the same answer at every door", async (name, user, refusal) => {
  const isApp = refusal?.type === "not-a-person" && refusal.because === "app";
  const doors = [...DOORS, ...(isApp ? [] : MESSAGES)];
  // Nobody may try all of them at once.
  const scenes = await Promise.all(
    [doors.slice(0, 20), doors.slice(20)].map((some) => tryDoors(some, name, user, refusal)),
  );
  const made = scenes.map(({ b }) => b.studio.confirmed.length + b.studio.made.length);
  expect(Math.max(...made) > 0).toBe(refusal === undefined);
});

async function tryDoors(doors: readonly Door[], name: string, user: Actor[1], refusal: Actor[2]): Promise<Scene> {
  const scene = await sceneFor(user);
  if (refusal?.type === "person-unknown") sayNothing(scene);
  const before = JSON.stringify(await scene.b.store.list());
  for (const [door, go] of doors) {
    const told = new Set(privatesOf(scene).map(({ ts }) => ts));
    const acknowledged = await go(scene);
    await scene.b.jobs.idle();
    const news = privatesOf(scene).filter(({ ts }) => !told.has(ts));
    const said = [acknowledged, ...news.map(wordsOf)].join("\n");
    if (refusal) expect(said, `${name}: ${door}`).toContain(en.refusal(refusal));
    for (const other of STANDING) if (!refusal) expect(said, `${name}: ${door}`).not.toContain(en.refusal(other));
  }
  const after = JSON.stringify(await scene.b.store.list());
  expect(after === before).toBe(refusal !== undefined);
  return scene;
}

it("an app's messages are not answered", async () => {
  const scene = await sceneFor({ standing: "app" });
  for (const [, go] of MESSAGES) await go(scene);
  await scene.b.jobs.idle();
  expect(privatesOf(scene)).toEqual([]);
});

const STANDING: readonly StandingRefusal[] = [
  { type: "other-workspace" },
  { type: "person-unknown" },
  { type: "not-a-person", because: "app" },
  { type: "not-a-person", because: "deactivated" },
  { type: "guest-outside" },
];

const option = (value: string): object => ({ type: "static_select", selected_option: { value } });
const formValues = (approver: string): object => ({
  kind: { [FIELD_ACTION]: option("IMAGE") },
  name: { [FIELD_ACTION]: { type: "plain_text_input", value: "Anchor-9" } },
  sex: { [FIELD_ACTION]: option("FEMALE") },
  approvers: { [FIELD_ACTION]: { type: "multi_users_select", selected_users: [approver] } },
});

it("opens no request for them, and says so in the form", async () => {
  for (const [name, user, refusal] of ACTORS.filter(([, , no]) => no !== undefined)) {
    const scene = await sceneFor(user);
    if (refusal?.type === "person-unknown") sayNothing(scene);
    const meta = { team: scene.b.slack.teamId, channel: scene.b.channel, visibility: "public" };
    const view = { type: "modal", id: "V9", callback_id: "avatar.request", private_metadata: JSON.stringify(meta) };
    const values = formValues(scene.b.bob.id);
    const body = { ...actorOf(scene), type: "view_submission", view: { ...view, state: { values } } };
    expect(await scene.slack.interact(body), name).toContain(
      JSON.stringify(en.refusal(refusal ?? { type: "other-workspace" })).slice(1, -1),
    );
    expect((await scene.b.store.list()).length).toBe(3);
  }
});

it("takes no file of theirs, and answers no app", async () => {
  for (const [name, user, refusal] of ACTORS) {
    const { b, ready, actor } = await sceneFor(user);
    if (refusal?.type === "person-unknown") sayNothing({ b });
    const files = [{ name: "letter.pdf", path: `${MATERIAL}/consent-letter.pdf` }];
    await b.slack.person(actor).upload(b.channel, files, { threadTs: ready.conversation.card ?? "" });
    await b.jobs.idle();
    const taken = (await b.store.get(ready.id))?.materials.filter((m) => m.file.by === actor) ?? [];
    expect(taken.length, name).toBe(refusal ? 0 : 1);
    const isApp = refusal && "because" in refusal && refusal.because === "app";
    const told = b.slack.person(actor).privates().map(wordsOf);
    expect(told.length, name).toBe(refusal && !isApp ? 1 : 0);
    if (refusal && !isApp) expect(told[0], name).toContain(en.refusal(refusal));
  }
});

it("a person who uploads through an app stays a person", async () => {
  const { b, ready, actor } = await sceneFor({});
  const files = [{ name: "letter.pdf", path: `${MATERIAL}/consent-letter.pdf` }];
  const threadTs = ready.conversation.card ?? "";
  await b.slack.person(actor).upload(b.channel, files, { threadTs, viaApp: "B0DRIVE" });
  await b.jobs.idle();
  expect((await b.store.get(ready.id))?.materials.some((m) => m.file.by === actor && !m.refusal)).toBe(true);
});

/** Somebody confirms a demo from elsewhere than its channel, as from the direct message that they were sent. */
it("a guest decides only while they are in the channel of the request", async () => {
  const scene = await sceneFor({ standing: "guest" });
  const { b, actor, awaiting } = scene;
  const lobby = b.slack.addChannel({ name: "lobby", kind: "public", members: [actor] });
  const confirm: ButtonAction = { type: "confirm", id: awaiting.id, round: 1 };
  const fromLobby = {
    ...blockAction(scene, confirm),
    channel: { id: lobby, name: "lobby" },
    container: { type: "message", channel_id: lobby, message_ts: "1.1" },
  };
  b.slack.leave(b.channel, actor);
  await scene.slack.interact(fromLobby);
  await b.jobs.idle();
  expect(privatesOf(scene).map(wordsOf).join()).toContain(en.refusal({ type: "guest-outside" }));
  b.slack.invite(b.channel, actor);
  b.slack.faults.plan("conversations.members", { type: "code", code: "missing_scope" });
  await scene.slack.interact(fromLobby);
  await b.jobs.idle();
  expect(privatesOf(scene).map(wordsOf).join()).toContain(en.refusal({ type: "person-unknown" }));
  expect(b.studio.confirmed).toEqual([]);
  await scene.slack.interact(fromLobby);
  await b.jobs.idle();
  expect(b.studio.confirmed).toHaveLength(1);
});

it("a click that was recorded in a Grid launches, and one of an app's recorded files is no drop", async () => {
  const { b, slack, ready } = await sceneFor({});
  const grid = b.slack.addUser({ name: "grid", standing: "grid", teamId: "T0SECOND" });
  await b.store.replace({ ...ready, requester: grid });
  const recorded = await recordedPayload("block-actions-grid");
  const action: ButtonAction = { type: "launch", id: ready.id, revision: ready.revision };
  const actions = [{ type: "button", block_id: "x", action_id: actionIdOf(action), value: writeButton(action) }];
  const channel = { id: b.channel, name: "studio" };
  const user = { id: grid, team_id: "T0SECOND" };
  await slack.interact({ ...recorded, channel, user, actions });
  await b.jobs.idle();
  expect(b.studio.made).toHaveLength(1);
  const app = b.slack.addUser({ name: "gdrive", standing: "app" });
  const { event, ...envelope } = await recordedPayload("event-file-share-of-another-bot");
  const at = { channel: b.channel, thread_ts: ready.conversation.card, user: app };
  await slack.event({ ...envelope, event: { ...event, ...at } });
  await b.jobs.idle();
  expect((await b.store.get(ready.id))?.materials.filter((m) => m.file.by === app)).toEqual([]);
});

async function recordedPayload(name: string): Promise<{ readonly event?: object }> {
  return JSON.parse(await readFile(new URL(`../../recorded/slack/${name}.json`, import.meta.url), "utf8"));
}
