import type { Standing } from "../../../sandbox/slack/workspace.ts";
import type { ButtonAction } from "../../../src/bot/cards/button.ts";
import { actionIdOf, writeButton } from "../../../src/bot/cards/button.ts";
import { FIELD_ACTION } from "../../../src/bot/cards/form-blocks.ts";
import type { Customization } from "../../../src/core/customization.ts";
import { accepted, asked, newCustomization, round, task } from "../../fixtures/customization-fixture.ts";
import type { BotBench } from "./bot-bench.ts";
import { botBench } from "./bot-bench.ts";
import { placeIn } from "./home-bench.ts";
import type { SignedPayloads } from "./signed-payloads.ts";
import { signedPayloads } from "./signed-payloads.ts";

/** Everything that a door needs: somebody who has every role in the requests that stand ready. */
export interface Scene {
  readonly b: BotBench;
  readonly slack: SignedPayloads;
  readonly actor: string;
  readonly ready: Customization;
  readonly awaiting: Customization;
  readonly voice: Customization;
}

export type Door = [name: string, go: (scene: Scene) => Promise<unknown>];

const click = (name: string, action: (scene: Scene) => ButtonAction): Door => [
  name,
  (scene) => scene.slack.interact(blockAction(scene, action(scene))),
];
const form = (name: string, callback: string, view: (scene: Scene) => { meta: object; values?: object }): Door => [
  name,
  (scene) => {
    const { meta, values = {} } = view(scene);
    const state = { values };
    const submitted = { id: `V-${name}`, callback_id: callback, private_metadata: JSON.stringify(meta), state };
    return scene.slack.interact({ ...actorOf(scene), type: "view_submission", view: { type: "modal", ...submitted } });
  },
];
const typed = (text: string): Door => [
  `/avatar ${text}`,
  ({ slack, b, actor }) =>
    slack.command({
      command: "/avatar",
      text: text.replace("ID", "AV-1").replace("@bob", `<@${b.bob.id}>`).replace("@eve", `<@${b.eve.id}>`),
      team_id: b.slack.teamId,
      channel_id: b.channel,
      user_id: actor,
      trigger_id: "1.2.3",
    }),
];

export const DOORS: readonly Door[] = [
  click("launch", ({ ready: { id, revision } }) => ({ type: "launch", id, revision })),
  click("confirm", ({ awaiting: { id } }) => ({ type: "confirm", id, round: 1 })),
  click("open the reject form", ({ awaiting: { id } }) => ({ type: "reject", id, round: 1 })),
  click("cancel", ({ ready: { id } }) => ({ type: "cancel", id, spent: false })),
  click("launch again", ({ ready: { id } }) => ({ type: "launch-again", id })),
  click("it was created", ({ ready: { id } }) => ({ type: "it-was-created", id })),
  click("use anyway", ({ ready: { id } }) => ({ type: "use-anyway", id, material: asked().id })),
  click("choose role", ({ ready: { id } }) => ({ type: "choose-role", id, material: asked().id, role: "footage" })),
  click("choose text", ({ ready: { id } }) => ({ type: "choose-text", id, text: "t1" })),
  click("open the demo", ({ awaiting: { id } }) => ({ type: "open-demo", id, round: 1 })),
  click("why", ({ ready: { id } }) => ({ type: "why", id })),
  click("another page of the list", () => ({ type: "list-page", scope: "open", page: 0 })),
  click("another page of the history", ({ ready: { id } }) => ({ type: "history-page", id, page: 0 })),
  click("new request", () => ({ type: "new-request" })),
  click("add files by the hint", ({ ready: { id }, b }) => ({ type: "use-for", id, channel: b.channel, ts: "1.1" })),
  form("reject", "avatar.reject", ({ awaiting: { id } }) => ({
    meta: { id, round: 1 },
    values: { reason: { [FIELD_ACTION]: { type: "plain_text_input", value: "too dark" } } },
  })),
  form("launch in spite of the recording", "avatar.launch-anyway", ({ ready: { id, revision } }) => ({
    meta: { id, revision },
  })),
  form("take the TaskId of a lost launch", "avatar.task-id", ({ ready: { id } }) => ({
    meta: { id },
    values: { taskId: { [FIELD_ACTION]: { type: "plain_text_input", value: "task-9" } } },
  })),
  form("add files by the form", "avatar.attach", ({ ready: { id }, b }) => ({
    meta: { channel: b.channel, ts: "1.1" },
    values: { request: { [FIELD_ACTION]: { type: "static_select", selected_option: { value: id } } } },
  })),
  click("replace an approver", ({ ready: { id }, actor, b }) => ({
    type: "replace-approver",
    id,
    gone: actor,
    now: b.eve.id,
  })),
  click("run a command", () => ({ type: "run", line: "status AV-1" })),
  click("another page of the Home", () => ({
    type: "home-page",
    list: "mine",
    pages: { waiting: 0, mine: 1, open: 0 },
  })),
  click("make a photo avatar of this", ({ b }) => ({ type: "make-photo", channel: b.channel, ts: "1.1" })),
  [
    "the global shortcut",
    (scene) => scene.slack.interact({ ...actorOf(scene), type: "shortcut", callback_id: "request_new" }),
  ],
  [
    "the shortcut of a message",
    (scene) =>
      scene.slack.interact({
        ...actorOf(scene),
        type: "message_action",
        callback_id: "request_attach",
        channel: { id: scene.b.channel, name: "studio" },
        message: { ts: "1.1", user: scene.b.alice.id, text: "", files: [{ id: "F1", name: "a.pdf" }] },
      }),
  ],
  [
    "App Home",
    async (scene) => {
      await scene.slack.event(eventOf(scene, { type: "app_home_opened", tab: "home" }));
      await scene.b.jobs.idle();
      return homeIn(scene);
    },
  ],
  typed("status ID"),
  typed("list"),
  typed("history ID"),
  typed("cancel ID"),
  typed("approver ID @bob @eve"),
  typed("text"),
  typed("new"),
  typed("launch ID"),
  typed("help"),
];

