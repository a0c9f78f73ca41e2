import { describe, expect, it, vi } from "vitest";
import type { RandomAccess } from "../../../src/core/check-ports.ts";
import { openLinks } from "../../../src/core/upload-link.ts";
import { appendPiece } from "../../../src/flow/append-piece.ts";
import type { PageFile, PageUploadBegun } from "../../../src/flow/begin-page-upload.ts";
import { beginPageUpload } from "../../../src/flow/begin-page-upload.ts";
import { cancel } from "../../../src/flow/cancel.ts";
import { declineOffer } from "../../../src/flow/decline-offer.ts";
import { makeUploadLink } from "../../../src/flow/make-upload-link.ts";
import { openUploadLink } from "../../../src/flow/open-upload-link.ts";
import { revokeUploadLink } from "../../../src/flow/revoke-upload-link.ts";
import { HOUR } from "../../fixtures/customization-fixture.ts";
import type { Bench } from "./bench.ts";
import { alice, bench, bob, eve, openReady } from "./bench.ts";

const FILM = Uint8Array.from({ length: 22 }, (_, i) => i);
const { signal } = new AbortController();

function film(print = "film", over: Partial<PageFile> = {}): PageFile {
  const ranges = (): RandomAccess => ({ size: FILM.length, read: async () => new Uint8Array() });
  return { id: "", name: "take.mp4", size: FILM.length, format: "mp4", print, ranges, ...over };
}

async function linkOf(b: Bench): Promise<string> {
  const made = await makeUploadLink(b.ports, { id: "AV-1", role: "footage", who: alice, name: "alice" });
  if (made.type !== "made") throw new Error(made.type);
  return made.token;
}

function choose(b: Bench, token: string, file = film()): Promise<PageUploadBegun> {
  return beginPageUpload(b.ports, token, file, signal);
}

function send(b: Bench, token: string, offset: number, to: number) {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield FILM.subarray(offset, to);
  }
  return appendPiece(b.ports, b.transfers, token, { offset, source: bytes(), signal });
}

async function stateOf(b: Bench, token: string): Promise<string | undefined> {
  return (await openUploadLink(b.ports, token))?.state;
}

