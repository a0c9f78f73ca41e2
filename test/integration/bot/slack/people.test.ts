import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { slackClients } from "../../../../src/bot/slack/clients.ts";
import type { SlackUser } from "../../../../src/bot/slack/people.ts";
import { slackPeople } from "../../../../src/bot/slack/people.ts";
import type { Person } from "../../../../src/core/approval.ts";
import { START } from "../../../fixtures/customization-fixture.ts";
import { listenHere } from "../../../fixtures/loopback.ts";
import { ManualClock } from "../../../twins/manual-clock.ts";
import { recordingLog } from "../../../twins/recording-log.ts";
import { botBench } from "../bot-bench.ts";

const HOME = "T0HOME";
const GRID = "E0ORG";

interface Answers {
  user?: object | undefined;
  enterprise?: string | undefined;
}

/** People as a Slack tells of them that answers every `users.info` alike. */
async function peopleOf(answers: Answers) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const method = request.url?.split("/").at(-1) ?? "";
    asked.push(method);
    const auth = { ok: true, user_id: "U0BOT", team_id: HOME, enterprise_id: answers.enterprise };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(method === "auth.test" ? auth : { ok: true, user: answers.user }));
  });
  const slackApiUrl = `${await listenHere(server)}/api/`;
  onTestFinished(() => void server.close());
  const [log, clock] = [recordingLog(), new ManualClock(START)];
  const people = slackPeople({ slack: slackClients({ token: "xoxb-1", slackApiUrl, log }), clock, log, mostKept: 2 });
  return { people, clock, asks: () => asked.filter((method) => method === "users.info").length };
}

async function recordedUser(name: string): Promise<object> {
  const file = new URL(`../../../recorded/slack/${name}.json`, import.meta.url);
  return JSON.parse(await readFile(file, "utf8")).user;
}

const inGrid = (over: object): object => ({ id: "W1", ...over });
const enterprise_user = (over: object): object => ({ enterprise_user: { id: "W1", ...over } });

const colleague: Omit<Person, "id"> = { team: HOME };
const unknown: Omit<Person, "id"> = { team: "elsewhere", barred: "unknown" };

type Row = [
  what: string,
  user: Partial<SlackUser>,
  who: Omit<Person, "id">,
  over?: { enterprise?: string; said?: string },
];

const rows: Row[] = [
  ["somebody of this workspace", { team_id: HOME }, colleague],
  ["a guest", { team_id: HOME, is_restricted: true }, { team: HOME, guestIn: [] }],
  ["a guest of one channel", { team_id: HOME, is_ultra_restricted: true }, { team: HOME, guestIn: [] }],
  ["another app's bot", { team_id: HOME, is_bot: true }, { team: HOME, barred: "app" }],
  ["a deactivated account", { team_id: HOME, deleted: true }, { team: HOME, barred: "deactivated" }],
  ["a stranger of Slack Connect", { team_id: "T0ELSE" }, { team: "T0ELSE" }],
  ["a stranger whose payload claims this workspace", { team_id: "T0ELSE" }, { team: "T0ELSE" }, { said: HOME }],
  ["somebody without a workspace", {}, unknown],
  ["somebody without a workspace whose payload names this one", {}, colleague, { said: HOME }],
  ["the same in a Grid, without a word of the organisation", {}, unknown, { said: HOME, enterprise: GRID }],
  [
    "a stranger of another Grid",
    inGrid({ team_id: "T0ELSE", ...enterprise_user({ enterprise_id: "E0OTHER", teams: ["T0ELSE"] }) }),
    { team: "T0ELSE" },
    { enterprise: GRID },
  ],
  [
    "somebody of the Grid who is not in this workspace",
    inGrid({ team_id: "T0SECOND", ...enterprise_user({ enterprise_id: GRID, teams: ["T0SECOND"] }) }),
    { team: "T0SECOND" },
    { enterprise: GRID, said: HOME },
  ],
  [
    "somebody of the Grid, without a list of workspaces, who acts in this one",
    inGrid({ team_id: GRID, ...enterprise_user({ enterprise_id: GRID }) }),
    colleague,
    { enterprise: GRID, said: HOME },
  ],
  [
    "the same without a word of where they act",
    inGrid({ team_id: GRID, ...enterprise_user({ enterprise_id: GRID }) }),
    { team: GRID },
    { enterprise: GRID },
  ],
];

