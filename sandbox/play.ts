import { look } from "./look.ts";
import { material } from "./material/files.ts";
import type { DroppedFile, PlayableKind, Recording, Script } from "./scripts.ts";
import { SCRIPTS } from "./scripts.ts";
import type { SlackMessage } from "./slack/messages.ts";
import type { Person } from "./slack/person.ts";
import type { World } from "./world.ts";

export interface Played {
  readonly kind: PlayableKind;
  readonly name: string;
  /** The last message of the thread, with the asset keys. */
  readonly end: string;
}

const PATIENCE_MS = 30_000;
const ANYWAY = "Use it anyway";
/** How often to drop a refused file again, since the fault may have passed. */
const DROPS_AGAIN = 4;

/**
 * Plays a request from the form to its asset keys: alice asks and launches, bob decides.
 * @param before  what alice drops before the good recording of a voice
 * @throws on a time-out, with what the thread shows
 */
export async function play(world: World, kind: PlayableKind, before: readonly Recording[] = []): Promise<Played> {
  const { alice, bob } = world.people;
  const script: Script = SCRIPTS[kind];
  const card = await openRequest(world, kind, script);
  const thread = threadOf(world, card);
  if (script.readsTexts)
    await thread.until((seen) => noticeKey(seen) === "texts", `the texts to read for ${script.name}`);
  await dropFiles(thread, kind, before);
  if (script.recording || script.packed)
    await thread.until((seen) => isReport(seen), `the inspection's report for ${script.name}`);
  await pressWhenShown(thread, alice, "Launch");
  await findTaskWhenUnknown(thread, alice, script);
  if (script.hasDecision) await decideOnDemo(thread, bob);
  const end = await thread.until((seen) => isEnd(thread, seen), `the asset keys of ${script.name}`);
  return { kind, name: script.name, end: look(end.message).text };
}

/** The thread's last message; the card has the keys before it. */
function isEnd(thread: Thread, seen: Sight): boolean {
  return seen.message.ts !== thread.ts && /Key\b/.test(seen.text);
}

async function openRequest(world: World, kind: PlayableKind, script: Script): Promise<string> {
  const { slack, channel, people } = world;
  // One at a time: the form that opens must be the one just requested.
  const viewId = await inTurn(world, async () => {
    const before = new Set(people.alice.openViews().map((view) => view.id));
    await people.alice.command(channel, "/avatar new");
    const view = await slack.until(
      () => people.alice.openViews().find((v) => !before.has(v.id)),
      "the form",
      PATIENCE_MS,
    );
    return view.id;
  });
  const values = {
    Kind: kind,
    Name: script.name,
    Sex: script.sex,
    ...script.more,
    ...(script.hasDecision && { Approvers: [people.bob.id], "Demo text": "Hello, I am your new avatar." }),
  };
  const submitted = await people.alice.submit(viewId, values);
  if (submitted.errors) throw new Error(`the app refused the form: ${JSON.stringify(submitted.errors)}`);
  const isCard = (m: SlackMessage): boolean => m.user === slack.botUserId && look(m).text.includes(script.name);
  const card = await slack.until(() => slack.messages(channel).find(isCard), `the card of ${script.name}`, PATIENCE_MS);
  return card.ts;
}

const turns = new WeakMap<World, Promise<unknown>>();

function inTurn<T>(world: World, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(world) ?? Promise.resolve()).then(work);
  turns.set(
    world,
    mine.catch(() => undefined),
  );
  return mine;
}

interface Sight {
  readonly message: SlackMessage;
  readonly text: string;
  readonly buttons: readonly string[];
}

export interface Thread {
  readonly world: World;
  readonly ts: string;
  sights(): Sight[];
  until<T>(
    find: (seen: Sight) => T | undefined | false,
    what: string,
  ): Promise<{ readonly found: T; readonly message: SlackMessage }>;
}

/** A card and its thread. */
export function threadOf(world: World, ts: string): Thread {
  const sights = (): Sight[] =>
    world.slack.messages(world.channel, ts).map((message) => ({ message, ...look(message) }));
  return {
    world,
    ts,
    sights,
    until: (find, what) =>
      world.slack.until(
        () => {
          for (const seen of sights().reverse()) {
            const found = find(seen);
            if (found) return { found, message: seen.message };
          }
          return undefined;
        },
        what,
        PATIENCE_MS,
      ),
  };
}

/** Which of the bot's notices a message is, from its metadata. */
export function noticeKey(seen: Sight): string | undefined {
  const key = seen.message.metadata?.event_payload.key;
  return typeof key === "string" ? key : undefined;
}

/** The table that an inspection ends with. */
export function isReport(seen: Sight): boolean {
  return noticeKey(seen)?.startsWith("check-") ?? false;
}

/**
 * Drops the script's files, answers questions, accepts warnings, and drops files again that were refused for
 * a temporary fault; after a refused recording, the good one.
 */
