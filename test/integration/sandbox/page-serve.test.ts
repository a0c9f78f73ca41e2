import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { bundlePage } from "../../../sandbox/page/server/bundle.ts";
import { openPage } from "../../../sandbox/page/server/open-page.ts";
import type { World } from "../../../sandbox/world.ts";
import { startWorld } from "../../../sandbox/world.ts";

const FOREIGN = "https://evil.example";
const JSON_BODY = { "content-type": "application/json" };

let world: World;
let closePage: () => void;
let bundled: number;

beforeAll(async () => {
  world = await startWorld();
  bundled = 0;
  const bundle = async () => {
    bundled += 1;
    if (bundled === 1) throw new Error("main.tsx:3: no such thing");
    return new Map([
      ["page.html", Buffer.from("<!doctype html>")],
      ["main.js", Buffer.from("export {}")],
      ["page.css", Buffer.from("body {}")],
    ]);
  };
  closePage = openPage(world, { bundle });
});
afterAll(async () => {
  closePage();
  await world.close();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** With any header, which fetch would not let through. */
function ask(path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? "GET" : "POST";
    const asked = request(world.slack.url + path, { method, headers }, (response) => {
      const { statusCode: status, headers: given } = response;
      if (given["content-type"]?.startsWith("text/event-stream")) {
        response.destroy();
        return resolve({ status, headers: given, text: "" });
      }
      response.setEncoding("utf8");
      const seen = { text: "" };
      response.on("data", (piece: string) => {
        seen.text += piece;
      });
      response.on("end", () => resolve({ status, headers: given, text: seen.text }));
    });
    asked.on("error", reject).end(body);
  });
}

describe("the page", () => {
  it("is bundled when somebody looks, again when it did not compile, and then not again", async () => {
    expect(bundled).toBe(0);
    expect(await ask("/")).toMatchObject({ status: 500, text: expect.stringContaining("main.tsx:3: no such thing") });
    const types = ["/", "/page/main.js", "/page/page.css"].map(
      async (path) => (await ask(path)).headers["content-type"],
    );
    expect(await Promise.all(types)).toEqual([
      "text/html; charset=utf-8",
      "text/javascript; charset=utf-8",
      "text/css; charset=utf-8",
    ]);
    expect(bundled).toBe(2);
    expect(await ask("/page/other.js")).toMatchObject({ status: 404 });
    expect(await ask("/page/../../package.json")).toMatchObject({ status: 404 });
  });

  it("may run what it brings and show what the gateway has, nothing else, and is kept by nobody", async () => {
    const { headers } = await ask("/");
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'");
    expect(policy).toContain(`media-src 'self' blob: ${world.gateway.url}`);
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
  });

  it("leaves the login page where downloads with a wrong token are sent", async () => {
    expect(await ask("/?redir=%2Ffiles-pri%2FT1-F1%2Fa")).toMatchObject({ text: expect.stringContaining("Sign in") });
  });

  it("has samples that can be dropped", async () => {
    const list: unknown = JSON.parse((await ask("/sandbox/samples")).text);
    expect(list).toContainEqual({
      name: "consent.mp4",
      size: 100_110,
      what: expect.stringContaining("the sentence of consent"),
      group: "good",
    });
    const staged = await ask("/sandbox/samples?name=consent.mp4", JSON_BODY, "{}");
    const { id } = JSON.parse(staged.text);
    const { alice } = world.people;
    const upload = JSON.stringify({ channel: world.channel, files: [id] });
    expect(await ask(`/sandbox/people/${alice.id}/upload`, JSON_BODY, upload)).toMatchObject({ status: 200 });
    expect(world.slack.messages(world.channel).at(-1)).toMatchObject({
      files: [{ name: "consent.mp4", size: 100_110 }],
    });
    expect(list).toContainEqual(expect.objectContaining({ name: "recording-10min.wav", size: 20_160_044 }));
    expect(await ask("/sandbox/samples?name=../main.ts", JSON_BODY, "{}")).toMatchObject({ status: 404 });
  });

  it("shows people's files as what they are, and lets none of them run", async () => {
    const bytes = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
    const names = ['"><img src=x onerror=alert(1)>.svg', "page.html", "photo.png"];
    const { fileIds } = await world.people.alice.upload(
      world.channel,
      names.map((name) => ({ name, bytes })),
    );
    const shown = await Promise.all(fileIds.map((id) => ask(`/sandbox/files/${id}`)));
    expect(shown.map(({ headers }) => headers["content-type"])).toEqual([
      "application/octet-stream",
      "application/octet-stream",
      "image/png",
    ]);
    for (const { headers } of shown)
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "content-security-policy": "script-src 'none'",
        "cross-origin-resource-policy": "same-origin",
        "content-disposition": expect.not.stringMatching(/["<>]/),
      });
  });

  it("turns knobs", async () => {
    expect(await ask("/sandbox/controls/speed", JSON_BODY, '{"factor":3}')).toMatchObject({ status: 200 });
    expect(world.gateway.speed).toBe(3);
    expect(await ask("/sandbox/controls/warp", JSON_BODY, "{}")).toMatchObject({ status: 400 });
  });
});

