import { describe, expect, it, vi } from "vitest";
import { Fault } from "../../../src/core/fault.ts";
import { answerWhichFile } from "../../../src/flow/accept-upload.ts";
import { cancel } from "../../../src/flow/cancel.ts";
import { launch } from "../../../src/flow/launch.ts";
import { OPERATOR } from "../../fixtures/customization-fixture.ts";
import { alice, bench, bob, openReady, openRunning, stranger } from "./bench.ts";

const footage = { fileId: "F1", name: "" };
const letter = { fileId: "F2", name: "" };

function withFiles() {
  const b = bench();
  b.w.files.put("F1", "studio take.mp4", "mp4");
  b.w.files.put("F2", "letter.pdf", "pdf");
  b.w.files.put("F3", "second take.mp4", "mp4");
  b.w.files.put("F4", "holiday.zip", "zip");
  return b;
}

describe("files in the thread", () => {
  it("each lands under its own coskey, and the request becomes ready", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([letter, footage]);
    const c = await b.until("ready");
    expect(b.w.vault.relayed.sort()).toEqual([
      "customer-pipeline/12/6f2a/idcard/letter-F2.pdf",
      "customer-pipeline/12/6f2a/video/studio-take-F1.mp4",
    ]);
    expect(c.materials).toMatchObject([
      { role: "identity-letter", state: "accepted", size: 1000, crc64: "42" },
      { role: "footage", state: "accepted", size: 1000, crc64: "42" },
    ]);
    expect(c.revision).toBe(2);
  });

  it("the same files delivered eleven times give one upload each", async () => {
    const b = withFiles();
    await b.open();
    await Promise.all(Array.from({ length: 11 }, () => b.drop([letter, footage])));
    await b.until("ready");
    await b.drop([letter, footage]);
    expect(b.w.vault.relayed).toHaveLength(2);
    expect((await b.now()).materials).toHaveLength(2);
  });

  it("posted elsewhere count from when they were added, and the history says who added them and whose they are", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([letter, footage]);
    await b.until("ready");
    b.w.clock.advance(60_000);
    const from = { channel: "C0LOUNGE", author: bob.id };
    const added = { ts: "1.1", text: "footage", from };
    await Promise.all([b.drop([{ fileId: "F3", name: "" }], added), b.drop([{ fileId: "F3", name: "" }], added)]);
    await b.until("ready");
    const { materials, history } = await b.now();
    expect(materials[2]).toMatchObject({ state: "accepted", file: { by: alice.id, from } });
    expect(materials[2]?.replacedBy).toBeUndefined();
    expect(materials[1]?.replacedBy).toBe("1.1/F3");
    const lines = history.filter(({ event }) => event.type === "file-added");
    expect(lines).toMatchObject([{ by: alice.id, event: { name: "", author: bob.id } }]);
  });

  it("posted elsewhere by somebody of another workspace are answered there, and leave nothing", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([letter], { by: stranger, from: { channel: "C0LOUNGE", author: bob.id } });
    expect(await b.now()).toMatchObject({ materials: [], outbox: [], history: [{ event: { type: "opened" } }] });
    expect(b.w.card.told()).toEqual(["files-turned-away"]);
  });

  it("a lone video without a caption is asked about; the requester answers, once", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([footage]);
    const asked = (await b.now()).materials[0]?.id ?? "";
    expect(b.w.card.told()).toEqual(["which-file"]);
    expect(
      await answerWhichFile(b.ports, b.transfers, { id: "AV-1", material: asked, role: "footage", who: bob }),
    ).toEqual({
      type: "may-not-answer",
      may: [alice.id, OPERATOR],
    });
    await answerWhichFile(b.ports, b.transfers, { id: "AV-1", material: asked, role: "footage", who: alice });
    await vi.waitFor(() => expect(b.w.vault.relayed).toEqual(["customer-pipeline/12/6f2a/video/studio-take-F1.mp4"]));
    expect(
      await answerWhichFile(b.ports, b.transfers, { id: "AV-1", material: asked, role: "footage", who: alice }),
    ).toEqual({
      type: "already-answered",
      role: "footage",
    });
  });

  it("a caption decides for the only video of a message, not for two", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([footage], { text: "授权 video" });
    await vi.waitFor(() => expect(b.w.vault.relayed[0]).toContain("/idcard/"));
    const two = withFiles();
    await two.open();
    await two.drop([footage, { fileId: "F3", name: "" }], { text: "footage" });
    expect((await two.now()).materials.map((m) => m.state)).toEqual(["asked", "asked"]);
  });

  it("a letter says what the video beside it is, in whatever order they lie in the message", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([footage, letter]);
    const c = await b.until("ready");
    expect(c.materials.map((m) => m.role)).toEqual(["footage", "identity-letter"]);
    expect(b.w.card.told()).toEqual([]);
  });

  it("a newer file takes the older one's place and the revision moves on", async () => {
    const b = withFiles();
    await b.open();
    await b.drop([letter, footage]);
    await b.until("ready");
    await b.drop([{ fileId: "F3", name: "" }], { ts: "301.1", text: "new footage" });
    await vi.waitFor(async () => expect((await b.now()).revision).toBe(3));
    const c = await b.until("ready");
    expect(c.materials[1]).toMatchObject({ replacedBy: "301.1/F3" });
    expect(c.history.map((line) => line.event.type)).toContain("file-replaced");
    expect(await launch(b.ports, { id: "AV-1", revision: 2, who: alice })).toEqual({ type: "materials-changed" });
  });

  it.each([
    ["a zip", { name: "a.zip", format: "zip" as const, size: 10 }, "wrong-format"],
    ["an empty file", { name: "a.mp4", format: "other" as const, size: 0 }, "empty-file"],
    ["a letter over 10 MB", { name: "a.pdf", format: "pdf" as const, size: 11 * 1024 ** 2 }, "too-large"],
    ["a deleted file", { type: "file-gone" as const }, "file-gone"],
    ["a login page", { type: "login-page" as const }, "login-page"],
  ])("%s is refused privately and nothing is uploaded", async (_what, file, refusal) => {
    const b = withFiles();
    b.w.files.files.set("F9", file);
    await b.open();
    await b.drop([{ fileId: "F9", name: "a" }]);
    const c = await b.now();
    expect(c.materials).toMatchObject([{ state: "refused", refusal: { type: refusal } }]);
    expect(c.state).toBe("collecting");
    expect(b.w.card.told()).toEqual(["file-refused"]);
    expect(b.w.vault.relayed).toEqual([]);
  });

  it("of a wrong format tell what they are, what their name claims, and what is needed", async () => {
    const b = withFiles();
    await b.open({ kind: "IMAGE_PHOTO" });
    b.w.files.files.set("F9", { name: "face.PNG", format: "other", size: 10, contentType: "gif" });
    await b.drop([{ fileId: "F9", name: "" }, footage]);
    const wrong = { type: "wrong-format", takes: ["png", "jpg", "webp"], needs: ["photo"] };
    expect((await b.now()).materials.map((m) => m.refusal)).toEqual([
      { ...wrong, format: "other", contentType: "gif", named: "png" },
      { ...wrong, format: "mp4" },
    ]);
    const filmed = withFiles();
    await filmed.open();
    filmed.w.files.put("F9", "consent.mp4", "mov");
    await filmed.drop([{ fileId: "F9", name: "" }], { text: "authorization" });
    expect((await filmed.now()).materials[0]?.refusal).toMatchObject({ role: "identity-video", named: "mp4" });
  });

  it("after Launch, and from other workspaces, are answered once and leave nothing, however often they come", async () => {
    const b = withFiles();
    await openRunning(b);
    const before = await b.now();
    const told = b.w.card.told().length;
    for (let n = 0; n < 3; n += 1) await b.drop([footage, letter]);
    const after = await b.now();
    expect([after.materials, after.history, after.outbox]).toEqual([before.materials, before.history, before.outbox]);
    expect(b.w.card.told().slice(told)).toEqual(["files-turned-away"]);
    const other = withFiles();
    await other.open();
    await other.drop([footage], { by: stranger });
    expect((await other.now()).materials).toEqual([]);
    expect(other.w.card.told()).toEqual(["files-turned-away"]);
  });

  it("a transfer that breaks is tried again, and after that refused with its reason", async () => {
    const b = withFiles();
    await b.open();
    const fail = vi.fn(() => {
      throw new Fault("cos-unreachable", "sending part 1: COS answered 503");
    });
    b.w.vault.fail = fail;
    await b.drop([letter]);
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await vi.waitFor(() => expect(fail).toHaveBeenCalledTimes(attempt));
      await new Promise(setImmediate);
      b.w.clock.advance(10_000);
    }
    await vi.waitFor(async () => {
      expect((await b.now()).materials).toMatchObject([{ state: "refused", refusal: { code: "cos-unreachable" } }]);
    });
  });

  it("a vendor that gives no answer is waited for, whatever its code, and the file goes on by itself", async () => {
    const b = withFiles();
    await b.open();
    const fail = vi.fn(() => {
      throw new Fault("gateway-unclear", "calling getuploadcredentials: code 100005", { resultCode: 100005 });
    });
    b.w.vault.fail = fail;
    await b.drop([letter]);
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await vi.waitFor(() => expect(fail).toHaveBeenCalledTimes(attempt));
      await new Promise(setImmediate);
      b.w.clock.advance(10_000);
    }
    const waiting = { because: "calling getuploadcredentials: code 100005" };
    await vi.waitFor(async () => {
      expect((await b.now()).materials).toMatchObject([{ state: "receiving", upload: { failing: waiting } }]);
    });
    b.w.vault.fail = undefined;
    await b.tick(600_000);
    await vi.waitFor(async () => expect((await b.now()).materials).toMatchObject([{ state: "accepted" }]));
  });

  it("cancelling stops the uploads and keeps the files out", async () => {
    const b = withFiles();
    await b.open();
    let release = (): void => undefined;
    b.w.vault.hold = new Promise((resolve) => {
      release = resolve;
    });
    await b.drop([letter]);
    await vi.waitFor(() => expect(b.transfers.isUnderWay("AV-1", "300.1/F2")).toBe(true));
    await cancel(b.ports, b.transfers, { id: "AV-1", who: alice });
    release();
    await vi.waitFor(() => expect(b.transfers.isUnderWay("AV-1", "300.1/F2")).toBe(false));
    expect((await b.now()).state).toBe("cancelled");
    expect(b.w.vault.relayed).toEqual([]);
  });

  it("a file of a role that is there already makes Launch wait for it", async () => {
    const b = withFiles();
    await openReady(b);
    let release = (): void => undefined;
    b.w.vault.hold = new Promise((resolve) => {
      release = resolve;
    });
    await b.drop([footage], { ts: "9999999999.1", text: "footage" });
    expect((await b.now()).state).toBe("collecting");
    release();
    expect((await b.until("ready")).revision).toBe(3);
  });
});
