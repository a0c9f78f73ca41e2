import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Thread } from "../../sandbox/play.ts";
import { threadOf } from "../../sandbox/play.ts";
import type { World } from "../../sandbox/world.ts";
import { SCHEMA_0_DIR } from "../fixtures/recorded-store.ts";

const MESSAGES = new URL("../recorded/slack/messages-of-schema-0.json", import.meta.url);
const messagesSchema = z.array(z.looseObject({ ts: z.string(), thread_ts: z.string().optional() }));
const documentSchema = z.looseObject({ id: z.string(), place: z.looseObject({ card: z.string() }) });
const postedSchema = z.object({ ok: z.literal(true), ts: z.string() });

/** Whom and what the recorded directory names, as this world calls them. */
function idsIn({ people, channel }: World): Map<string, string> {
  return new Map([
    ["U000000001", people.alice.id],
    ["U000000002", people.bob.id],
    ["C000000006", channel],
  ]);
}

export function dataDirOf(world: World): string {
  return fileURLToPath(world.env.STORE_URL ?? "");
}

/**
 * Gives a world whose bot is stopped the data directory of schema 0, and its Slack the messages that belong to it.
 * @param task  in the gateway; takes the place of the recorded running one's
 * @returns the thread of each request, by id
 */
export async function moveIn(world: World, task: string): Promise<ReadonlyMap<string, Thread>> {
  const dir = dataDirOf(world);
  await rm(dir, { recursive: true });
  await cp(SCHEMA_0_DIR, dir, { recursive: true });
  const names = await readdir(join(dir, "requests"));
  const texts = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(dir, "requests", name), "utf8")] as const)),
  );
  const documents = [...texts.values()].map((text) => documentSchema.parse(JSON.parse(text)));
  const posted = await postMessages(
    world,
    documents.map((document) => document.place.card),
  );
  const running = z.object({ task: z.object({ id: z.string() }) }).parse(JSON.parse(texts.get("AV-13.json") ?? ""));
  const renames = [...idsIn(world), ...posted, [running.task.id, task] as const];
  for (const [name, text] of texts) await writeFile(join(dir, "requests", name), replaced(text, renames));
  return new Map(documents.map(({ id, place }) => [id, threadOf(world, posted.get(place.card) ?? "")]));
}

/** Posts the recorded messages again, as the bot. @returns their new ts by the old one */
async function postMessages(world: World, cards: readonly string[]): Promise<Map<string, string>> {
  const text = replaced(await readFile(MESSAGES, "utf8"), [...idsIn(world)]);
  const messages = messagesSchema.parse(JSON.parse(text, plainConfirm));
  const recorded = new Set(messages.map((message) => message.ts));
  const unrecorded = cards.filter((ts) => !recorded.has(ts)).map((ts) => ({ ts, text: "a card without buttons" }));
  const posted = new Map<string, string>();
  for (const { ts, thread_ts, ...message } of [...unrecorded, ...messages].map((m) => ({
    thread_ts: undefined,
    ...m,
  }))) {
    const root = thread_ts === undefined ? {} : { thread_ts: posted.get(thread_ts) };
    posted.set(ts, await post(world, { ...message, ...root, channel: world.channel }));
  }
  return posted;
}

const confirmSchema = z.looseObject({ text: z.looseObject({ text: z.string() }) });

/** That version's dialogs had mrkdwn, which nobody can post any more. */
function plainConfirm(key: string, value: unknown): unknown {
  if (key !== "confirm") return value;
  // A dialog's own button has the key `confirm` as well.
  const dialog = confirmSchema.safeParse(value).data;
  return dialog ? { ...dialog, text: { type: "plain_text", text: dialog.text.text } } : value;
}

async function post({ slack }: World, message: object): Promise<string> {
  const headers = { authorization: `Bearer ${slack.botToken}`, "content-type": "application/json; charset=utf-8" };
  const answer = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: "POST",
    headers,
    body: JSON.stringify(message),
  });
  return postedSchema.parse(await answer.json()).ts;
}

function replaced(text: string, renames: ReadonlyArray<readonly [string, string]>): string {
  return renames.reduce((result, [old, now]) => result.replaceAll(old, now), text);
}
