import { createServer } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkPublicUrl } from "../../../src/ops/doctor/public-url.ts";
import { startHttpServer } from "../../../src/ops/http-server.ts";
import { listenHere } from "../../fixtures/loopback.ts";
import { recordingLog } from "../../twins/recording-log.ts";

/** What stands at the public address. */
async function answering(status: number, text: string): Promise<string> {
  const server = createServer((_req, res) =>
    res.writeHead(status, { Location: "https://login.example.com" }).end(text),
  );
  onTestFinished(() => void server.close());
  return listenHere(server);
}

describe("the doctor's look at PUBLIC_URL", () => {
  it("finds the bot that runs there", async () => {
    const metrics = async () => ({ contentType: "text/plain", text: "" });
    const pages = { problems: async () => ["slack: away"], metrics, slackEvents: undefined };
    const server = await startHttpServer({ host: "127.0.0.1", port: 0, pages, log: recordingLog() });
    onTestFinished(() => server.close());
    const url = `http://127.0.0.1:${server.port}`;
    expect(await checkPublicUrl(url)).toEqual({
      check: "PUBLIC_URL",
      type: "ok",
      text: `${url} leads to the running bot`,
    });
  });

  it("cannot tell while a proxy says that nothing runs behind it", async () => {
    const url = await answering(502, "bad gateway");
    expect(await checkPublicUrl(url)).toMatchObject({ type: "unknown", text: expect.stringContaining("answers 502") });
  });

  it.each([
    [200, "Welcome to nginx"],
    [302, ""],
    [404, "not found"],
  ])("says what to do when somebody else answers %i", async (status, text) => {
    const url = await answering(status, text);
    expect(await checkPublicUrl(url)).toEqual({
      check: "PUBLIC_URL",
      type: "wrong",
      text: `${url}/livez answers ${status}, not as the bot does: let it forward to PORT`,
    });
  });

  it("says what to look at when nobody answers", async () => {
    const server = createServer();
    const url = await listenHere(server);
    server.close();
    expect(await checkPublicUrl(`${url}/`)).toMatchObject({
      type: "wrong",
      text: expect.stringMatching(/livez does not answer \(.*ECONNREFUSED.*\): check DNS, certificate and proxy/),
    });
  });
});