/** Doors through which an app is not answered at all: two that answer each other would never stop. */
export const MESSAGES: readonly Door[] = [
  message("a text to compare with", ({ voice }) => ({ text: "text: hello", thread_ts: voice.conversation.card })),
  message("a command in a mention", ({ b }) => ({ text: `<@${b.slack.botUserId}> list` })),
  message("small talk in a mention", ({ b }) => ({ text: `<@${b.slack.botUserId}> hi` })),
];

/** The text of a Home, as it would stand in a message. */
function homeIn({ b, actor }: Scene): string {
  return (b.slack.person(actor).home()?.blocks ?? []).map((block) => JSON.stringify(block)).join("\n");
}

function eventOf(scene: Scene, event: object): object {
  const { b, actor } = scene;
  const id = { event_id: `Ev${Math.random()}`, team_id: b.slack.teamId, type: "event_callback" };
  return { ...id, event: { user: actor, channel: b.channel, event_ts: "1.1", ...event } };
}

function message(name: string, over: (scene: Scene) => object): Door {
  return [
    name,
    (scene) => scene.slack.event(eventOf(scene, { type: "message", ts: `${Date.now()}.${seconds()}`, ...over(scene) })),
  ];
}

function seconds(): string {
  return String(Math.floor(Math.random() * 1e6)).padStart(6, "0");
}

export function actorOf({ b, actor }: Scene): object {
  return { user: { id: actor, team_id: b.slack.teamId }, team: { id: b.slack.teamId }, trigger_id: "1.2.3" };
}

export function blockAction(scene: Scene, action: ButtonAction): object {
  const { b, ready } = scene;
  return {
    ...actorOf(scene),
    type: "block_actions",
    channel: { id: b.channel, name: "studio" },
    container: { type: "message", channel_id: b.channel, message_ts: ready.conversation.card },
    actions: [{ type: "button", block_id: "b", action_id: actionIdOf(action), value: writeButton(action) }],
  };
}

export async function sceneFor(user: { standing?: Standing; teamId?: string }): Promise<Scene> {
  const b = await botBench({ mode: "http", policy: { allowSelfApproval: true } });
  const actor = b.slack.addUser({ name: "actor", ...user });
  b.slack.invite(b.channel, actor);
  const place = async (): Promise<Customization["conversation"]> => placeIn(b, await b.alice.post(b.channel, "a card"));
  const all = { requester: actor, approvers: [actor] };
  const ready = await b.store.create(
    newCustomization({
      ...all,
      conversation: await place(),
      state: "ready",
      materials: [accepted("identity-letter"), accepted("footage", 2), asked(3)],
    }),
  );
  const awaiting = await b.store.create(
    newCustomization({
      ...all,
      formId: "V2",
      name: "Anchor-2",
      conversation: await place(),
      state: "awaiting-decision",
      task: task({ lookedAt: Date.now(), nextLookAt: Date.now() + 3_600_000 }),
      rounds: [round()],
    }),
  );
  if (ready.type !== "created" || awaiting.type !== "created") throw new Error("no requests");
  const voice = await b.store.create(
    newCustomization({ ...all, formId: "V3", name: "Voice-3", kind: "VOICE", conversation: await place() }),
  );
  if (voice.type !== "created") throw new Error("no voice");
  const slack = await signedPayloads(b);
  const [{ customization: ready_ }, { customization: awaiting_ }] = [ready, awaiting];
  return { b, slack, actor, ready: ready_, awaiting: awaiting_, voice: voice.customization };
}

/** Slack does not answer who anybody is. */
export function sayNothing({ b }: Pick<Scene, "b">): void {
  b.slack.faults.plan("users.info", { type: "code", code: "missing_scope" }, 200);
}

export function privatesOf({
  b,
  actor,
}: Pick<Scene, "b" | "actor">): { readonly ts: string; readonly text: string; readonly blocks?: unknown }[] {
  const person = b.slack.person(actor);
  return [...person.privates(), ...person.directMessages()];
}
