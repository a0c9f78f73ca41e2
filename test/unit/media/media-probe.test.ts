import { afterEach, describe, expect, it, vi } from "vitest";
import type { RandomAccess } from "../../../src/core/check-ports.ts";
import { mediaProbe } from "../../../src/media/media-probe.ts";
import type { ProbeThread } from "../../../src/media/probe-thread.ts";
import type { FromThread, ToThread } from "../../../src/media/thread-messages.ts";
import { ManualClock } from "../../twins/manual-clock.ts";
import { recordingLog } from "../../twins/recording-log.ts";

const BUDGET_MS = 2_000;
const file: RandomAccess = { size: 10, read: async (_at, length) => new Uint8Array(length) };
const done: FromThread = { type: "done", info: { container: "mp4" } };
const never = new Promise<never>(() => undefined);

/** Threads that answer as told; what they were asked, and how many were ended. */
function threads(answer: (message: ToThread) => Promise<FromThread>) {
  const seen = { started: 0, ended: 0, asked: [] as ToThread[] };
  const start = (): ProbeThread => {
    seen.started += 1;
    const ending = new AbortController();
    const ended = new Promise<never>((_resolve, reject) => {
      ending.signal.onabort = () => reject(new Error("the thread ended"));
    });
    ended.catch(() => undefined);
    return {
      started: Promise.resolve(),
      ask(message) {
        seen.asked.push(message);
        return Promise.race([answer(message), ended]);
      },
      async end() {
        seen.ended += 1;
        ending.abort();
      },
    };
  };
  return { seen, start };
}

function probeOn(answer: (message: ToThread) => Promise<FromThread>) {
  const clock = new ManualClock(0);
  const log = recordingLog();
  const { seen, start } = threads(answer);
  return { clock, log, seen, probe: mediaProbe({ clock, log, startThread: start }) };
}

/** As often as promises need to settle. */
async function settled(): Promise<void> {
  for (let i = 0; i < 50; i += 1) await Promise.resolve();
}

describe("a thread that does not answer", () => {
  it("is ended after its budget, the file is given up on, and the next one gets a new thread", async () => {
    const { clock, log, seen, probe } = probeOn((m) =>
      m.type === "look" && m.size === 10 ? never : Promise.resolve(done),
    );
    const look = probe.probe(file, "mp4");
    await settled();
    clock.advance(BUDGET_MS - 1);
    await settled();
    expect(seen.ended).toBe(0);
    clock.advance(1);
    expect(await look).toEqual({ gaveUp: true });
    expect(seen).toMatchObject({ started: 1, ended: 1 });
    expect(log.lines).toMatchObject([{ level: "warn", fields: { format: "mp4", bytes: 10 } }]);
    expect(await probe.probe({ ...file, size: 11 }, "mp4")).toEqual(done.info);
    expect(seen).toMatchObject({ started: 2, ended: 1 });
  });

  it("has one budget for all of a file, and waiting for bytes does not count", async () => {
    const answers = [{ type: "read", offset: 0, length: 1 } as const, { type: "read", offset: 1, length: 1 } as const];
    const { clock, seen, probe } = probeOn(async () => {
      const next = answers.shift();
      if (!next) return never;
      clock.advance(900);
      return next;
    });
    const slow: RandomAccess = {
      size: 10,
      async read(_at, length) {
        clock.advance(3_600_000);
        return new Uint8Array(length);
      },
    };
    const look = probe.probe(slow, "mp4");
    await settled();
    expect(seen.asked.map(({ type }) => type)).toEqual(["look", "bytes", "bytes"]);
    clock.advance(199);
    await settled();
    expect(seen.ended).toBe(0);
    clock.advance(1);
    expect(await look).toEqual({ gaveUp: true });
    expect(seen.ended).toBe(1);
  });

  it("because it ended is replaced, and costs its file alone", async () => {
    const { seen, probe } = probeOn((m) =>
      m.type === "look" && m.format === "jpg" ? Promise.reject(new Error("out of memory")) : Promise.resolve(done),
    );
    const looks = [probe.probe(file, "jpg"), probe.probe(file, "mp4"), probe.probe(file, "mov")];
    expect(await Promise.all(looks)).toEqual([{ gaveUp: true }, done.info, done.info]);
    expect(seen.ended).toBe(1);
  });
});

describe("threads", () => {
  const open: (() => void)[] = [];
  afterEach(() => open.splice(0));
  const held = () => new Promise<FromThread>((resolve) => open.push(() => resolve(done)));

  it("are two at most, started when they are needed and used again; other files queue", async () => {
    const { seen, probe } = probeOn(held);
    expect(seen.started).toBe(0);
    const looks = Array.from({ length: 5 }, () => probe.probe(file, "mp4"));
    for (const begun of [2, 3, 4, 5, 5]) {
      await vi.waitFor(() => expect(seen.asked).toHaveLength(begun));
      open.shift()?.();
    }
    expect(await Promise.all(looks)).toEqual(looks.map(() => done.info));
    expect(seen).toMatchObject({ started: 2, ended: 0 });
  });

  it("have a queue with an end: one file too many is given up on at once", async () => {
    const { seen, probe } = probeOn(held);
    const looks = Array.from({ length: 102 }, () => probe.probe(file, "mp4"));
    expect(await probe.probe(file, "mp4")).toEqual({ gaveUp: true });
    expect(seen.asked.length).toBeLessThanOrEqual(2);
    const ended = Promise.allSettled(looks);
    await probe.close();
    expect((await ended).every(({ status }) => status === "rejected")).toBe(true);
  });

  it("end with the probe; what was under way or comes later is stopped, not unknown", async () => {
    const { log, seen, probe } = probeOn(() => never);
    const look = expect(probe.probe(file, "mp4")).rejects.toMatchObject({ code: "transfer-aborted" });
    await settled();
    await probe.close();
    await look;
    expect([seen.ended > 0, log.lines]).toEqual([true, []]);
    await expect(probe.probe(file, "mp4")).rejects.toMatchObject({ code: "transfer-aborted" });
  });

  it("are not started for a file that no parser reads", async () => {
    const { seen, probe } = probeOn(async () => done);
    expect(await probe.probe(file, "other")).toEqual({});
    expect(seen.started).toBe(0);
  });
});
