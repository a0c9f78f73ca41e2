import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { material } from "../../sandbox/material/files.ts";
import { ask, isTaken, studio } from "./studio.ts";

const MB = 1024 ** 2;
const FOOTAGE = 400 * MB;

/** Bytes of a process's memory. @param what  VmRSS is now, VmHWM the most ever */
async function memoryOf(pid: number, what: "VmRSS" | "VmHWM"): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
}

// The kernel's own figures, which only Linux tells in this form.
describe.runIf(process.platform === "linux")("400 MB through the compiled bot", () => {
  const world = studio();

  // Idle is before the first file starts the threads that look into it and hash it: about 40 MB of the difference.
  it("needs at most 120 MB more than the idle process, its two threads included", async () => {
    const { people, channel, cos } = world();
    const thread = await ask(world(), { name: "Heavy" });
    const head = (await readFile(material.footage1080p.path)).subarray(0, 4096);
    const idle = await memoryOf(world().bot().pid, "VmRSS");
    await people.alice.upload(channel, [{ name: "heavy.mp4", generate: { size: FOOTAGE, head } }], {
      threadTs: thread.ts,
      text: "footage",
    });
    await thread.until((seen) => isTaken(seen), "the footage on the card");
    const peak = await memoryOf(world().bot().pid, "VmHWM");
    console.log(`idle ${(idle / MB).toFixed(0)} MB, most ${(peak / MB).toFixed(0)} MB for ${FOOTAGE / MB} MB`);
    expect(cos.objects()[0]?.size).toBe(FOOTAGE);
    expect(cos.openUploads()).toEqual([]);
    expect(peak - idle).toBeLessThan(120 * MB);
  });
});
