import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { createMetrics } from "../../../src/ops/metrics.ts";
import { parsePromql } from "../../fixtures/promql.ts";

const ruleSchema = z.strictObject({
  alert: z.string().regex(/^AvatarBot[A-Z]\w+$/),
  expr: z.string(),
  for: z
    .string()
    .regex(/^\d+[smh]$/)
    .optional(),
  labels: z.strictObject({ severity: z.enum(["page", "ticket"]) }),
  annotations: z.strictObject({ summary: z.string(), action: z.string() }),
});
const { groups } = z
  .strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(ruleSchema) })) })
  .parse(parse(readFileSync("ops/alerts.yml", "utf8")));
const rules = groups.flatMap((group) => group.rules);

const dashboard = z
  .object({
    title: z.string(),
    uid: z.string(),
    schemaVersion: z.number(),
    templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
    panels: z.array(
      z.object({
        id: z.number(),
        title: z.string(),
        datasource: z.object({ type: z.literal("prometheus"), uid: z.string().regex(/^\$\{datasource\}$/) }),
        gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
        targets: z.array(z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string() })).min(1),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync("ops/grafana-dashboard.json", "utf8")));

/** The labels of every metric that /metrics has; those that the scraper adds are in all of them. */
async function exported(): Promise<Map<string, string[]>> {
  const metrics = createMetrics({
    version: "1",
    store: { count: async () => [], list: async () => [] },
    now: () => 0,
    problems: async () => [],
  });
  metrics.gatewayCall({ route: "r", code: "0" });
  metrics.slackCall({ method: "m", outcome: "answered" });
  const { text } = await metrics.render();
  const names = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name ?? "");
  const labels = (name: string): string[] =>
    [...(new RegExp(`^${name}\\{([^}]*)\\}`, "m").exec(text)?.[1] ?? "").matchAll(/(\w+)="/g)].map(
      ([, label]) => label ?? "",
    );
  const extra: Record<string, string[]> = {
    avatar_bot_requests: ["kind", "state"],
    avatar_bot_transfers_total: ["outcome"],
  };
  return new Map([...names.map((name) => [name, extra[name] ?? labels(name)] as const), ["up", []]]);
}

describe.each([
  ["ops/alerts.yml", rules.map(({ alert, expr }) => ({ name: alert, expr }))],
  [
    "ops/grafana-dashboard.json",
    dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ name: title, expr }))),
  ],
])("%s", (_file, expressions) => {
  it.each(expressions)("asks for what /metrics has: $name", async ({ expr }) => {
    const known = await exported();
    for (const { metric, labels } of parsePromql(expr).selectors) {
      expect([...known.keys()]).toContain(metric);
      expect(["job", "instance", ...(known.get(metric) ?? [])]).toEqual(expect.arrayContaining([...labels]));
    }
  });
});

describe("ops/alerts.yml", () => {
  it("names each alert once, and every one compares with something", () => {
    const names = rules.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
    for (const { expr } of rules) expect(expr).toMatch(/==|>|</);
  });
});

describe("ops/grafana-dashboard.json", () => {
  it("has panels that do not overlap, each with an id of its own", () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(new Set(panels.map(({ gridPos: { x, y } }) => `${x}/${y}`)).size).toBe(panels.length);
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    expect(dashboard.templating.list).toContainEqual(
      expect.objectContaining({ name: "datasource", type: "datasource" }),
    );
  });

  it("shows every metric of ours", async () => {
    const shown = dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => parsePromql(expr).metrics));
    const ours = [...(await exported()).keys()].filter((name) => name.startsWith("avatar_bot_"));
    expect(ours.filter((name) => !shown.includes(name))).toEqual([]);
  });
});

describe("an expression", () => {
  it.each([
    ["avatar_bot_ready ==== 0", "nothing follows"],
    ["rate(avatar_bot_ticks_total)", "needs a range"],
    ["avatar_bot_ready[5m] == 0", "has a range"],
    ["sum(avatar_bot_ready", "brackets"],
    ["avatar_bot_ready{job=avatar} == 0", "selects nothing"],
    ["1 > 0", "names no metric"],
  ])("that is wrong is noticed: %s", (expr, why) => {
    expect(() => parsePromql(expr)).toThrow(why);
  });
});
