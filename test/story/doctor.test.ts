import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { World } from "../../sandbox/world.ts";
import { startWorld } from "../../sandbox/world.ts";
import { expectNoSecretIn, knownSecrets } from "./known-secrets.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const reportSchema = z.object({
  ok: z.boolean(),
  findings: z.array(z.object({ check: z.string(), type: z.enum(["ok", "wrong", "unknown"]), text: z.string() })),
});

/** What an operator types before the first start, and beside a bot that runs. */
describe("npm run doctor", () => {
  const place: { world?: World } = {};
  beforeAll(async () => {
    place.world = await startWorld();
  });
  afterAll(() => place.world?.close());

  async function doctor(env: Record<string, string>, ...flags: string[]): Promise<{ code: unknown; text: string }> {
    const child = spawn("npm", ["run", "--silent", "doctor", "--", ...flags], {
      cwd: ROOT,
      env: { PATH: process.env.PATH ?? "", HOME: tmpdir(), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => void said.push(chunk));
    const [code] = await once(child, "close");
    return { code, text: Buffer.concat(said).toString() };
  }

  it("finds a world in order before the bot's first start and while it runs, and prints no secret", async () => {
    const { world } = place;
    if (!world) throw new Error("the world has not started");
    const secrets = knownSecrets(world);
    const before = await doctor({ ...world.env });
    expect(before, before.text).toMatchObject({ code: 0 });
    expect(before.text).not.toMatch(/^[✗–]/m);
    expect(before.text).toMatch(/^✓ store +no requests yet$/m);

    const bot = await world.startBot();
    const beside = await doctor({ ...world.env }, "--json");
    const { ok, findings } = reportSchema.parse(JSON.parse(beside.text));
    expect({ code: beside.code, ok }).toEqual({ code: 0, ok: true });
    expect(findings.filter(({ type }) => type !== "ok").map(({ check }) => check)).toEqual(["store"]);
    expectNoSecretIn(before.text + beside.text, secrets);
    await bot.stop();
  });

  it("ends with 1 when something is wrong, and with 2 for a flag that it does not know", async () => {
    const { world } = place;
    if (!world) throw new Error("the world has not started");
    const wrong = await doctor({ ...world.env, IVH_APPKEY: "another-app" });
    expect(wrong).toMatchObject({ code: 1, text: expect.stringMatching(/^✗ gateway .* IVH_APPKEY/m) });
    const misused = await doctor({ ...world.env }, "--repair");
    expect(misused).toMatchObject({ code: 2, text: expect.stringContaining("does not know --repair") });
  });
});
