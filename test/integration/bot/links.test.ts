import { readFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:http";
import { Agent } from "node:https";
import { connect } from "node:net";
import { useAgent } from "request-filtering-agent";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { isRefusal } from "../../../src/core/refusal.ts";
import { catchUp } from "../../../src/flow/resume.ts";
import { listenHere } from "../../fixtures/loopback.ts";
import type { BotBench } from "./bot-bench.ts";
import { botBench, MATERIAL, openByForm, startBot } from "./bot-bench.ts";

const LETTER = readFileSync(`${MATERIAL}/consent-letter.pdf`);
const HOST = "files.example.com";
const LINK = `https://${HOST}/shared/consent%20letter.pdf?key=a&dl=1`;

interface Host {
  readonly agent: () => Agent;
  readonly asked: { readonly url: string | undefined; readonly headers: IncomingHttpHeaders }[];
  readonly port: string;
}

/** The server behind every host, which takes what is TLS elsewhere in plain text. */
async function host(): Promise<Host> {
  const asked: Host["asked"][number][] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url, headers: request.headers });
    const path = request.url ?? "";
    if (path === "/moved") return void response.writeHead(302, { Location: LINK }).end();
    if (path === "/elsewhere") return void response.writeHead(302, { Location: "https://169.254.169.254/" }).end();
    if (path === "/page") return void response.writeHead(200, { "Content-Type": "text/html" }).end("<html>");
    if (path === "/gone") return void response.writeHead(404).end();
    if (path === "/endless") return void response.writeHead(200).end(LETTER);
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    if (from === undefined || to === undefined) {
      return void response.writeHead(200, { "Content-Length": LETTER.length }).end(LETTER);
    }
    const bytes = LETTER.subarray(Number(from), Number(to) + 1);
    const range = `bytes ${from}-${Number(from) + bytes.length - 1}/${LETTER.length}`;
    response.writeHead(206, { "Content-Range": range, "Content-Length": bytes.length }).end(bytes);
  });
  const { port } = new URL(await listenHere(server));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const agent = (): Agent => Object.assign(new Agent(), { createConnection: () => connect(Number(port), "127.0.0.1") });
  return { agent, asked, port };
}

async function materials(b: Pick<BotBench, "store">) {
  return (await b.store.get("AV-1"))?.materials ?? [];
}

describe("a link in a request's thread", () => {
  it("to a host on the list counts as a file, once, and no token goes there", async () => {
    const { agent, asked } = await host();
    const b = await botBench({ links: { hosts: HOST, agent } });
    const { card } = await openByForm(b);
    await b.alice.post(b.channel, `the letter: ${LINK}, not https://other.example/a.pdf`, { threadTs: card });
    await b.slack.redeliver({ last: "message", times: 2, newEventIds: true });
    await vi.waitFor(async () =>
      expect(await materials(b)).toMatchObject([
        { state: "accepted", role: "identity-letter", file: { name: "consent letter.pdf", link: LINK } },
      ]),
    );
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(({ headers }) => headers.host === HOST)).toBe(true);
    expect(asked.flatMap(({ headers }) => headers.authorization ?? [])).toEqual([]);
  });

  it("counts after a restart, too", async () => {
    const { agent } = await host();
    const links = { hosts: HOST, agent };
    const b = await botBench({ links });
    const { card } = await openByForm(b);
    await b.app.stop();
    await b.alice.post(b.channel, LINK, { threadTs: card });
    const next = await startBot(b.slack, { links }, b.store);
    onTestFinished(() => next.app.stop());
    await catchUp(next.ports, next.transfers);
    await vi.waitFor(async () => expect(await materials(b)).toMatchObject([{ state: "accepted" }]));
  });

  it.each(["elsewhere", "page", "gone", "endless"])("that leads to /%s is refused with the reason", async (path) => {
    const { agent } = await host();
    const b = await botBench({ links: { hosts: HOST, agent } });
    const because = path === "endless" ? "no-size" : path;
    const seen = await b.ports.files.inspect("L1", `https://${HOST}/${path}`);
    expect(seen).toEqual({ type: "link-failed", because });
  });

  it("may lead on to another link of the list", async () => {
    const { agent } = await host();
    const b = await botBench({ links: { hosts: HOST, agent } });
    const seen = await b.ports.files.inspect("L1", `https://${HOST}/moved`);
    if (isRefusal(seen)) throw new Error(seen.type);
    expect(seen).toMatchObject({ format: "pdf", size: LETTER.length });
  });

  it.each([
    "http://files.example.com/a.pdf",
    "https://other.example/a.pdf",
    "https://files.example.com:8443/a.pdf",
    "https://a:b@files.example.com/a.pdf",
  ])("%s is not fetched", async (link) => {
    const { agent, asked } = await host();
    const b = await botBench({ links: { hosts: HOST, agent } });
    expect(await b.ports.files.inspect("L1", link)).toEqual({ type: "link-failed", because: "elsewhere" });
    expect(asked).toEqual([]);
  });

  it.each(["127.0.0.1", "localhost"])("to %s is not fetched, though it is on the list", async (name) => {
    const { asked, port } = await host();
    const agent = ({ href }: URL) => useAgent(href);
    const b = await botBench({ links: { hosts: `${name}:${port}`, agent } });
    await expect(b.ports.files.inspect("L1", `https://${name}:${port}/a.pdf`)).rejects.toMatchObject({
      code: "source-unreachable",
    });
    expect(asked).toEqual([]);
  });
});
