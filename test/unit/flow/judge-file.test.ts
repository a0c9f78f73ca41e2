import { describe, expect, it, vi } from "vitest";
import { Fault } from "../../../src/core/fault.ts";
import { resume } from "../../../src/flow/resume.ts";
import { transfers } from "../../../src/flow/transfers.ts";
import { newCustomization, receiving } from "../../fixtures/customization-fixture.ts";
import { processIn, world } from "../../twins/twins.ts";

const UNREAD = [{ rule: "contents", severity: "unknown" }];

/** A request that waits for its footage to be received, which no process holds. */
async function withFootage() {
  const w = world();
  const footage = receiving("footage", 1, { upload: { owner: "before", leaseUntil: 0, sent: 0 } });
  w.files.put(footage.file.id, footage.file.name, "mp4");
  await w.store.create(newCustomization({ materials: [footage] }));
  const material = async () => (await w.store.get("AV-1"))?.materials[0];
  const start = () => {
    const ports = processIn(w);
    const uploads = transfers(ports, 3);
    return { ports, uploads, resume: () => resume(ports, uploads) };
  };
  return { w, material, start };
}

describe("a look inside a file", () => {
  it("that kills the process is not begun again: the next one lets the file through, unknown", async () => {
    const { w, material, start } = await withFootage();
    w.media.probe = async () => {
      w.media.probes += 1;
      expect(await material()).toMatchObject({ probing: true });
      return new Promise(() => undefined);
    };
    await start().resume();
    await vi.waitFor(() => expect(w.media.probes).toBe(1));
    await start().resume();
    await vi.waitFor(async () => expect(await material()).toMatchObject({ state: "accepted", findings: UNREAD }));
    expect(w.media.probes).toBe(1);
    expect(await material()).not.toHaveProperty("probing");
  });

  it("that the process stopped is begun again", async () => {
    const { w, material, start } = await withFootage();
    const stopped = start();
    w.media.probe = async () => {
      w.media.probes += 1;
      if (w.media.probes > 1) return { container: "mp4" };
      void stopped.uploads.close();
      throw new Fault("transfer-aborted", "looking into a file: stopping");
    };
    await stopped.resume();
    await vi.waitFor(async () => expect(w.media.probes).toBe(1));
    await vi.waitFor(async () => expect(await material()).not.toHaveProperty("probing"));
    await start().resume();
    await vi.waitFor(async () => expect(await material()).toMatchObject({ state: "accepted" }));
    expect(w.media.probes).toBe(2);
  });

  it("that Slack cut off is begun again by the same process", async () => {
    const { w, material, start } = await withFootage();
    w.media.probe = async () => {
      w.media.probes += 1;
      if (w.media.probes > 1) return { container: "mp4" };
      throw new Fault("source-cut", "downloading: the download broke off");
    };
    await start().resume();
    await vi.waitFor(() => expect(w.media.probes).toBe(1));
    await vi.waitFor(async () => {
      w.clock.advance(2_000);
      expect(await material()).toMatchObject({ state: "accepted" });
    });
    expect(w.media.probes).toBe(2);
  });
});
