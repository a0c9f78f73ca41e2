import { describe, expect, it } from "vitest";
import type { Person } from "../../../src/core/approval.ts";
import type { Customization } from "../../../src/core/customization.ts";
import type { Waiting } from "../../../src/core/waits-for.ts";
import { isWorkingTime, localTime } from "../../../src/core/working-hours.ts";
import { decide } from "../../../src/flow/decide.ts";
import { remind } from "../../../src/flow/remind.ts";
import { reminders, remindPeople } from "../../../src/flow/remind-people.ts";
import type { RemindPorts } from "../../../src/flow/tell-at-work.ts";
import { DAY, HOUR, OPERATOR, round, START, TEAM, task } from "../../fixtures/customization-fixture.ts";
import { processIn } from "../../twins/twins.ts";
import type { Bench } from "./bench.ts";
import { alice, bench, bob, openAwaiting } from "./bench.ts";

const [ann, ben, cy] = ["U0ANN", "U0BEN", "U0CY"];
const ZONES: Readonly<Record<string, string>> = {
  [alice.id]: "Europe/London",
  [ann]: "America/Los_Angeles",
  [ben]: "Asia/Kolkata",
  [cy]: "Pacific/Auckland",
};

interface Sent {
  readonly user: string;
  readonly at: number;
  readonly waiting: readonly Waiting[];
}

interface Reminding {
  readonly ports: RemindPorts;
  readonly sent: Sent[];
  readonly people: Map<string, Partial<Person>>;
}

function reminding(b: Bench, over: Partial<RemindPorts> = {}, process = b.ports): Reminding {
  const sent: Sent[] = [];
  const people = new Map<string, Partial<Person>>();
  const ports: RemindPorts = {
    ...process,
    directory: {
      find: async (id) => ({ who: { id, team: TEAM, ...people.get(id) }, timeZone: ZONES[id] }),
      membersOf: async () => [ben, cy],
      isMember: async () => true,
    },
    nudges: { send: async (user, waiting) => void sent.push({ user, at: b.w.clock.now(), waiting }) },
    remindAfterMs: 24 * HOUR,
    slowMs: () => undefined,
    ...over,
  };
  return { ports, sent, people };
}

function waitingFor(b: Bench, approvers: string[], n = 1): Promise<Customization> {
  const offered = { state: "awaiting-decision", rounds: [round()], approvers } as const;
  return b.open({
    ...offered,
    rounds: [round({ offeredAt: b.w.clock.now() })],
    formId: `V${n}`,
    name: `Name-${n}`,
    task: task({ id: `task-${n}` }),
  });
}

/** Lets a fortnight pass, half an hour at a time. */
async function fortnight(b: Bench, ...sweeps: ReadonlyArray<() => Promise<void>>): Promise<void> {
  for (let i = 0; i < 14 * 48; i += 1) {
    b.w.clock.advance(HOUR / 2);
    await Promise.all(sweeps.map((sweep) => sweep()));
  }
}

describe("reminders over a fortnight in three time zones", () => {
  it("come once a working day, in working hours, for everything that waits", async () => {
    const b = bench();
    await waitingFor(b, [ann, ben, cy], 1);
    await waitingFor(b, [ben], 2);
    const { ports, sent } = reminding(b);
    await fortnight(b, reminders(ports));
    for (const user of [ann, ben, cy]) {
      const theirs = sent.filter((one) => one.user === user);
      const days = theirs.map(({ at }) => localTime(at, ZONES[user]));
      expect(days.every(isWorkingTime)).toBe(true);
      expect(new Set(days.map(({ day }) => day)).size).toBe(days.length);
      // START is a Monday: nine working days are left after the first twenty-four hours, or ten where it is late by then.
      expect(days.length).toBeGreaterThanOrEqual(9);
    }
    expect(sent.filter(({ user }) => user === ben).every(({ waiting }) => waiting.length === 2)).toBe(true);
    expect(sent.every(({ at }) => at - START >= DAY)).toBe(true);
    expect(sent.some(({ user }) => user === alice.id)).toBe(false);
  });

  it("come to each who is in a group of approvers", async () => {
    const b = bench();
    await waitingFor(b, ["S0DESIGN"]);
    const { ports, sent } = reminding(b);
    await fortnight(b, reminders(ports));
    expect(new Set(sent.map(({ user }) => user))).toEqual(new Set([ben, cy]));
  });

  it("come from one of several replicas", async () => {
    const b = bench();
    await waitingFor(b, [ben]);
    const one = reminding(b);
    const other = reminding(b, {}, processIn(b.w));
    await fortnight(b, reminders(one.ports), reminders(other.ports));
    const days = [...one.sent, ...other.sent].map(({ at }) => localTime(at, ZONES[ben]).day);
    expect(new Set(days).size).toBe(days.length);
    expect(days.length).toBeGreaterThanOrEqual(9);
  });

  it("stop with REMIND_AFTER_HOURS=0, and when nothing waits any more", async () => {
    const b = bench();
    await openAwaiting(b);
    const never = reminding(b, { remindAfterMs: 0 });
    await fortnight(b, reminders(never.ports));
    expect(never.sent).toEqual([]);
    expect(b.w.card.told()).not.toContain("long-wait");
    await decide(b.ports, { id: "AV-1", round: 1, operate: "AGREE", who: bob });
    const done = reminding(b);
    await fortnight(b, reminders(done.ports));
    expect(done.sent).toEqual([]);
  });

  it("are not for people who have left, and for guests only while they are in the channel", async () => {
    const b = bench();
    await waitingFor(b, [ben, cy]);
    const { ports, sent, people } = reminding(b, {
      directory: {
        find: async (id) => ({ who: { id, team: TEAM, ...people.get(id) }, timeZone: ZONES[id] }),
        membersOf: async () => [],
        isMember: async () => undefined,
      },
    });
    people.set(ben, { barred: "deactivated" }).set(cy, { guestIn: [] });
    await fortnight(b, reminders(ports));
    expect(sent).toEqual([]);
  });
});