async function dropFiles(thread: Thread, kind: PlayableKind, before: readonly Recording[]): Promise<void> {
  const { world } = thread;
  const { alice } = world.people;
  const script: Script = SCRIPTS[kind];
  const dropped = script.drops.flatMap(({ files }) => files);
  const recordings = script.recording ? [...before, script.recording] : before.filter(() => script.packed);
  const later = script.packed && recordings.length > 0;
  if (!later) await dropMaterial(thread, script);
  if (recordings[0]) await dropRecording(thread, kind, recordings[0]);
  const state = { told: new Set<string>(), answered: new Set<string>() };
  for (let again = 0; again <= before.length + DROPS_AGAIN; ) {
    const next = await world.slack.until(
      () => nextStep(thread, alice, state),
      `Launch, a question, a warning or a refusal for ${script.name}`,
      PATIENCE_MS,
    );
    if (next.type === "launch") return;
    if (next.type === "answer") {
      state.answered.add(next.ts);
      await alice.click({ channel: world.channel, ts: next.ts }, next.button);
      continue;
    }
    state.told.add(next.ts);
    again++;
    const refused = dropped.find((file) => next.text.includes(file.name));
    const at = recordings.findIndex(({ file }) => next.text.includes(file.name));
    const recording = at < 0 ? undefined : (recordings[at + 1] ?? recordings[at]);
    if (later && at === recordings.length - 1) await dropMaterial(thread, script);
    else if (recording) await dropRecording(thread, kind, recording);
    else if (refused) await dropInto(thread, alice, [refused], `${refused.name.split(/[-.]/)[0]}, once more`);
    else throw new Error(`a file was refused: ${next.text}`);
  }
  throw new Error(`files of ${script.name} were refused again and again`);
}

async function dropMaterial(thread: Thread, { packed, drops }: Script): Promise<void> {
  if (packed) thread.world.gateway.nextEvaluation(packed);
  for (const { files, text } of drops) await dropInto(thread, thread.world.people.alice, files, text);
}

async function dropInto(thread: Thread, who: Person, files: readonly DroppedFile[], text?: string): Promise<void> {
  await who.upload(thread.world.channel, files, { threadTs: thread.ts, ...(text !== undefined && { text }) });
}

/** alice drops it into a request of this kind; the gateway's next inspection of that kind is this recording's. */
export async function dropRecording(thread: Thread, kind: PlayableKind, recording: Recording): Promise<void> {
  const { gateway, people } = thread.world;
  const { file, evaluation, detection } = recording;
  if (kind === "VOICE" && evaluation) gateway.nextEvaluation(evaluation);
  if (kind === "ZERO_SHOT_VOICE" && detection !== undefined) gateway.nextDetection(detection);
  await dropInto(thread, people.alice, [file]);
}

type Step =
  | { readonly type: "launch" }
  | { readonly type: "answer"; readonly ts: string; readonly button: string }
  | { readonly type: "again"; readonly ts: string; readonly text: string };

function nextStep(thread: Thread, alice: Person, state: Record<"told" | "answered", Set<string>>): Step | undefined {
  const sights = thread.sights();
  const warning = sights.find((seen) => seen.buttons.includes(ANYWAY) && !state.answered.has(seen.message.ts));
  if (warning) return { type: "answer", ts: warning.message.ts, button: ANYWAY };
  const question = sights.find((seen) => seen.buttons.includes("Footage") && !state.answered.has(seen.message.ts));
  if (question) {
    const isConsent = question.text.includes(material.consentVideo.name);
    return { type: "answer", ts: question.message.ts, button: isConsent ? "Authorization video" : "Footage" };
  }
  if (sights[0]?.buttons.includes("Launch")) return { type: "launch" };
  const refusals = alice.privates(thread.world.channel).filter((m) => m.thread_ts === thread.ts);
  const reports = sights
    .filter((seen) => isReport(seen) && /^[^*]*\*(?!.* out of ).* did not pass/.test(seen.text))
    .map((s) => s.message);
  const refused = [...refusals, ...reports].find(({ ts }) => !state.told.has(ts));
  return refused && { type: "again", ts: refused.ts, text: look(refused).text };
}

/** Clicks a button as soon as it is shown in the thread. */
export async function pressWhenShown(thread: Thread, who: Person, label: string): Promise<void> {
  const { message } = await thread.until((seen) => seen.buttons.includes(label), `the button ${label}`);
  await who.click({ channel: thread.world.channel, ts: message.ts }, label);
}

/** Where the answer to the launch was lost, alice finds the task in the vendor's console and says so. */
async function findTaskWhenUnknown(thread: Thread, alice: Person, script: Script): Promise<void> {
  const { found } = await thread.until((seen) => {
    if (seen.buttons.includes("It was created…")) return "unknown";
    return (seen.buttons.includes("Confirm") || isEnd(thread, seen)) && "known";
  }, `what became of the launch of ${script.name}`);
  if (found === "known") return;
  const task = thread.world.gateway.tasks().find(({ anchorName }) => anchorName === script.name);
  await sayItWasCreated(thread, alice, task?.taskId ?? "");
}

/** Presses *It was created…* and fills in its form. */
export async function sayItWasCreated(thread: Thread, who: Person, taskId: string): Promise<void> {
  await pressWhenShown(thread, who, "It was created…");
  const form = await thread.world.slack.until(() => who.openViews().at(-1), "the TaskId form", PATIENCE_MS);
  const input = form.blocks.find((block) => block.type === "input");
  await who.submit(form.id, { [input?.label.text ?? ""]: taskId });
}

async function decideOnDemo(thread: Thread, bob: Person): Promise<void> {
  await pressWhenShown(thread, bob, "Open the demo");
  await thread.world.slack.until(
    () => bob.privates(thread.world.channel).some((m) => m.thread_ts === thread.ts && look(m).text.includes("http")),
    "the demo's links, privately",
    PATIENCE_MS,
  );
  await pressWhenShown(thread, bob, "Confirm");
}
