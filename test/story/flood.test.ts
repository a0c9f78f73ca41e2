import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { look } from "../../sandbox/look.ts";
import { material } from "../../sandbox/material/files.ts";
import type { Upload } from "../../sandbox/slack/files.ts";
import { collectedBytes } from "./collected-bytes.ts";
import { dataDirOf } from "./recorded-world.ts";
import { ask, cardOf, studio } from "./studio.ts";

const MB = 1024 ** 2;
const MESSAGES = 120;
const ENTRIES = 10;
/** Deliveries that wait for their turn at the end of the flood are held until then. */
const PATIENCE_MS = 60_000;

// The kernel's own figures, which only Linux tells in this form.
describe.runIf(process.platform === "linux")("120 messages of 10 files from another organisation", () => {
  const world = studio({ env: { NODE_OPTIONS: "--inspect=127.0.0.1:0" } });

  it("leave no trace in the record and little in memory, and the next file is taken", async () => {
    const { people, channel, slack } = world();
    const thread = await ask(world(), { name: "Flooded" });
    const stan = slack.person(slack.addUser({ name: "stan", teamId: "T0ELSEWHERE" }));
    slack.invite(channel, stan.id);
    const id = /AV-\d+/.exec(cardOf(thread).text)?.[0] ?? "";
    const flood = async (messages: number): Promise<void> => {
      for (let n = 0; n < messages; n += 1) {
        const files: Upload[] = Array.from({ length: ENTRIES }, (_, i) => ({
          name: `entry-${n}-${i}.mp4`,
          generate: { size: 1000 },
        }));
        await stan.upload(channel, files, { threadTs: thread.ts, text: "look at these ".repeat(200) });
      }
    };
    const letter = async (count: number): Promise<void> => {
      await people.alice.upload(channel, [material.consentLetter], { threadTs: thread.ts });
      await slack.until(() => world().cos.objects().length === count, "the letter in COS", PATIENCE_MS);
    };
    // The first ones load what the others use, and start the threads that look into files.
    await letter(1);
    await flood(10);
    const before = await collectedBytes(world().bot());
    await flood(MESSAGES);
    await letter(2);

    const held = { heap: Number.POSITIVE_INFINITY, resident: Number.POSITIVE_INFINITY };
    for (let until = Date.now() + PATIENCE_MS; held.heap > 3 * MB && Date.now() < until; ) {
      const now = await collectedBytes(world().bot());
      Object.assign(held, { heap: now.heap - before.heap, resident: now.resident - before.resident });
    }
    expect(held.heap).toBeLessThan(3 * MB);
    expect(held.resident).toBeLessThan(30 * MB);
    const record = await readFile(join(dataDirOf(world()), "requests", `${id}.json`), "utf8");
    expect(record.length).toBeLessThan(20 * 1024);
    const told = stan.privates().map((message) => look(message).text);
    expect(told.join()).toMatch(/n.t accepted/);
    expect(told.length).toBeLessThan(MESSAGES);
  });
});
