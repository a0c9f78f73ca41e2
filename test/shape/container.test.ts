import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import type { Stage } from "../fixtures/dockerfile.ts";
import { lastOf, parseDockerfile, readCopy, readEnv } from "../fixtures/dockerfile.ts";
import { ROOT, readText } from "./source-tree.ts";

/** A tag that names one release: three numbers for node and nginx, two for PostgreSQL. */
const PINNED = /^[\w./-]+:\d+\.\d+(?:\.\d+)?-[a-z][\w-]*$/;
const stages = parseDockerfile(readText("Dockerfile"));
const final = lastStage(stages);
const settings = [...readText(".env.example").matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name ?? "");

function lastStage(all: readonly Stage[]): Stage {
  const stage = all.at(-1);
  if (!stage) throw new Error("the Dockerfile has no stage");
  return stage;
}

/** Rules of hadolint and of Docker's guide to building images, as far as they apply here. */
describe("Dockerfile", () => {
  it("starts every stage from one pinned image", () => {
    expect(stages).toHaveLength(2);
    expect(new Set(stages.map(({ image }) => image)).size).toBe(1);
    expect(final.image).toMatch(PINNED);
  });

  it("runs as a user that is not root, named by numbers, in an absolute directory", () => {
    const index = final.steps.findLastIndex(({ name }) => name === "USER");
    expect(final.steps[index]?.text).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(final.steps.slice(index).map(({ name }) => name)).not.toContain("RUN");
    for (const stage of stages) expect(lastOf(stage, "WORKDIR")).toMatch(/^\//);
  });

  it("copies what exists and what .dockerignore lets in", () => {
    const allowed = readText(".dockerignore").split("\n");
    expect(allowed.filter((line) => line !== "" && !line.startsWith("#"))[0]).toBe("*");
    const copies = stages
      .flatMap(({ steps }) => steps.filter(({ name }) => name === "COPY"))
      .map(({ text }) => readCopy(text));
    const sources = copies.filter(({ from }) => from === undefined).flatMap((copy) => copy.sources);
    expect(sources.filter((path) => !existsSync(join(ROOT, path)) || !allowed.includes(`!${path}`))).toEqual([]);
    const names = stages.map(({ name }) => name);
    expect(copies.flatMap(({ from }) => from ?? []).filter((name) => !names.includes(name))).toEqual([]);
  });

  it("installs from the lock, and in the last stage only what runs", () => {
    const runs = stages.map(({ steps }) => steps.filter(({ name }) => name === "RUN").map(({ text }) => text));
    expect(runs.flat().filter((run) => /\bnpm i(?:nstall)?\b|\bsudo\b|\bcurl\b|\bapt-get\b/.test(run))).toEqual([]);
    expect(runs[0]).toContain("npm ci");
    expect(runs[1]?.filter((run) => run.includes("npm ci"))).toEqual(["npm ci --omit=dev && npm cache clean --force"]);
  });

  it("keeps the layers in the order in which they change: the lock before the sources", () => {
    const [build] = stages;
    const at = (text: RegExp): number => build?.steps.findIndex((step) => text.test(step.text)) ?? -1;
    expect(at(/^npm ci$/)).toBeLessThan(at(/^src /));
  });

  it("has a health check and a command in exec form, which starts as npm start does", () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readText("package.json")));
    const command = z.array(z.string()).parse(JSON.parse(lastOf(final, "CMD") ?? ""));
    expect(`exec ${command.join(" ")}`).toBe(scripts.start);
    expect(lastOf(final, "HEALTHCHECK")).toMatch(
      /^--interval=\w+ --timeout=\w+ --start-period=\w+ --retries=\d+ CMD \[/,
    );
  });

  it("holds no secret and no setting that is none", () => {
    expect(Object.keys(readEnv(final)).filter((name) => name !== "NODE_ENV" && !settings.includes(name))).toEqual([]);
    expect(readText("Dockerfile")).not.toMatch(/^(?:ARG|ADD)\b|xoxb-|xapp-|TOKEN|SECRET|PASSWORD/m);
  });
});

const serviceSchema = z.object({
  image: z.string(),
  build: z.string().optional(),
  restart: z.literal("unless-stopped"),
  read_only: z.boolean().optional(),
  user: z.string().optional(),
  privileged: z.never().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.tuple([z.literal("no-new-privileges:true")]),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  configs: z.array(z.object({ source: z.string(), target: z.string() })).default([]),
  stop_grace_period: z.string().optional(),
  deploy: z.object({ replicas: z.number() }).optional(),
});
const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
  configs: z.record(z.string(), z.object({ content: z.string() })).default({}),
});

describe.each(["compose.yml", "compose.replicas.yml"])("%s", (file) => {
  const compose = composeSchema.parse(parse(readText(file)));
  const services = Object.entries(compose.services);

  it("takes pinned images, or the one that is built here", () => {
    expect(services.filter(([, { image, build }]) => build === undefined && !PINNED.test(image))).toEqual([]);
  });

  it("gives the bot and the proxy a read-only tree and no rights, and time to drain", () => {
    for (const [name, service] of services.filter(([name]) => name !== "postgres")) {
      expect({ name, read_only: service.read_only, cap_drop: service.cap_drop }).toEqual({
        name,
        read_only: true,
        cap_drop: ["ALL"],
      });
    }
    expect(Number.parseInt(compose.services.bot?.stop_grace_period ?? "0", 10)).toBeGreaterThan(20);
  });

  it("sets what the bot reads, and mounts what it declares", () => {
    expect(Object.keys(compose.services.bot?.environment ?? {}).filter((name) => !settings.includes(name))).toEqual([]);
    const mounted = services.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(":")[0] ?? ""));
    expect(mounted).toEqual(Object.keys(compose.volumes));
    const sources = services.flatMap(([, { configs }]) => configs.map(({ source }) => source));
    expect(sources).toEqual(Object.keys(compose.configs));
  });
});

describe("compose.replicas.yml", () => {
  const compose = composeSchema.parse(parse(readText("compose.replicas.yml")));

  it("has three bots in HTTP mode on one database", () => {
    const { bot } = compose.services;
    expect(bot?.deploy?.replicas).toBe(3);
    expect(bot?.environment).toMatchObject({
      SLACK_APP_TOKEN: "",
      STORE_URL: expect.stringMatching(/^postgres:.*@postgres:5432\//),
    });
  });

  it("tells the bots who is behind the proxy, with nginx's own variables kept from compose", () => {
    const content = compose.configs.proxy?.content ?? "";
    expect(content).toContain("X-Forwarded-For");
    expect(content.replaceAll("$$", "")).not.toContain("$");
  });
});

describe(".github/workflows/image.yml", () => {
  const job = z.object({ needs: z.string().optional(), steps: z.array(z.looseObject({ run: z.string().optional() })) });
  const workflow = z
    .object({
      on: z.object({ push: z.object({ tags: z.array(z.string()) }).strict() }),
      permissions: z.record(z.string(), z.string()),
      jobs: z.object({ check: job, publish: job }),
    })
    .parse(parse(readText(".github/workflows/image.yml")));

  it("publishes on a tag alone, after the checks, with no more rights than it needs", () => {
    expect(workflow.on.push.tags).toEqual(["v*"]);
    expect(workflow.permissions).toEqual({ contents: "read", packages: "write" });
    expect(workflow.jobs.publish.needs).toBe("check");
    expect(workflow.jobs.check.steps.map(({ run }) => run)).toContain(".ci/run");
  });
});
