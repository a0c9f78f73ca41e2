import { describe, expect, it } from "vitest";
import { look } from "../../sandbox/look.ts";
import { noticeKey, play, threadOf } from "../../sandbox/play.ts";
import type { PlayableKind } from "../../sandbox/scripts.ts";
import { SCRIPTS } from "../../sandbox/scripts.ts";
import type { World } from "../../sandbox/world.ts";
import { studio } from "./studio.ts";

const KINDS = Object.keys(SCRIPTS) as PlayableKind[];

/** Each event of a request is one message in its thread; nothing is said again in private. */
function expectToldOnce(world: World, name: string): void {
  const { slack, channel, people } = world;
  const card = slack.messages(channel).find((m) => m.user === slack.botUserId && look(m).text.includes(name));
  if (!card) throw new Error(`${name} has no card`);
  const sights = threadOf(world, card.ts).sights();
  const events = sights.flatMap((seen) => noticeKey(seen)?.replace(/-.*/, "") ?? []);
  expect(events, `${name}: ${events}`).toEqual([...new Set(events)]);
  expect(people.alice.privates(channel).filter((m) => m.thread_ts === card.ts)).toEqual([]);
}

describe.each([
  ["socket", "international"],
  ["http", "mainland"],
] as const)("the main job, Slack over %s and the %s gateway", (via, plays) => {
  const world = studio({ via, gateway: { plays } });

  it("goes from files in a thread to asset keys, for the six kinds at once", async () => {
    const { gateway, cos } = world();
    const played = await Promise.all(KINDS.map((kind) => play(world(), kind)));
    for (const { kind, end } of played) expect(end).toContain(kind.endsWith("VOICE") ? "TimbreKey" : "VirtualmanKey");
    for (const { end } of played) expect(end).toContain("Valid until");
    for (const { name } of played) expectToldOnce(world(), name);
    const made = gateway.tasks();
    expect(made.map((task) => task.makeType).sort()).toEqual([...KINDS].sort());
    expect(gateway.calls.filter((call) => call.operation === "make")).toHaveLength(6);
    expect(gateway.calls.filter((call) => call.operation === "customerconfirm")).toHaveLength(5);
    expect(cos.openUploads()).toEqual([]);
    const keys = cos
      .objects()
      .map((object) =>
        object.key.replace(/^.*\/(?=(idcard|video|photo|audio|zeroshot)\/)/, "").replace(/-F[A-Z0-9]+(?:-\d)?\./, "."),
      );
    expect(keys.sort()).toEqual([
      "audio/01.wav",
      "audio/voice-package.zip",
      "idcard/consent-letter.pdf",
      "idcard/consent-letter.pdf",
      "idcard/consent.mp4",
      "idcard/consent.mp4",
      "photo/photo.png",
      "video/footage-1080p.mov",
      "video/footage-1080p.mp4",
      "video/footage-4k.mp4",
      "zeroshot/recording.mp3",
    ]);
  });

  it("answers /livez and /readyz", async () => {
    const { url } = world().bot();
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it("tells neighbours its metrics, and nobody's name or id", async () => {
    const { bot, people, channel } = world();
    const text = await (await fetch(`${bot().url}/metrics`)).text();
    expect(text).toMatch(/^avatar_bot_ready 1$/m);
    expect(text).toMatch(/^avatar_bot_requests\{kind="IMAGE",state="done"\} \d+$/m);
    expect(text).toMatch(/^avatar_bot_gateway_calls_total\{route="make",code="0"\} \d+$/m);
    expect(text).toMatch(/^avatar_bot_slack_calls_total\{method="chat.postMessage",outcome="answered"\} \d+$/m);
    expect(text).toMatch(/^avatar_bot_transfers_total\{outcome="stored"\} \d+$/m);
    expect(text).toMatch(/^avatar_bot_ticks_total \d+$/m);
    for (const word of [...Object.values(people).map(({ id }) => id), channel, "AV-1"])
      expect(text).not.toContain(word);
  });
});
