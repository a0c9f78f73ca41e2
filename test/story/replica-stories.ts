import { expect, it } from "vitest";
import { z } from "zod";
import { material } from "../../sandbox/material/files.ts";
import type { Thread } from "../../sandbox/play.ts";
import { pressWhenShown, sayItWasCreated } from "../../sandbox/play.ts";
import type { PostgresServer } from "../fixtures/postgres-server.ts";
import { cuttingProxy } from "../twins/cutting-proxy.ts";
import type { Replicas } from "./replica-world.ts";
import { LEASE_OVER_MS, startReplicas, toldTwice } from "./replica-world.ts";
import { ask, askForDecision, askReady, callsOf, untilKeys } from "./studio.ts";

const owners = z.array(z.object({ owner: z.string().nullable() }));

/** Who holds a request's claim, or the upload of one of its files. */
async function ownerOf(
  run: PostgresServer["run"],
  schema: string,
  name: string,
  what: "claim" | "upload",
): Promise<string | undefined> {
  const path =
    what === "claim"
      ? "document->'claim'->>'owner'"
      : "jsonb_path_query_first(document, '$.materials[*].upload.owner') #>> '{}'";
  const rows = await run(`SELECT ${path} AS owner FROM ${schema}.requests WHERE document->>'name' = $1`, [name]);
  return owners.parse(rows)[0]?.owner ?? undefined;
}

const countedOf = (replicas: Replicas) => ["make", "customerconfirm"].map((name) => callsOf(replicas.world, name));

async function untilSeen(thread: Thread, seen: (text: string, buttons: readonly string[]) => boolean, what: string) {
  const { slack } = thread.world;
  await slack.until(() => thread.sights().some(({ text, buttons }) => seen(text, buttons)), what, LEASE_OVER_MS);
}

type Via = "socket" | "http";

/** Three replicas on one PostgreSQL. */
export function severalDeliveries(server: PostgresServer, via: Via): void {
  it("take eleven deliveries and double clicks as one, also through a rolling restart", async () => {
    const address = await server.fresh();
    const replicas = await startReplicas(via, [address, address, address]);
    const { world } = replicas;
    const { alice, bob } = world.people;
    const thread = await ask(world, { name: "Once" });
    await alice.upload(world.channel, [material.consentLetter, material.footage1080p], { threadTs: thread.ts });
    await world.slack.redeliver({ last: "message", times: 10, newEventIds: true });
    await thread.until((seen) => seen.buttons.includes("Launch"), "Launch");
    expect(world.cos.calls.filter((call) => call.operation === "PutObject")).toHaveLength(2);

    const place = { channel: world.channel, ts: thread.ts };
    await Promise.all([1, 2, 3].map(() => alice.click(place, "Launch")));
    for (const n of [0, 1, 2]) {
      expect(await replicas.bot(n).stop()).toBe(0);
      await replicas.start(n);
    }
    const { message } = await thread.until((seen) => seen.buttons.includes("Confirm"), "Confirm");
    await Promise.all([1, 2, 3].map(() => bob.click({ channel: world.channel, ts: message.ts }, "Confirm")));
    await untilKeys(thread);
    expect(countedOf(replicas)).toEqual([1, 1]);
    expect(toldTwice(thread)).toEqual([]);
  });
}

export function killedReplicas(server: PostgresServer, via: Via): void {
  it("go on with what one of them was killed at: an upload, a launch, a decision", async () => {
    const address = await server.fresh();
    const replicas = await startReplicas(via, [address, address, address]);
    const { world } = replicas;
    const { alice, bob } = world.people;
    const launched = await askReady(world, { name: "Launched" });
    const decided = await askForDecision(world, { name: "Decided" });
    const uploaded = await ask(world, { name: "Uploaded" });
    const before = countedOf(replicas);

    world.cos.faults.plan("PutObject", { type: "hang" });
    for (const call of ["make", "customerconfirm"]) world.gateway.faults.plan(call, { type: "slow", delayMs: 5_000 });
    await alice.upload(world.channel, [material.consentLetter, material.footage1080p], { threadTs: uploaded.ts });
    await pressWhenShown(launched, alice, "Launch");
    await pressWhenShown(decided, bob, "Confirm");
    const isAtWork = () => {
      const isHanging = world.cos.faults.strikes.some(({ operation }) => operation === "PutObject");
      return isHanging && countedOf(replicas).every((count, i) => count === (before[i] ?? 0) + 1);
    };
    await world.slack.until(isAtWork, "an upload, a launch and a decision under way");
    const holders = await Promise.all([
      ownerOf(server.run, address.schema, "Uploaded", "upload"),
      ownerOf(server.run, address.schema, "Launched", "claim"),
      ownerOf(server.run, address.schema, "Decided", "claim"),
    ]);
    const struck = new Set(holders.flatMap((owner) => (owner === undefined ? [] : [replicas.ownedBy(owner)])));
    await Promise.all([...struck].map((n) => replicas.killAndReplace(n)));

    await untilSeen(
      uploaded,
      (_text, buttons) => buttons.includes("Launch"),
      "Launch of the one whose upload broke off",
    );
    await untilSeen(launched, (_text, buttons) => buttons.includes("It was created…"), "the two buttons");
    const task = world.gateway.tasks().find((made) => made.anchorName === "Launched");
    await sayItWasCreated(launched, alice, task?.taskId ?? "");
    await untilSeen(decided, (text) => /VirtualmanKey/.test(text), "the keys of the one whose decision broke off");
    await pressWhenShown(launched, bob, "Confirm");
    await untilKeys(launched);
    expect(countedOf(replicas)).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) + 2]);
    expect([uploaded, launched, decided].map(toldTwice)).toEqual([[], [], []]);
    expect(world.cos.openUploads()).toEqual([]);
  });
}

export function cutOffReplica(server: PostgresServer, via: Via): void {
  it("of which one is cut off from the database: it spends nothing, and the others go on", async () => {
    const address = await server.fresh();
    const network = await cuttingProxy(address);
    const replicas = await startReplicas(via, [address, address, network.address]);
    const { world } = replicas;
    const { alice, bob } = world.people;
    const thread = await askReady(world, { name: "Apart" });
    network.refuse();
    const place = { channel: world.channel, ts: thread.ts };
    // Slack gives a click to each of the three.
    await Promise.all([1, 2, 3].map(() => alice.click(place, "Launch")));
    const { message } = await thread.until((seen) => seen.buttons.includes("Confirm"), "Confirm");
    await Promise.all([1, 2, 3].map(() => bob.click({ channel: world.channel, ts: message.ts }, "Confirm")));
    await untilKeys(thread);
    expect(countedOf(replicas)).toEqual([1, 1]);
    expect(replicas.bot(2).log.some((line) => line.includes("losing a connection to the database"))).toBe(true);
    network.heal();
    expect(await replicas.bot(2).stop()).toBe(0);
    expect(toldTwice(thread)).toEqual([]);
  });
}
