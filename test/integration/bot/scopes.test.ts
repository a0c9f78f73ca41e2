import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import type { CallRecord } from "../../../sandbox/slack/workspace.ts";
import { catchUp } from "../../../src/flow/resume.ts";
import { slackReference } from "../../fixtures/slack-reference.ts";
import type { BotBench } from "./bot-bench.ts";
import { botBench, MATERIAL, openAwaiting, openByForm, replyWith } from "./bot-bench.ts";

const LETTER = { name: "letter.pdf", path: `${MATERIAL}/consent-letter.pdf` };

const manifestSchema = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });
const granted = manifestSchema.parse(parse(readFileSync("manifest.yml", "utf8"))).oauth_config.scopes.bot;

/** The prefix of the scopes for each kind of conversation. */
const PREFIX = { public: "channels:", private: "groups:", im: "im:" };

/** The published scopes of a call, one of which is needed: for a conversation those of its kind alone. */
function scopesOf(b: BotBench, { method, args }: CallRecord): readonly string[] {
  const row = slackReference.methods[method];
  if (!row) return [`a row for ${method} in method-reference.json`];
  const kind = b.slack.state().channels.find(({ id }) => id === args.channel)?.kind;
  const narrow = kind && method.startsWith("conversations.");
  return narrow ? row.scopes.filter((scope) => scope.startsWith(PREFIX[kind])) : row.scopes;
}

it("a whole story, in public, in private and in a direct message, calls what the manifest's scopes allow", async () => {
  const b = await botBench();
  const { card } = await openAwaiting(b);
  const demo = await replyWith(b, card, "Confirm");
  await b.bob.click({ channel: b.channel, ts: demo.ts }, "Confirm");
  const secret = b.slack.addChannel({ name: "secret", kind: "private", members: [b.alice.id, b.bob.id] });
  const direct = b.slack.addChannel({ name: "", kind: "im", members: [b.alice.id] });
  for (const [name, channel] of [
    ["Anchor-2", secret],
    ["Anchor-3", direct],
  ] as const) {
    const request = await openByForm(b, { Name: name }, channel);
    await b.alice.upload(channel, [LETTER], { threadTs: request.card });
    await b.eve.command(b.channel, `/avatar status ${request.id}`);
  }
  const elsewhere = await b.alice.upload(b.channel, [LETTER]);
  await b.alice.messageShortcut("request_attach", b.channel, elsewhere.ts);
  await b.alice.openHome();
  await catchUp(b.ports, b.transfers);
  await b.jobs.idle();

  // The bot token's calls: response URLs need no token, and sockets are opened with another.
  const asked = b.slack.calls.filter(({ method }) => /^(?!apps)\w+\./.test(method));
  const refused = asked.flatMap((call) => {
    const scopes = scopesOf(b, call);
    return scopes.length === 0 || scopes.some((scope) => granted.includes(scope)) ? [] : [[call.method, scopes]];
  });
  expect(refused).toEqual([]);
  expect(b.slack.calls.filter(({ error }) => error === "missing_scope")).toEqual([]);
  const used = new Set(asked.flatMap((call) => scopesOf(b, call)));
  const conversations = [...Object.values(PREFIX)].flatMap((prefix) => [`${prefix}read`, `${prefix}history`]);
  expect([...conversations, "chat:write", "files:read", "users:read"].filter((scope) => !used.has(scope))).toEqual([]);
});