describe("the requester", () => {
  it("is told once after three working days, in their own working hours", async () => {
    const b = bench();
    await waitingFor(b, [ben]);
    const { ports } = reminding(b);
    await fortnight(b, reminders(ports));
    const c = await b.now();
    const told = c.outbox.filter(({ content }) => content.type === "long-wait");
    expect(told).toMatchObject([{ content: { to: alice.id, people: [ben] }, delivered: "200.0" }]);
    // Since Monday 9:00: Thursday 9:00.
    expect(new Date(told[0]?.at ?? 0).toISOString()).toBe("2025-11-06T09:00:00.000Z");
  });

  it("learns which approvers have left, once", async () => {
    const b = bench();
    await waitingFor(b, [ben, cy]);
    const { ports, people } = reminding(b);
    people.set(cy, { barred: "deactivated" });
    await fortnight(b, reminders(ports));
    const told = (await b.now()).outbox.filter(({ content }) => content.type === "approvers-left");
    expect(told).toMatchObject([{ content: { to: alice.id, people: [cy] } }]);
  });
});

describe("a slow stage", () => {
  it("is told once to the requester and each operator, at work", async () => {
    const b = bench();
    await b.open({ state: "running", task: task({ stage: "TRAIN", since: START }) });
    const { ports } = reminding(b, { slowMs: () => 30 * HOUR });
    await fortnight(b, reminders(ports));
    const told = (await b.now()).outbox.filter(({ content }) => content.type === "stage-late");
    expect(told.map(({ content }) => "to" in content && content.to)).toEqual([alice.id, OPERATOR]);
    expect(told.every(({ at }) => at - START > 30 * HOUR)).toBe(true);
    const unknown = bench();
    await unknown.open({ state: "running", task: task({ stage: "TRAIN", since: START }) });
    await fortnight(unknown, reminders(reminding(unknown).ports));
    expect(unknown.w.card.told()).toEqual([]);
  });
});

describe("Remind", () => {
  it("mentions who is next in the thread, at most every four hours", async () => {
    const b = bench();
    await waitingFor(b, [ann, ben]);
    const ask = { id: "AV-1", who: alice };
    expect(await remind(b.ports, { ...ask, who: { id: "U0EVE", team: TEAM } })).toMatchObject({
      type: "may-not-remind",
    });
    await remind(b.ports, ask);
    expect((await b.now()).history.at(-1)?.event).toEqual({ type: "reminded", people: [ann, ben] });
    expect(b.w.card.told()).toEqual(["reminder"]);
    b.w.clock.advance(4 * HOUR - 1);
    expect(await remind(b.ports, ask)).toEqual({ type: "reminded-already", by: alice.id, at: START });
    b.w.clock.advance(1);
    expect(await remind(b.ports, { ...ask, who: { id: ann, team: TEAM } })).toHaveProperty("state");
    expect((await b.now()).history.at(-1)?.event).toEqual({ type: "reminded", people: [ben] });
  });

  it("reminds nobody of what waits for nobody else", async () => {
    const b = bench();
    await b.open();
    expect(await remind(b.ports, { id: "AV-1", who: alice })).toEqual({ type: "nobody-to-remind" });
  });
});

it("one reminder that fails does not keep others from theirs, and is not sent twice", async () => {
  const b = bench();
  await waitingFor(b, [ben, "U0DEE"]);
  const tried: string[] = [];
  const nudges = {
    send: async (user: string) => {
      tried.push(user);
      if (user === ben) throw new Error("Slack said internal_error");
    },
  };
  const { ports } = reminding(b, { nudges });
  b.w.clock.advance(26 * HOUR - 4 * HOUR);
  b.w.clock.advance(4 * HOUR);
  await remindPeople(ports);
  await remindPeople(ports);
  expect(tried).toEqual(["U0BEN", "U0DEE"]);
});
