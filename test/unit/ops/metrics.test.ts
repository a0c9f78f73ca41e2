import { describe, expect, it } from "vitest";
import type { MaterialVault, RelayJob } from "../../../src/core/vault.ts";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { requestFigures } from "../../../src/ops/request-figures.ts";
import { customization, HOUR, MINUTE, round, START } from "../../fixtures/customization-fixture.ts";

const waitsForDecision = customization({
  id: "AV-2",
  name: "Secret-Name",
  state: "awaiting-decision",
  rounds: [round({ offeredAt: START + HOUR })],
  outbox: [
    { key: "told", at: START, content: { type: "file-refused", material: "m" }, delivered: "1.1" },
    { key: "untold", at: START + 2 * HOUR, content: { type: "file-refused", material: "m" } },
  ],
});

function metrics(problems: readonly string[] = []) {
  return createMetrics({
    version: "1.2.3",
    store: {
      count: async () => [{ kind: "IMAGE", state: "awaiting-decision", count: 1 }],
      list: async () => [customization(), waitsForDecision],
    },
    now: () => START + 3 * HOUR,
    problems: async () => problems,
  });
}

const job: RelayJob = {
  customization: "AV-1",
  role: "photo",
  file: { name: "a.png", id: "F1", format: "png" },
  size: 10,
  open: () => Promise.reject(new Error("nothing to open")),
  onBegin: async () => {},
  onSent: () => {},
  signal: new AbortController().signal,
};

describe("the figures of all requests", () => {
  it("are how long the oldest waits in each state, and what is untold", () => {
    const figures = requestFigures([customization(), waitsForDecision], START + 3 * HOUR);
    const ages = Object.fromEntries(figures.oldest.map(({ state, ageMs }) => [state, ageMs]));
    expect(ages).toMatchObject({ collecting: 3 * HOUR, "awaiting-decision": 2 * HOUR, ready: 0 });
    expect(ages).not.toHaveProperty("done");
    expect(figures).toMatchObject({ undelivered: 1, outboxAgeMs: HOUR });
  });
});

describe("the metrics", () => {
  it("tell requests, calls, transfers, ticks and what runs, and name nobody", async () => {
    const m = metrics();
    m.gatewayCall({ route: "getprogress", code: "110006" });
    m.slackCall({ method: "chat.update", outcome: "rate_limited" });
    m.tick(1_500);
    const stored = { location: { bucket: "b", region: "r", key: "k", pathPrefix: "p" }, size: 10, crc64: "1" };
    const vault: MaterialVault = {
      async relay(asked) {
        for (const sent of [4, 10]) asked.onSent(sent);
        return stored;
      },
    };
    expect(await m.countTransfers(vault).relay(job)).toBe(stored);
    const failing: MaterialVault = { relay: () => Promise.reject(new Error("COS is away")) };
    await expect(m.countTransfers(failing).relay(job)).rejects.toThrow("COS is away");

    const { text } = await m.render();
    for (const line of [
      `avatar_bot_build_info{version="1.2.3",node="${process.version}"} 1`,
      "avatar_bot_ready 1",
      'avatar_bot_requests{kind="IMAGE",state="awaiting-decision"} 1',
      `avatar_bot_oldest_waiting_seconds{state="awaiting-decision"} ${(2 * HOUR) / 1000}`,
      "avatar_bot_outbox_notices 1",
      `avatar_bot_outbox_oldest_seconds ${(60 * MINUTE) / 1000}`,
      'avatar_bot_gateway_calls_total{route="getprogress",code="110006"} 1',
      'avatar_bot_slack_calls_total{method="chat.update",outcome="rate_limited"} 1',
      "avatar_bot_ticks_total 1",
      "avatar_bot_tick_lateness_seconds 1.5",
      'avatar_bot_transfers_total{outcome="stored"} 1',
      'avatar_bot_transfers_total{outcome="failed"} 1',
      "avatar_bot_transfers_active 0",
      "avatar_bot_transfer_bytes_total 10",
    ]) {
      expect(text.split("\n")).toContain(line);
    }
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect(text).toMatch(/^process_resident_memory_bytes /m);
    expect(text).not.toMatch(/AV-\d|U0ALICE|U0BOB|C0STUDIO|Secret-Name|Anchor-1/);
  });

  it("tell that the bot is not ready", async () => {
    expect((await metrics(["slack: away"]).render()).text).toMatch(/^avatar_bot_ready 0$/m);
  });
});