describe("other pages", () => {
  const changing = [
    "/sandbox/controls/speed",
    "/sandbox/people/U1/post",
    "/sandbox/files?name=a",
    "/sandbox/samples?name=a",
  ];
  const looking = ["/sandbox/changes", "/sandbox/state", "/sandbox/samples", "/sandbox/files/F1", "/page/main.js"];
  const strangers: Record<string, string>[] = [
    { origin: FOREIGN },
    { origin: "null" },
    { origin: "http://localhost:1" },
    { host: "evil.example" },
    { host: `evil.example:4600` },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];

  it.each(strangers)("%j changes nothing", async (headers) => {
    for (const path of changing)
      expect(await ask(path, { ...JSON_BODY, ...headers }, "{}"), path).toMatchObject({ status: 403 });
  });

  it.each(strangers)("%j sees nothing", async (headers) => {
    for (const path of looking) expect(await ask(path, headers), path).toMatchObject({ status: 403 });
  });

  it("drive nothing with a form, whatever it says of itself", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
      const headers = { origin: world.slack.url, "content-type": type };
      for (const path of [
        "/sandbox/controls/calm",
        `/sandbox/people/${world.people.alice.id}/home`,
        "/sandbox/samples",
      ])
        expect(await ask(path, headers, "{}"), path).toMatchObject({ status: 415 });
    }
  });

  it("may link to this one, but not show it inside of them", async () => {
    const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect(await ask("/", link)).toMatchObject({
      status: 200,
      headers: { "content-security-policy": expect.stringContaining("frame-ancestors 'none'") },
    });
    expect(await ask("/", { ...link, host: "evil.example" })).toMatchObject({ status: 403 });
    expect(await ask("/sandbox/state", link)).toMatchObject({ status: 403 });
    expect(await ask("/", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" })).toMatchObject({
      status: 403,
    });
  });

  it("are told from this one under both of its names, and from what is no browser", async () => {
    const { port } = new URL(world.slack.url);
    for (const headers of [
      {},
      { host: `localhost:${port}`, origin: `http://localhost:${port}` },
      { origin: world.slack.url },
    ])
      expect(await ask("/sandbox/controls/calm", { ...JSON_BODY, ...headers }, "{}")).toMatchObject({ status: 200 });
    expect(await ask("/sandbox/changes")).toMatchObject({ status: 200 });
  });
});

describe("bundling", () => {
  async function client(main: string): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), "sandbox-page-"));
    onTestFinished(() => rm(dir, { recursive: true }));
    await writeFile(join(dir, "main.tsx"), main);
    await writeFile(join(dir, "page.css"), "@media (width > 1px) { body { color: red } }");
    await writeFile(join(dir, "page.html"), "<!doctype html>");
    return dir;
  }

  it("makes one script of Preact and what uses it, in memory", async () => {
    const dir = await client('import { render } from "preact"; render(<p>hello</p>, document.body);');
    const files = await bundlePage(dir);
    expect([...files.keys()].sort()).toEqual(["main.js", "page.css", "page.html"]);
    const script = Buffer.from(files.get("main.js") ?? []).toString();
    expect(script).toContain('"hello"');
    expect(script).not.toMatch(/^import /m);
  });

  it("takes the page itself, without node's modules and without the schemas of Slack's blocks", async () => {
    const script = Buffer.from((await bundlePage()).get("main.js") ?? []).toString();
    expect(script).toContain("Sample files");
    expect(script).not.toContain("ZodError");
  });

  it("says what does not compile", async () => {
    await expect(bundlePage(await client("const = 1;"))).rejects.toThrow(/main\.tsx:1:6.*Expected identifier/);
  });
});
