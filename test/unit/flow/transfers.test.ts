import { describe, expect, it, vi } from "vitest";
import type { Material } from "../../../src/core/material-record.ts";
import { LEASE_MS } from "../../../src/flow/upload-lease.ts";
import { MINUTE, newCustomization, receiving } from "../../fixtures/customization-fixture.ts";
import type { Bench } from "./bench.ts";
import { bench } from "./bench.ts";

const PLACES = 3;

/** Files on their way, more than are relayed at once; none of the transfers ends. */
async function crowd(b: Bench, requests: number): Promise<string[]> {
  b.w.vault.hold = new Promise(() => undefined);
  const ids: string[] = [];
  for (let n = 1; n <= requests; n += 1) {
    const upload = { owner: b.ports.owner, leaseUntil: b.w.clock.now() + LEASE_MS, sent: 0 };
    const m = receiving("footage", n, { upload });
    b.w.files.put(m.file.id, m.file.name, "mp4");
    const created = await b.w.store.create(newCustomization({ formId: `V${n}`, name: `Anchor-${n}`, materials: [m] }));
    if (created.type !== "created") throw new Error(created.type);
    ids.push(created.customization.id);
    b.transfers.start(created.customization.id, m);
  }
  return ids;
}

describe("transfers that queue", () => {
  it("say so, and a record that cannot be written ends nothing", async () => {
    const b = bench();
    vi.spyOn(b.w.store, "replace").mockRejectedValue(new Error("writing AV-4: no space left on device"));
    const error = vi.spyOn(b.ports.log, "warn");
    await crowd(b, PLACES + 1);
    await vi.waitFor(() => expect(error).toHaveBeenCalledWith("showing that a file is queued", expect.anything()));
  });

  it("go round by person: one who drops forty files does not keep others waiting", async () => {
    const b = bench({}, undefined, 1);
    let release = (): void => undefined;
    b.w.vault.hold = new Promise((resolve) => {
      release = resolve;
    });
    const upload = { owner: b.ports.owner, leaseUntil: b.w.clock.now() + LEASE_MS, sent: 0 };
    const many = Array.from({ length: 40 }, (_, n) => receiving("footage", n + 1, { upload }));
    const open = (formId: string, materials: Material[]) =>
      b.w.store.create(newCustomization({ formId, name: formId, materials }));
    await open("many", many);
    const other = receiving("identity-letter", 50, { upload });
    await open("other", [{ ...other, file: { ...other.file, by: "U0BOB" } }]);
    for (const m of [...many, other]) b.w.files.put(m.file.id, m.file.name, m.format ?? "mp4");
    for (const m of many) b.transfers.start("AV-1", m);
    b.transfers.start("AV-2", { ...other, file: { ...other.file, by: "U0BOB" } });
    release();
    await vi.waitFor(() => expect(b.w.vault.relayed.length).toBeGreaterThan(2));
    expect(b.w.vault.relayed.findIndex((key) => key.includes("idcard"))).toBeLessThanOrEqual(2);
  });

  it("are not due again and again while they wait: others are looked at too", async () => {
    const b = bench();
    await crowd(b, 25);
    b.w.clock.advance(LEASE_MS);
    const late = await b.w.store.create(
      newCustomization({
        formId: "late",
        name: "Late",
        outbox: [{ key: "card", at: b.w.clock.now(), content: { type: "card" } }],
      }),
    );
    if (late.type !== "created") throw new Error(late.type);
    for (let i = 0; i < 3; i += 1) await b.tick(MINUTE);
    expect((await b.w.store.get(late.customization.id))?.outbox[0]?.delivered).toBe("said");
  });
});