it.each(rows)("tells %s", async (_what, user, who, { said, ...over } = {}) => {
  const { people } = await peopleOf({ user, ...over });
  expect(await people.lookUp("U1", said)).toEqual({ id: "U1", ...who });
});

it.each(["users-info-grid-home-elsewhere", "users-info-grid-org-team"])("%s is a colleague", async (name) => {
  const { people } = await peopleOf({ user: await recordedUser(name), enterprise: GRID });
  expect(await people.lookUp("W2", "T0SECOND")).toEqual({ id: "W2", team: HOME });
});

it("asks again after five minutes, and at once where Slack did not tell", async () => {
  const answers: Answers = { user: { team_id: HOME } };
  const { people, clock, asks } = await peopleOf(answers);
  await people.lookUp("U1");
  clock.advance(5 * 60_000 - 1);
  await people.lookUp("U1");
  expect(asks()).toBe(1);
  answers.user = { team_id: HOME, deleted: true };
  clock.advance(1);
  expect(await people.lookUp("U1")).toMatchObject({ barred: "deactivated" });
  answers.user = undefined;
  expect(await people.lookUp("U2")).toMatchObject({ barred: "unknown" });
  answers.user = { team_id: HOME };
  expect(await people.lookUp("U2")).toEqual({ id: "U2", ...colleague });
});

it("asks once a day which language somebody reads, and keeps the last answer while Slack is silent", async () => {
  const answers: Answers = { user: { team_id: HOME, locale: "zh-TW" } };
  const { people, clock, asks } = await peopleOf(answers);
  expect(people.localeOf("U1")).toBeUndefined();
  expect(await people.localeSoon("U1")).toBe("zh-TW");
  clock.advance(24 * 3_600_000 - 1);
  expect([await people.localeSoon("U1"), asks()]).toEqual(["zh-TW", 1]);
  answers.user = { team_id: HOME, locale: "en-GB" };
  clock.advance(1);
  expect([await people.localeSoon("U1"), people.localeOf("U1"), asks()]).toEqual(["en-GB", "en-GB", 2]);
  answers.user = undefined;
  clock.advance(24 * 3_600_000);
  expect(await people.localeSoon("U1")).toBe("en-GB");
});

it("keeps a bounded number of people", async () => {
  const { people, asks } = await peopleOf({ user: { team_id: HOME } });
  for (const id of ["U1", "U2", "U1", "U3", "U1"]) await people.lookUp(id);
  expect(asks()).toBe(3);
  await people.lookUp("U2");
  expect(asks()).toBe(4);
});

it("lets in nobody whom Slack does not tell of", async () => {
  const b = await botBench();
  const { clock, log } = b.ports;
  const people = slackPeople({ slack: b.clients, clock, log });
  b.slack.faults.plan("users.info", { type: "code", code: "user_not_visible" });
  expect((await people.lookUp(b.carol.id, b.slack.teamId)).team).not.toBe(b.slack.teamId);
  b.slack.faults.plan("users.info", { type: "code", code: "internal_error" });
  await expect(people.lookUp(b.alice.id)).rejects.toMatchObject({ code: "slack-unreachable" });
  b.slack.faults.plan("users.info", { type: "code", code: "missing_scope" });
  expect(await people.lookUp(b.alice.id)).toMatchObject({ barred: "unknown" });
  b.slack.faults.plan("users.info", { type: "hang" });
  expect(await people.lookUpSoon(b.alice.id)).toMatchObject({ barred: "unknown" });
  expect(await people.lookUp("USLACKBOT")).toMatchObject({ barred: "app" });
});
