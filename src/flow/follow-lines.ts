import type { Customization } from "../core/customization.ts";
import { describeFault, isFault } from "../core/fault.ts";
import type { SpokenLine } from "../core/line-record.ts";
import type { Ports } from "../core/ports.ts";
import { isRefusal } from "../core/refusal.ts";
import {
  applyLineProgress,
  changeLine,
  LINE_LEASE_MS,
  lineDueAt,
  lineOf,
  lookAgain,
  withoutLink,
} from "../core/spoken-line.ts";
import { change } from "./change.ts";
import { showProgress } from "./outbox.ts";
import type { SayPorts } from "./say.ts";
import { orderLine } from "./say.ts";

export type LinePorts = SayPorts & Pick<Ports, "films">;

/** After so many attempts to bring it into Slack the link has to do. */
const MOST_SHOWINGS = 5;

/** Goes on with every line of a request that is due: orders it, asks how far it is, brings it into the thread. */
export async function followLines(ports: LinePorts, c: Customization): Promise<void> {
  const now = ports.clock.now();
  for (const line of c.lines ?? []) {
    if ((lineDueAt(line) ?? Infinity) > now) continue;
    await followLine(ports, c, line);
    const changed = await ports.store.get(c.id);
    if (changed) showProgress(ports, changed);
  }
}

async function followLine(ports: LinePorts, c: Customization, line: SpokenLine): Promise<void> {
  switch (line.state) {
    case "asked":
      return await recoverOrder(ports, c, line);
    case "making":
      return await askProgress(ports, c, line);
    case "made":
      return await showLine(ports, c, line);
    case "shown":
      await change(ports.store, c.id, (now) => withoutLink(now, line.id));
      return;
    case "failed":
    case "unknown":
      return;
  }
}

/** Its process is gone. What was certainly not sent, or costs nothing, is ordered now. */
async function recoverOrder(ports: LinePorts, c: Customization, line: SpokenLine): Promise<void> {
  const taken = await take(ports, c.id, line, (mine) =>
    mine.what === "film" && mine.sent
      ? { state: "unknown", said: "the bot was stopped while it waited for the answer" }
      : { owner: ports.owner, at: ports.clock.now() + LINE_LEASE_MS },
  );
  if (taken) await orderLine(ports, c, line.id);
}

async function askProgress(ports: LinePorts, c: Customization, line: SpokenLine): Promise<void> {
  try {
    const progress = await ports.broadcast.progress(line.task ?? "");
    await whileSame(ports, c.id, line, (now) => applyLineProgress(now, line, progress, ports.clock.now()));
  } catch (error) {
    ports.log.warn("asking how far a line is", { id: c.id, line: line.id, because: describeFault(error) });
    await whileSame(ports, c.id, line, (now) => lookAgain(now, line, ports.clock.now()));
  }
}

/** Uploads it into the thread; where that is not possible the link does, as long as it lives. */
async function showLine(ports: LinePorts, c: Customization, line: SpokenLine): Promise<void> {
  const { id, media, tries } = line;
  const mine = await take(ports, c.id, line, () => ({ at: ports.clock.now() + LINE_LEASE_MS, tries: tries + 1 }));
  if (!mine || media === undefined) return;
  try {
    const isIn = await bringIn(ports, mine, id, media);
    await change(ports.store, c.id, (now) => endOf(now, id, isIn));
  } catch (error) {
    ports.log.warn("bringing a line into the thread", { id: c.id, line: id, because: describeFault(error) });
    const isHopeless = isFault(error, "slack-refused") || tries + 1 >= MOST_SHOWINGS;
    await change(ports.store, c.id, (now) =>
      isHopeless ? endOf(now, id, false) : lookAgain(now, { ...line, tries: tries + 1 }, ports.clock.now()),
    );
  }
}

/** @returns whether it is in the thread now */
async function bringIn(ports: LinePorts, c: Customization, id: string, media: string): Promise<boolean> {
  const { channel, card } = c.conversation;
  const facts = await ports.channels.facts(channel);
  if (!facts) throw new Error("Slack does not tell who is in the channel");
  if (facts.shared || facts.closed || card === undefined) return false;
  const known = lineOf(c, id);
  if (known?.shared && known.file !== undefined && (await ports.films.isShared(known.file, channel))) return true;
  const file = known?.file ?? (await upload(ports, media));
  if (file === undefined) return false;
  await change(ports.store, c.id, (now) => changeLine(now, id, { file, shared: true }));
  await ports.films.share(c, { type: "line" }, [file], { channel, thread: card });
  return true;
}

async function upload({ films }: Pick<LinePorts, "films">, media: string): Promise<string | undefined> {
  const answer = await films.upload(media, AbortSignal.timeout(LINE_LEASE_MS));
  return answer.type === "uploaded" ? answer.file : undefined;
}

function endOf(c: Customization, id: string, isIn: boolean): Customization {
  const shown = changeLine(c, id, { state: "shown" });
  return isIn ? withoutLink(shown, id) : shown;
}

/** Takes a line that nobody has taken since it was read. */
async function take(
  ports: LinePorts,
  id: string,
  line: SpokenLine,
  how: (line: SpokenLine) => Partial<SpokenLine>,
): Promise<Customization | undefined> {
  const mine = { taken: false };
  const c = await change(ports.store, id, (now) => {
    const known = lineOf(now, line.id);
    mine.taken = known?.state === line.state && known.at === line.at;
    return known && mine.taken ? changeLine(now, line.id, how(known)) : now;
  });
  return mine.taken && !isRefusal(c) ? c : undefined;
}

async function whileSame(
  ports: LinePorts,
  id: string,
  line: SpokenLine,
  apply: (c: Customization) => Customization,
): Promise<void> {
  await change(ports.store, id, (now) => {
    const known = lineOf(now, line.id);
    return known?.state === line.state && known.at === line.at ? apply(now) : now;
  });
}
