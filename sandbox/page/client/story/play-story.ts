import type { SlackMessage } from "../../../slack/messages.ts";
import type { PageChannel, PagePerson, PageState, PageTask } from "../../contract.ts";
import { titleOf } from "../guide.ts";
import { guidedKind } from "../guide-samples.ts";
import { nameOf, type Page } from "../page-context.ts";
import { stageSample, turnKnob } from "../server-link.ts";
import type { StoryHand } from "./story-hand.ts";
import { buttonIn, dialogButton, field, inDialog, one, playableIn } from "./story-sights.ts";

export interface Stage {
  readonly hand: StoryHand;
  /** As it is now. */
  readonly page: () => Page;
  /** Tells what happens, in one sentence. */
  readonly say: (caption: string) => void;
}

interface Cast {
  readonly requester: PagePerson;
  readonly approver: PagePerson;
  readonly channel: PageChannel;
  /** Of the avatar: one that no request has. */
  readonly name: string;
}

const KIND = "IMAGE";
const THREAD = ".thread-pane";
/** How often a stage ends, so that the story takes twenty seconds. */
const STAGE_MS = 800;
const FILM_MS = 2_600;

/** Plays a request from the form to the avatar's key on the page, and ends with the demo. @throws naming what did not come */
export async function playStory(stage: Stage): Promise<void> {
  const cast = castOf(stage.page().state);
  const card = await ask(stage, cast);
  await drop(stage, cast, card);
  await launch(stage, cast, card);
  await watch(stage, cast);
  await decide(stage, cast, card);
}

function castOf(state: PageState): Cast {
  const [requester, approver] = (["requester", "approver"] as const).map((part) =>
    state.people.find((person) => person.part === part),
  );
  const channel = state.channels.find(
    ({ kind, isArchived, members }) =>
      kind === "public" &&
      !isArchived &&
      [state.botUserId, requester?.id ?? "", approver?.id ?? ""].every((id) => members.includes(id)),
  );
  if (!requester || !approver || !channel) throw new Error("a channel with requester, approver and bot");
  const taken = state.channels.flatMap(({ messages }) => messages.flatMap((message) => titleOf(message) ?? []));
  const names = ["Mei-studio", ...Array.from({ length: 500 }, (_, n) => `Mei-studio-${n + 2}`)];
  const name = names.find((free) => !taken.some((title) => title.endsWith(` ${free}`))) ?? "Mei";
  return { requester, approver, channel, name };
}

/** @returns the card's ts */
async function ask({ hand, page, say }: Stage, cast: Cast): Promise<string> {
  const { requester, approver, channel, name } = cast;
  const [asker, decider] = [requester, approver].map(({ id }) => nameOf(page().state, id));
  say(`${asker} asks for an avatar`);
  page().go({ as: asker, place: channel.id, thread: undefined, at: undefined });
  const box = () => one<HTMLTextAreaElement>(".channel-pane .composer textarea");
  await hand.rest(300);
  await hand.type(box, "/avatar new", "the message box");
  await hand.enter(box, "the message box");
  say("A form asks what is wanted, and who decides");
  const kind = () => field<HTMLSelectElement>("Kind");
  await hand.until(kind, "the form");
  if (kind()?.value !== KIND) await hand.choose(kind, KIND, "the kinds");
  await hand.type(() => field<HTMLInputElement>("Name"), name, "the name");
  await hand.choose(() => field<HTMLSelectElement>("Sex"), "FEMALE", "the sexes");
  if (!inDialog<HTMLElement>(".token")?.textContent?.includes(decider ?? "")) {
    await hand.click(() => field("Approvers"), "the approvers");
    await hand.pick(() => inDialog(`[role=option][id$="-${approver.id}"]`), "the approver");
  }
  await hand.click(() => inDialog(".dialog-foot [type=submit]"), "the form's button");
  await hand.until(() => !inDialog("form"), "the end of the form");
  return hand.until(() => cardOf(page().state, cast), "the card");
}

