import { createServer } from "node:http";
import { expect, it } from "vitest";
import { z } from "zod";
import { startSlack } from "../../../sandbox/slack/server.ts";
import { listenHere } from "../../fixtures/loopback.ts";

const Event = z.object({ event_id: z.string(), event: z.object({ text: z.string() }) });

it("every event comes twice, in turn with its own id and with another; what people press comes once", async () => {
  const seen: { readonly type: string; readonly body: string }[] = [];
  const app = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    seen.push({ type: request.headers["content-type"] ?? "", body: Buffer.concat(chunks).toString() });
    response.end();
  });
  const eventsUrl = `${await listenHere(app)}/slack/events`;
  const slack = await startSlack({ mode: "http", eventsUrl });
  try {
    const alice = slack.person(slack.addUser({ name: "alice" }));
    const channel = slack.addChannel({ name: "avatars", kind: "public", members: [alice.id] });
    slack.knobs.sendsTwice = true;
    for (const text of ["one", "two"]) await alice.post(channel, text);
    await alice.command(channel, "/avatar help");
    slack.knobs.sendsTwice = false;
    await alice.post(channel, "three");

    const events = seen
      .filter(({ type }) => type === "application/json")
      .map(({ body }) => Event.parse(JSON.parse(body)));
    const ids = (text: string) => events.filter(({ event }) => event.text === text).map((sent) => sent.event_id);
    const different = (text: string) => new Set(ids(text)).size;
    expect([ids("one"), ids("two"), ids("three")].map((all) => all.length)).toEqual([2, 2, 1]);
    expect([different("one"), different("two")]).toEqual([1, 2]);
    expect(seen.filter(({ type }) => type !== "application/json")).toHaveLength(1);
  } finally {
    await slack.close();
    app.close();
  }
});
