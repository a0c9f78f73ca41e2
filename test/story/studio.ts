import { afterAll, beforeAll } from "vitest";
import type { Seen } from "../../sandbox/look.ts";
import { look } from "../../sandbox/look.ts";
import { material } from "../../sandbox/material/files.ts";
import type { Thread } from "../../sandbox/play.ts";
import { pressWhenShown, threadOf } from "../../sandbox/play.ts";
import type { DroppedFile } from "../../sandbox/scripts.ts";
import type { EphemeralMessage } from "../../sandbox/slack/workspace.ts";
import type { World, WorldOptions } from "../../sandbox/world.ts";
import { startWorld } from "../../sandbox/world.ts";

/** Settings with which inspections are looked at each second. */
export const QUICK = { POLL_MIN_SECONDS: "0.1", POLL_MAX_SECONDS: "0.5" };

/** The vendor is as fast as the bot looks: a story is about what happens, not about how long it takes. */
const QUICK_VENDOR = { stageMs: 100, inspectionStates: 1 };

/** A world with a running bot for the tests of one file. */
export function studio(options: WorldOptions = {}): () => World {
  const state: { world?: World } = {};
  beforeAll(async () => {
    state.world = await startWorld({ ...options, gateway: { ...QUICK_VENDOR, ...options.gateway } });
    await state.world.startBot();
  });
  afterAll(async () => {
    await state.world?.close();
  });
  return () => {
    if (!state.world) throw new Error("the world has not started");
    return state.world;
  };
}

export interface Asked {
  readonly name: string;
  readonly kind?: string;
  readonly approvers?: readonly string[];
  /** Further fields of the form, by label. */
  readonly more?: Readonly<Record<string, string>>;
}

/** alice asks for something through the form. */
export async function ask(world: World, asked: Asked): Promise<Thread> {
  const { slack, channel, people } = world;
  const { alice, bob } = people;
  await alice.command(channel, "/avatar new");
  const view = await slack.until(() => alice.openViews().at(-1), "the form");
  const answer = await alice.submit(view.id, {
    Kind: asked.kind ?? "IMAGE",
    Name: asked.name,
    Sex: "MALE",
    Approvers: [...(asked.approvers ?? [bob.id])],
    ...asked.more,
  });
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  const card = await slack.until(
    () => slack.messages(channel).find((m) => look(m).text.includes(asked.name)),
    `the card of ${asked.name}`,
  );
  return threadOf(world, card.ts);
}

export async function askReady(world: World, asked: Asked): Promise<Thread> {
  const thread = await ask(world, asked);
  await world.people.alice.upload(world.channel, [material.consentLetter, material.footage1080p], {
    threadTs: thread.ts,
  });
  await thread.until((seen) => seen.buttons.includes("Launch"), "Launch");
  return thread;
}

export async function askForDecision(world: World, asked: Asked): Promise<Thread> {
  const thread = await askReady(world, asked);
  await pressWhenShown(thread, world.people.alice, "Launch");
  await thread.until((seen) => seen.buttons.includes("Confirm"), "Confirm");
  return thread;
}

/** The ts of the message in a thread that shows a button now. */
export function withButton(thread: Thread, label: string): string {
  const seen = thread
    .sights()
    .reverse()
    .find((sight) => sight.buttons.includes(label));
  if (!seen) throw new Error(`nothing in the thread has the button ${label}`);
  return seen.message.ts;
}

/** Waits for the next private message to somebody after `before`. */
export function nextPrivate(world: World, who: keyof World["people"], before: number): Promise<EphemeralMessage> {
  return world.slack.until(() => world.people[who].privates()[before], `a private answer to ${who}`);
}

export function callsOf(world: World, operation: string): number {
  return world.gateway.calls.filter((call) => call.operation === operation).length;
}

/** The whole thread ends with asset keys. */
export async function untilKeys(thread: Thread): Promise<void> {
  await thread.until((seen) => /VirtualmanKey|TimbreKey/.test(seen.text), "the asset keys");
}

/** Drops a file into a thread and waits for the private answer that refuses it. */
export async function dropRefused(thread: Thread, who: keyof World["people"], file: DroppedFile): Promise<string> {
  const { world } = thread;
  const before = world.people[who].privates().length;
  await world.people[who].upload(world.channel, [file], { threadTs: thread.ts });
  return look(await nextPrivate(world, who, before)).text;
}

/** The card of a thread as it stands now. */
export function cardOf(thread: Thread): Seen {
  const [card] = thread.sights();
  if (!card) throw new Error("the thread has no card");
  return card;
}

/** Whether a card shows a file as taken. */
export function isTaken({ text }: Pick<Seen, "text">, name = ""): boolean {
  return text.split("\n").some((line) => /:(?:white_check_mark|warning): \*/.test(line) && line.includes(`* ${name}`));
}

/** What `/avatar history` tells somebody. */
export async function historyOf(thread: Thread, who: keyof World["people"]): Promise<string> {
  const { world } = thread;
  const before = world.people[who].privates().length;
  await world.people[who].command(world.channel, `/avatar history ${/AV-\d+/.exec(cardOf(thread).text)?.[0]}`);
  return look(await nextPrivate(world, who, before)).text;
}

/** The payloads of an operation's calls, oldest first. */
export function payloadsOf(world: World, operation: string): unknown[] {
  return world.gateway.calls.filter((call) => call.operation === operation).map((call) => call.payload);
}
