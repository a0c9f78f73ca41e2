import { writeSync } from "node:fs";
import { z } from "zod";
import { describeFault } from "../../../src/core/fault.ts";
import type { CustomizationStore } from "../../../src/core/ports.ts";
import { keyedMutex } from "../../../src/flow/keyed-mutex.ts";
import { openLowdbStore } from "../../../src/store/lowdb-store.ts";
import { newCustomization, START } from "../../fixtures/customization-fixture.ts";
import { recordingLog } from "../../twins/recording-log.ts";

/** Another process on a data directory; each line it says is one JSON value. */
const [dir, part] = z.tuple([z.string(), z.enum(["hold", "write", "overfill"])]).parse(process.argv.slice(2));
const store = await openLowdbStore(dir, { mutex: keyedMutex(), log: recordingLog() });
const parts = { hold, write, overfill };
await parts[part](store);

function say(value: unknown): void {
  writeSync(1, `${JSON.stringify(value)}\n`);
}

async function hold(): Promise<void> {
  say({ open: true });
  process.stdin.resume();
}

/** Creates and changes without end, and says what it was told is done. */
async function write(store: CustomizationStore): Promise<void> {
  const change = async (seed: string): Promise<void> => {
    const made = await store.create(newCustomization({ formId: seed, name: seed }));
    if (made.type !== "created") throw new Error(`creating ${seed}: ${made.type}`);
    let c = made.customization;
    say({ id: c.id, version: c.version });
    for (;;) {
      const key = `${c.id} ${c.version}`;
      if (await store.markSeen(key, START)) say({ key });
      const next = await store.replace({ ...c, notes: "n".repeat(c.version % 5000) });
      if (!next) throw new Error(`replacing ${c.id}: a conflict with nobody`);
      c = next;
      say({ id: c.id, version: c.version });
      if (c.version === 20) void change(`${seed}-`);
    }
  };
  const seeds = Array.from({ length: 6 }, (_, i) => `${process.pid}-${i}`);
  await Promise.all(seeds.map(change));
}

/** Writes more than its limit of file sizes allows: like a disk that has room for the first half only. */
async function overfill(store: CustomizationStore): Promise<void> {
  // Without a listener of somebody else's, write-file-atomic ends the process at such a signal.
  process.on("SIGXFSZ", () => undefined);
  const [c] = await store.list();
  if (!c) throw new Error("there is no request");
  const refused = await store.replace({ ...c, notes: "n".repeat(3 * 1024 ** 2) }).then(
    () => undefined,
    (error: unknown) => describeFault(error),
  );
  say({ refused, stillThere: (await store.get(c.id))?.version === c.version });
}