async function drop({ hand, page, say }: Stage, { channel }: Cast, card: string): Promise<void> {
  say("The material goes into the card's thread, and on to COS");
  await hand.click(() => one(`.channel-pane [data-ts="${card}"] .thread-link`), "the card's thread");
  const message = messageOf(page().state, channel, card);
  for (const [file, caption] of guidedKind(JSON.stringify(message?.blocks)).samples) {
    await hand.carry(file, () => one(`${THREAD} .composer`), "the thread");
    const id = await stageSample(file);
    await page().act("upload", { channel: channel.id, threadTs: card, files: [id], text: caption });
  }
}

async function launch({ hand, say }: Stage, _: Cast, card: string): Promise<void> {
  say("Nothing is missing: Launch says what it spends, and asks first");
  await hand.click(() => buttonIn(`${THREAD} [data-ts="${card}"]`, "Launch"), "Launch");
  await hand.rest(700);
  await hand.click(() => dialogButton("Launch"), "the dialog's Launch");
}

/** Until the demo is there; at Tencent this takes hours or days. */
async function watch(stage: Stage, cast: Cast): Promise<void> {
  stage.say("In production: hours or days at Tencent, seconds here");
  await pushOn(stage, cast, () => buttonIn(THREAD, "Confirm"), "the demo");
}

async function decide(stage: Stage, cast: Cast, card: string): Promise<void> {
  const { hand, page, say } = stage;
  const name = nameOf(page().state, cast.approver.id);
  say(`${name} decides: nobody approves their own request`);
  const face = one(`.face[aria-label^="Act as ${name},"]`);
  if (face && face.getClientRects().length > 0) await hand.click(() => face, "the approver");
  else page().go({ as: name });
  await hand.click(() => buttonIn(THREAD, "Open the demo"), "Open the demo");
  say("The demo plays right here");
  const demo = () => playableIn(THREAD);
  await hand.click(demo, "the demo's link");
  await hand.until(() => inDialog("video, audio"), "the player");
  await hand.rest(FILM_MS);
  await hand.click(() => inDialog(".dialog-head .icon-button"), "the player's end");
  say("A demo that is right is confirmed");
  await hand.click(() => buttonIn(THREAD, "Confirm"), "Confirm");
  await hand.rest(500);
  await hand.click(() => dialogButton("Confirm"), "the dialog's Confirm");
  await pushOn(stage, cast, () => taskOf(page().state, cast)?.status === "SUCCESS", "the end");
  await hand.until(() => !buttonIn(`${THREAD} [data-ts="${card}"]`, "Stop following"), "the end on the card");
  say(`${cast.name} is done: its key is on the card`);
  await hand.point(() => one(`${THREAD} [data-ts="${card}"]`), "the card");
  await hand.rest(1_200);
  await hand.click(demo, "the demo's link");
}

/** Ends stage after stage until something is there. */
async function pushOn({ hand, page }: Stage, cast: Cast, look: () => unknown, what: string): Promise<void> {
  await hand.until(() => look() || taskOf(page().state, cast), "the task");
  for (let stages = 0; stages < 60 && !look(); stages += 1) {
    await hand.rest(STAGE_MS);
    const taskId = taskOf(page().state, cast)?.taskId;
    // A stage that waits for a decision does not end.
    if (taskId !== undefined && !look()) await turnKnob("advance", { taskId }).catch(() => undefined);
  }
  await hand.until(look, what);
}

function taskOf({ tasks }: PageState, { name }: Cast): PageTask | undefined {
  return tasks.find(({ anchorName }) => anchorName === name);
}

function cardOf(state: PageState, { channel, name }: Cast): string | undefined {
  const { messages = [] } = state.channels.find(({ id }) => id === channel.id) ?? {};
  return messages.find((message) => titleOf(message)?.endsWith(` ${name}`))?.ts;
}

function messageOf(state: PageState, channel: PageChannel, ts: string): SlackMessage | undefined {
  return state.channels.find(({ id }) => id === channel.id)?.messages.find((message) => message.ts === ts);
}
