import { describe, expect, it, vi } from "vitest";
import { botBench } from "./bot-bench.ts";

describe("commands", () => {
  it("of somebody who sends them by script are answered once with a word, and others are answered as ever", async () => {
    const b = await botBench();
    for (let n = 0; n < 40; n += 1) await b.alice.command(b.channel, "/avatar help");
    await b.jobs.idle();
    const told = b.alice.privates().map((message) => message.text ?? "");
    expect(told.filter((text) => text.includes("more at once"))).toHaveLength(1);
    expect(told.length).toBeLessThan(40);
    await b.bob.command(b.channel, "/avatar help");
    await vi.waitFor(() => expect(b.bob.privates()).toHaveLength(1));
  });
});
