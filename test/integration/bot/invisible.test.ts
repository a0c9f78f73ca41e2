import { expect, it } from "vitest";
import { botBench, MATERIAL, openByForm } from "./bot-bench.ts";

const RIGHT_TO_LEFT = "\u202E";
const ZERO_WIDTH = "\u200B";

it.each(["socket", "http"] as const)(
  "invisible characters in a form and in a file's name are not kept: %s",
  async (mode) => {
    const b = await botBench({ mode });
    const c = await openByForm(b, { Notes: `for ${RIGHT_TO_LEFT}the sp${ZERO_WIDTH}ring` });
    expect(c.notes).toBe("for the spring");
    const file = { name: `letter${RIGHT_TO_LEFT}fdp.exe.pdf`, path: `${MATERIAL}/consent-letter.pdf` };
    await b.alice.upload(b.channel, [file], { threadTs: c.card });
    const kept = await b.slack.until(async () => (await b.store.get(c.id))?.materials[0], "the file");
    expect(kept?.file.name).toBe("letterfdp.exe.pdf");
    const shown = b.slack.messages(b.channel, c.card).filter(({ user }) => user === b.app.botUserId);
    expect(JSON.stringify(shown)).not.toMatch(/\p{Cf}/u);
  },
);
