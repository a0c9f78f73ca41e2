import { once } from "node:events";
import { request } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { beginPageUpload } from "../../../src/flow/begin-page-upload.ts";
import { makeUploadLink } from "../../../src/flow/make-upload-link.ts";
import { startHttpServer } from "../../../src/ops/http-server.ts";
import { uploadPages } from "../../../src/upload/upload-pages.ts";
import { newCustomization, REQUESTER, TEAM } from "../../fixtures/customization-fixture.ts";
import { PiecesTwin } from "../../twins/pieces-twin.ts";
import { recordingLog } from "../../twins/recording-log.ts";
import { processIn, world } from "../../twins/twins.ts";

const MB = 1024 ** 2;
const words = { role: () => "footage", takes: () => "mp4", refusal: () => "no" };

/** A server with one request, and a link through which a film has begun to come. */
async function start() {
  const pieces = new PiecesTwin();
  const w = { ...world(), pieces };
  const ports = processIn(w);
  await w.store.create(newCustomization());
  const who = { id: REQUESTER, team: TEAM };
  const made = await makeUploadLink(ports, { id: "AV-1", role: "footage", who });
  if (made.type !== "made") throw new Error(made.type);
  const film = { id: "", name: "take.mp4", size: 40 * MB, format: "mp4" as const, print: "film" };
  const ranges = () => ({ size: film.size, read: async () => new Uint8Array() });
  await beginPageUpload(ports, made.token, { ...film, ranges }, new AbortController().signal);
  const contentOf = async () => ({ format: "mp4" as const });
  const log = recordingLog();
  const upload = uploadPages({
    ports,
    transfers: { start: () => undefined },
    words: () => words,
    log,
    contentOf,
    headBytes: 100,
    idleMs: 200,
  });
  const pages = {
    problems: async () => [],
    metrics: async () => ({ contentType: "", text: "" }),
    slackEvents: undefined,
  };
  const server = await startHttpServer({ host: "127.0.0.1", port: 0, log, pages: { ...pages, upload } });
  onTestFinished(async () => {
    upload.close();
    await server.close();
  });
  const tus = { "Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0" };
  return { url: `http://127.0.0.1:${server.port}/upload/`, token: made.token, tus, log, pieces };
}

describe("the upload page's server", () => {
  it("serves its own files alone, with headers that let nothing in from elsewhere", async () => {
    const { url } = await start();
    for (const [path, type] of [
      ["", "text/html"],
      ["page.js", "text/javascript"],
      ["page.css", "text/css"],
      ["tus.js", "text/javascript"],
    ]) {
      const answer = await fetch(`${url}${path}`);
      expect([path, answer.status, answer.headers.get("content-type")]).toEqual([path, 200, `${type}; charset=utf-8`]);
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
      const text = await answer.text();
      if (path !== "tus.js") expect(text).not.toMatch(/https?:\/\//);
    }
    expect((await fetch(`${url}tsconfig.json`)).status).toBe(404);
    expect((await fetch(`${url}%2e%2e/package.json`)).status).toBe(404);
    const folder = await fetch(url.slice(0, -1), { redirect: "manual" });
    expect([folder.status, folder.headers.get("location")]).toEqual([308, "upload/"]);
  });

  it("refuses what has no valid token, is too long or no method of its own, before a byte of it is read", async () => {
    const { url, token, tus, pieces } = await start();
    const ask = (path: string, method: string, headers: Record<string, string>) =>
      fetch(`${url}${path}`, { method, headers, body: "x".repeat(10) }).then(({ status }) => status);
    const bearer = { Authorization: `Bearer ${token}` };
    expect(await ask("file", "PATCH", tus)).toBe(401);
    expect(await ask("file", "PATCH", { ...tus, Authorization: `Bearer ${token}x` })).toBe(401);
    expect(await ask("look", "POST", {})).toBe(401);
    expect(await ask("file", "POST", { ...tus, ...bearer })).toBe(405);
    expect(await ask("link", "POST", bearer)).toBe(405);
    const long = request(`${url}file`, {
      method: "PATCH",
      headers: { ...tus, ...bearer, "Content-Length": 16 * MB + 1 },
    });
    long.write("x");
    const [answer] = await once(long, "response");
    expect(answer.statusCode).toBe(413);
    long.destroy();
    expect([...pieces.open.values()]).toEqual([[]]);
    const wrong = await fetch(`${url}link`, { headers: { Authorization: "Bearer AV-1.nothing" } });
    expect(await wrong.json()).toMatchObject({ state: "wrong" });
  });

  it("ends a piece of which no byte comes for a while, and writes no token into the log", async () => {
    const { url, token, tus, log } = await start();
    const stalled = request(`${url}file`, {
      method: "PATCH",
      headers: { ...tus, Authorization: `Bearer ${token}`, "Content-Length": 8 },
    });
    stalled.write("x");
    const [error] = await once(stalled, "error");
    expect(error).toMatchObject({ code: "ECONNRESET" });
    expect(JSON.stringify(log)).not.toContain(token.split(".")[1]);
  });
});