describe("an upload link", () => {
  it("is made by the requester or an operator alone, and only its hash is kept", async () => {
    const b = bench();
    await b.open();
    for (const who of [bob, eve]) {
      expect(await makeUploadLink(b.ports, { id: "AV-1", role: "footage", who })).toMatchObject({
        type: "may-not-answer",
      });
    }
    const token = await linkOf(b);
    expect(JSON.stringify(await b.now())).not.toContain(token.split(".")[1]);
    expect(await stateOf(b, token)).toBe("open");
    expect(await stateOf(b, `${token}x`)).toBeUndefined();
    expect(await stateOf(b, token.replace("AV-1", "AV-2"))).toBeUndefined();
  });

  it("ends after two hours, by a newer one, and when it is revoked", async () => {
    const b = bench();
    await b.open();
    const first = await linkOf(b);
    const second = await linkOf(b);
    expect(await stateOf(b, first)).toBe("replaced");
    const [open] = openLinks(await b.now(), b.w.clock.now());
    expect(await revokeUploadLink(b.ports, { id: "AV-1", link: open?.id ?? "", who: eve })).toMatchObject({
      type: "may-not-answer",
    });
    await revokeUploadLink(b.ports, { id: "AV-1", link: open?.id ?? "", who: alice });
    expect(await choose(b, second)).toEqual({ type: "link-over", state: "revoked" });
    const third = await linkOf(b);
    b.w.clock.advance(2 * HOUR + 1);
    expect(await choose(b, third)).toEqual({ type: "link-over", state: "expired" });
    expect((await b.now()).materials).toEqual([]);
    for (let n = 0; n < 30; n += 1) await linkOf(b);
    expect((await b.now()).uploadLinks).toHaveLength(20);
  });

  it("takes one file, judged before, which counts as the maker's; the same file goes on, another does not", async () => {
    const b = bench();
    await b.open();
    const token = await linkOf(b);
    expect(await choose(b, token, film("film", { format: "pdf" }))).toMatchObject({
      type: "file-refused",
      refusal: { type: "wrong-format" },
    });
    expect(await stateOf(b, token)).toBe("open");
    expect(await choose(b, token)).toMatchObject({
      type: "begun",
      material: { role: "footage", file: { by: alice.id } },
    });
    expect(b.w.card.told()).toEqual(["file-uploaded"]);
    expect(await choose(b, token, film("another"))).toMatchObject({ type: "other-file" });
    // The lease of an upload that waits for its page is nobody's to recover.
    await b.tick(HOUR);
    expect(await send(b, token, 0, 10)).toEqual({ type: "appended", bytes: 8 });
    expect(await send(b, token, 0, 10)).toEqual({ type: "elsewhere" });
    expect(await choose(b, token)).toMatchObject({ type: "begun" });
    expect(await send(b, token, 8, 22)).toEqual({ type: "appended", bytes: 22 });
    await vi.waitFor(async () => expect((await b.now()).materials).toMatchObject([{ state: "accepted", size: 22 }]));
    expect([...b.w.pieces.objects.values()]).toEqual([FILM]);
    expect(JSON.stringify(await b.now())).not.toContain("sealed-1");
    expect(await choose(b, token)).toEqual({ type: "link-over", state: "used" });
  });

  it("begins again when the credentials end, and gives up in the end", async () => {
    const b = bench();
    await b.open();
    const token = await linkOf(b);
    await choose(b, token);
    for (const again of [1, 2, 3]) {
      await send(b, token, 0, 8);
      b.w.pieces.credentialsEnd = true;
      expect(await send(b, token, 8, 16)).toEqual({ type: "began-again" });
      expect((await b.now()).materials[0]?.upload?.pieces).toMatchObject({ bytes: 0, again });
    }
    expect(b.w.pieces.open.size).toBe(1);
    b.w.pieces.credentialsEnd = true;
    expect(await send(b, token, 0, 8)).toEqual({ type: "over" });
    expect((await b.now()).materials).toMatchObject([
      { state: "refused", refusal: { type: "transfer-failed", code: "credentials-ended" } },
    ]);
    expect(b.w.pieces.open.size).toBe(0);
  });

  it("leaves nothing in COS when its file is declined, its request cancelled, or nothing comes for a day", async () => {
    for (const end of ["decline", "cancel", "wait"] as const) {
      const b = bench();
      await b.open();
      const token = await linkOf(b);
      await choose(b, token);
      await send(b, token, 0, 8);
      const material = (await b.now()).materials[0]?.id ?? "";
      if (end === "decline") await declineOffer(b.ports, { id: "AV-1", material, who: alice });
      if (end === "cancel") await cancel(b.ports, b.transfers, { id: "AV-1", who: alice });
      if (end === "wait") await b.tick(25 * HOUR);
      await vi.waitFor(() => expect(b.w.pieces.open.size).toBe(0));
      expect(await send(b, token, 8, 16)).toEqual({ type: "over" });
    }
  });

  it("brings back what its file has replaced, when the requester says no to that", async () => {
    const b = bench();
    const ready = await openReady(b);
    const token = await linkOf(b);
    await choose(b, token);
    await send(b, token, 0, 22);
    await vi.waitFor(async () => expect((await b.now()).materials.some((m) => m.replacedBy)).toBe(true));
    const material = (await b.now()).materials.find((m) => m.file.uploadLink)?.id ?? "";
    expect(await declineOffer(b.ports, { id: "AV-1", material, who: eve })).toMatchObject({ type: "may-not-answer" });
    await declineOffer(b.ports, { id: "AV-1", material, who: alice });
    const c = await b.now();
    expect(c.state).toBe("ready");
    expect(c.materials.slice(0, ready.materials.length)).toEqual(ready.materials);
  });
});
