import { expect, it } from "vitest";
import { FIELD_ACTION } from "../../../src/bot/cards/form-blocks.ts";
import { en } from "../../../src/bot/words/en.ts";
import type { Refusal } from "../../../src/core/refusal.ts";
import { launch } from "../../../src/flow/launch.ts";
import { MATERIAL, wordsOf } from "./bot-bench.ts";
import type { Scene } from "./who-may-bench.ts";
import { actorOf, privatesOf, sceneFor } from "./who-may-bench.ts";

/** Sends a form that the actor has had open since before their right ended. */
async function submit(scene: Scene, callback: string, meta: object, values: object = {}): Promise<string> {
  const view = { type: "modal", id: `V-${callback}`, callback_id: callback, private_metadata: JSON.stringify(meta) };
  const body = { ...actorOf(scene), type: "view_submission", view: { ...view, state: { values } } };
  const answer = await scene.slack.interact(body);
  await scene.b.jobs.idle();
  return [answer, ...privatesOf(scene).map(wordsOf)].join("\n");
}

const reason = { reason: { [FIELD_ACTION]: { type: "plain_text_input", value: "too dark" } } };
const said = (refusal: Refusal): string => en.refusal(refusal);

it("a reject form of an approver who was replaced meanwhile decides nothing", async () => {
  const scene = await sceneFor({});
  const { b, awaiting, actor } = scene;
  await b.store.replace({ ...awaiting, approvers: [b.bob.id] });
  const answer = await submit(scene, "avatar.reject", { id: awaiting.id, round: 1 }, reason);
  expect(answer).toContain(
    said({ type: "may-not-decide", may: [b.bob.id], isRequester: awaiting.requester === actor }),
  );
  expect(b.studio.confirmed).toEqual([]);
});

it("a reject form of somebody who was deactivated, or made a guest elsewhere, meanwhile decides nothing", async () => {
  for (const standing of ["deactivated", "guest"] as const) {
    const scene = await sceneFor({ standing });
    scene.b.slack.leave(scene.b.channel, scene.actor);
    const answer = await submit(scene, "avatar.reject", { id: scene.awaiting.id, round: 1 }, reason);
    const refusal: Refusal =
      standing === "guest" ? { type: "guest-outside" } : { type: "not-a-person", because: "deactivated" };
    expect(answer).toContain(said(refusal));
    expect(scene.b.studio.confirmed).toEqual([]);
  }
});

it("a launch form of a requester whom LAUNCHERS no longer names launches nothing", async () => {
  const scene = await sceneFor({});
  const { b, ready, actor } = scene;
  const policy = { ...b.ports.settings.policy, launchers: [b.bob.id] };
  const settings = { ...b.ports.settings, policy };
  const refused = await launch(
    { ...b.ports, settings },
    { id: ready.id, revision: ready.revision, who: { id: actor, team: b.slack.teamId } },
  );
  expect(refused).toMatchObject({ type: "may-not-launch", may: [b.bob.id] });
  await b.store.replace({ ...ready, requester: b.alice.id, approvers: [] });
  const answer = await submit(scene, "avatar.launch-anyway", { id: ready.id, revision: ready.revision });
  expect(answer).toContain(said({ type: "may-not-launch", may: [b.alice.id] }));
  expect(b.studio.made).toEqual([]);
});

it("a TaskId form of somebody whom the request no longer concerns is not taken", async () => {
  const scene = await sceneFor({});
  const { b, ready } = scene;
  await b.store.replace({ ...ready, requester: b.alice.id, approvers: [b.bob.id], state: "launch-unknown" });
  const taskId = { taskId: { [FIELD_ACTION]: { type: "plain_text_input", value: "task-9" } } };
  expect(await submit(scene, "avatar.task-id", { id: ready.id }, taskId)).toContain("You cannot say how this launch");
  expect((await b.store.get(ready.id))?.state).toBe("launch-unknown");
});

it("an Add form of somebody who has left the private channel of the request adds nothing", async () => {
  const scene = await sceneFor({});
  const { b, ready, actor } = scene;
  const secret = b.slack.addChannel({ name: "secret", kind: "private", members: [b.alice.id] });
  await b.store.replace({
    ...ready,
    requester: b.alice.id,
    approvers: [b.bob.id],
    conversation: { ...ready.conversation, channel: secret, visibility: "private" },
  });
  const files = [{ name: "letter.pdf", path: `${MATERIAL}/consent-letter.pdf` }];
  const { ts } = await b.slack.person(actor).upload(b.channel, files);
  const request = { request: { [FIELD_ACTION]: { type: "static_select", selected_option: { value: ready.id } } } };
  const answer = await submit(scene, "avatar.attach", { channel: b.channel, ts }, request);
  expect(answer).toContain(said({ type: "not-found", id: ready.id }));
  expect((await b.store.get(ready.id))?.materials).toHaveLength(ready.materials.length);
});

it("a message of a subtype that nobody knows adds nothing, and its sender is told", async () => {
  const { b, slack, ready, actor } = await sceneFor({});
  const { ts, fileIds } = await b.slack
    .person(actor)
    .upload(b.channel, [{ name: "letter.pdf", path: `${MATERIAL}/consent-letter.pdf` }]);
  await b.jobs.idle();
  const event = {
    type: "message",
    subtype: "huddle_note",
    ts: `${ts}1`,
    user: actor,
    channel: b.channel,
    thread_ts: ready.conversation.card,
    text: "",
    files: fileIds.map((id) => ({ id, name: "letter.pdf" })),
  };
  for (const event_id of ["Ev1", "Ev1"]) await slack.event({ event_id, type: "event_callback", event });
  await b.jobs.idle();
  const told = privatesOf({ b, actor }).filter((m) =>
    wordsOf(m).includes(said({ type: "message-unknown", subtype: "huddle_note" })),
  );
  expect(told).toHaveLength(1);
  expect((await b.store.get(ready.id))?.materials).toHaveLength(ready.materials.length);
});
