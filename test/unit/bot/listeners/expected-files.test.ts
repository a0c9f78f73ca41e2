import { describe, expect, it } from "vitest";
import { expectedFiles } from "../../../../src/bot/listeners/expected-files.ts";
import { ManualClock } from "../../../twins/manual-clock.ts";

const F1 = { channel: "C1", file: "F1" };

function bench(limits?: { mostArrived?: number; mostAwaited?: number }) {
  const clock = new ManualClock(0);
  return { clock, files: expectedFiles(clock, limits) };
}

describe("a shared file is missing", () => {
  it("ten seconds after it was announced, and not before", async () => {
    const { clock, files } = bench();
    const seen: boolean[] = [];
    const asked = files.isMissing(F1).then((missing) => seen.push(missing));
    clock.advance(9_999);
    await Promise.resolve();
    expect(seen).toEqual([]);
    clock.advance(1);
    await asked;
    expect(seen).toEqual([true]);
  });

  it("not when its message came first, nor when it comes while waiting, which ends at once", async () => {
    const { files } = bench();
    files.arrived("C1", ["F1"]);
    expect(await files.isMissing(F1)).toBe(false);
    const asked = files.isMissing({ ...F1, file: "F2" });
    files.arrived("C1", ["F2"]);
    expect(await asked).toBe(false);
  });

  it("also when the same file came with a message of another channel", async () => {
    const { clock, files } = bench();
    files.arrived("C2", ["F1"]);
    const asked = files.isMissing(F1);
    clock.advance(10_000);
    expect(await asked).toBe(true);
  });

  it("for one of the deliveries that announce it, and for none when the bot stops", async () => {
    const { clock, files } = bench();
    const asked = [files.isMissing(F1), files.isMissing(F1)];
    clock.advance(10_000);
    expect(await Promise.all(asked)).toEqual([true, false]);
    const stopped = files.isMissing(F1);
    files.stop();
    expect(await stopped).toBe(false);
    expect(await files.isMissing(F1)).toBe(false);
  });
});

it("remembers the newest arrivals, and waits for so many files at a time", async () => {
  const { clock, files } = bench({ mostArrived: 2, mostAwaited: 1 });
  files.arrived("C1", ["F1", "F2"]);
  files.arrived("C1", ["F1", "F3"]);
  expect(["F1", "F2", "F3"].filter((file) => files.hasArrived({ channel: "C1", file }))).toEqual(["F1", "F3"]);
  const asked = [files.isMissing({ channel: "C1", file: "F8" }), files.isMissing({ channel: "C1", file: "F9" })];
  clock.advance(10_000);
  expect(await Promise.all(asked)).toEqual([true, false]);
});
