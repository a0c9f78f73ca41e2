import { z } from "zod";
import { actingElements, type Block } from "./blocks.ts";
import { ChannelChange } from "./channel-changes.ts";
import type { Core } from "./core.ts";
import type { Where } from "./person.ts";

const Value = z.union([z.string(), z.array(z.string())]);
const Channel = z.string();

/** By the ts of its first message, or by words in it. */
const InThread = { threadTs: z.string().optional(), thread: z.string().min(1).optional() };

/** A message by its ts, or the newest one with the button in a thread; or a form. */
const Place = z.strictObject({
  channel: Channel.optional(),
  ts: z.string().optional(),
  thread: z.string().min(1).optional(),
  viewId: z.string().optional(),
});

/** The actions of a person: POST /sandbox/people/<id>/<action> with this JSON. */
export const Asks = {
  command: z.strictObject({ channel: Channel, line: z.string().startsWith("/"), threadTs: z.string().optional() }),
  /** `blockId`: where one label or menu stands several times. */
  click: z.strictObject({ where: Place, label: z.string(), blockId: z.string().optional() }),
  choose: z.strictObject({ where: Place, menu: z.string(), value: Value, blockId: z.string().optional() }),
  /** By default the newest form. */
  submit: z.strictObject({ viewId: z.string().optional(), values: z.record(z.string(), Value).default({}) }),
  fill: z.strictObject({ viewId: z.string(), values: z.record(z.string(), Value) }),
  close: z.strictObject({ viewId: z.string() }),
  post: z.strictObject({ channel: Channel, text: z.string().min(1), ...InThread }),
  shortcut: z.strictObject({ callbackId: z.string(), channel: Channel.optional(), ts: z.string().optional() }),
  home: z.strictObject({}),
  /** What somebody in a channel does to it: archive, rename, … */
  channel: z.strictObject({ channel: Channel, change: ChannelChange }),
  /** A message of another place. */
  forward: z.strictObject({
    from: z.strictObject({ channel: Channel, ts: z.string() }),
    channel: Channel,
    text: z.string().optional(),
    ...InThread,
  }),
  /** By default all files that were staged and not yet sent. */
  upload: z.strictObject({
    channel: Channel,
    files: z.array(z.string()).min(1).optional(),
    text: z.string().optional(),
    ...InThread,
  }),
};

/** @throws with what is missing or wrong, in one line */
export function readAsk<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw new Error(read.error.issues.map((issue) => inWords(issue, body)).join("; "));
}

function inWords(issue: z.core.$ZodIssue, body: unknown): string {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => `"${key}" is not known`).join("; ");
  const path = issue.path.join(".");
  if (path === "") return "the body is not JSON object";
  const given = issue.path.reduce<unknown>((at, key) => (isRecord(at) ? at[String(key)] : undefined), body);
  return given === undefined ? `needs "${path}"` : `"${path}": ${issue.message}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Enough time for the effects of the previous request. */
const PATIENCE_MS = 10_000;

/** The thread's ts, once it exists. */
export async function threadOf(
  core: Core,
  ask: { channel: string; threadTs?: string | undefined; thread?: string | undefined },
): Promise<string | undefined> {
  const { channel, threadTs, thread } = ask;
  if (threadTs !== undefined || thread === undefined) return threadTs;
  const isMeant = ({ text }: { text: string }): boolean => text.includes(thread);
  return soon(core, () => core.workspace.topLevel(channel).findLast(isMeant)?.ts, `a thread about ${thread}`);
}

/** The newest form that this person has open, once there is one. */
export function newestForm(core: Core, userId: string): Promise<string> {
  return soon(core, () => core.views.openFor(userId).at(-1)?.id, "a form");
}

/** Where this person sees a button, once it is there. */
export async function placeOf(core: Core, userId: string, where: z.infer<typeof Place>, label: string): Promise<Where> {
  const { viewId, channel, ts, thread } = where;
  if (viewId !== undefined) return { viewId };
  if (channel === undefined) throw new Error('needs "where.channel" or "where.viewId"');
  if (ts !== undefined) return { channel, ts };
  const root = await threadOf(core, { channel, thread });
  if (root === undefined) throw new Error('needs "where.ts" or "where.thread"');
  const newest = (): string | undefined => {
    const { ephemerals } = core.workspace;
    const privates = ephemerals.filter((m) => m.to === userId && m.channel === channel && m.thread_ts === root);
    const seen = [...core.workspace.thread(channel, root), ...privates].sort((a, b) => Number(a.ts) - Number(b.ts));
    return seen.findLast(({ blocks }) => blocks?.some((block) => hasButton(block, label)))?.ts;
  };
  return { channel, ts: await soon(core, newest, `the button ${label} in the thread about ${thread}`) };
}

function hasButton(block: Block, label: string): boolean {
  return actingElements(block).some((element) => element.type === "button" && element.text.text === label);
}

function soon<T>(core: Core, probe: () => T | undefined, what: string): Promise<T> {
  return core.workspace.changes.until(probe, what, () => "", PATIENCE_MS);
}
