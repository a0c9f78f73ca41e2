import type { ChildProcess } from "node:child_process";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { World } from "../../sandbox/world.ts";
import { startWorld } from "../../sandbox/world.ts";
import type { Stage } from "../fixtures/dockerfile.ts";
import { lastOf, parseDockerfile, readCopy, readEnv } from "../fixtures/dockerfile.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);
const BUILD_MS = 300_000;
/** Only root may become somebody else; everybody else is unprivileged already. */
const IS_ROOT = process.getuid?.() === 0;

interface Image {
  /** Stands for `/`. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: { readonly uid?: number; readonly gid?: number };
  readonly stage: Stage;
}

/** Where a path of the image is on this machine. */
function within(root: string, path: string, workdir: string): string {
  return path.startsWith("/") ? join(root, path) : join(root, workdir, path);
}

/** Carries out COPY and RUN of every stage below a directory. The first stage's packages are those of this checkout. */
async function build(dir: string): Promise<Image> {
  const stages = parseDockerfile(await readFile(join(ROOT, "Dockerfile"), "utf8"));
  const roots = new Map<string, string>();
  for (const [i, stage] of stages.entries()) {
    const root = join(dir, `stage-${i}`);
    roots.set(stage.name ?? "", root);
    const workdir = lastOf(stage, "WORKDIR") ?? "/";
    await mkdir(join(root, workdir), { recursive: true });
    for (const { name, text } of stage.steps) {
      if (name === "COPY") await copyInto(root, workdir, text, roots);
      if (name === "RUN" && text === "npm ci")
        await symlink(join(ROOT, "node_modules"), join(root, workdir, "node_modules"));
      else if (name === "RUN")
        await shell(
          text.replaceAll(/ (\/\w+)/g, (_all, path) => ` ${join(root, path)}`),
          join(root, workdir),
        );
    }
  }
  const stage = stages.at(-1);
  const root = roots.get(stage?.name ?? "");
  if (!stage || !root) throw new Error("the Dockerfile has no stage");
  const [uid, gid] = (lastOf(stage, "USER") ?? "").split(":").map(Number);
  const env = Object.fromEntries(
    Object.entries(readEnv(stage)).map(([key, value]) => [key, value.replace("file:/", `file:${root}/`)]),
  );
  return { root, env, stage, user: IS_ROOT && uid && gid ? { uid, gid } : {} };
}

async function copyInto(
  root: string,
  workdir: string,
  text: string,
  roots: ReadonlyMap<string, string>,
): Promise<void> {
  const { from, sources, target } = readCopy(text);
  const base = from === undefined ? ROOT : (roots.get(from) ?? "");
  for (const source of sources) {
    const isFolder = target.endsWith("/");
    const to = within(root, isFolder ? join(target, basename(source)) : target, workdir);
    await cp(from === undefined ? join(base, source) : within(base, source, "/"), to, { recursive: true });
  }
}

async function shell(command: string, cwd: string): Promise<void> {
  const cleaned = IS_ROOT ? command : command.replaceAll(/\bchown\b/g, ":");
  // Cached packages will do, and the cache of whoever runs this is not the image's to clean.
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    npm_config_prefer_offline: "true",
    npm_config_audit: "false",
  };
  await run("sh", ["-ec", cleaned.replace(/ && npm cache clean --force$/, "")], { cwd, env, timeout: BUILD_MS });
}

const startedSchema = z.object({ msg: z.string(), port: z.number().optional() });

/** Waits for a line of the log. @throws when the process ends before */
function logged(child: ChildProcess, msg: string, lines: string[]): Promise<z.infer<typeof startedSchema>> {
  return new Promise((found, failed) => {
    const { stdout } = child;
    if (!stdout) throw new Error("the bot has no output");
    createInterface({ input: stdout }).on("line", (line) => {
      lines.push(line);
      const told = startedSchema.safeParse(JSON.parse(line));
      if (told.success && told.data.msg === msg) found(told.data);
    });
    child.once("exit", (code) => failed(new Error(`it ended with ${code}:\n${lines.join("\n")}`)));
  });
}

describe("the image", () => {
  const place: { world?: World; dir?: string; image?: Image } = {};
  beforeAll(async () => {
    place.dir = await mkdtemp(join(tmpdir(), "avatar-bot-image-"));
    await chmod(place.dir, 0o755);
    [place.world, place.image] = await Promise.all([startWorld(), build(place.dir)]);
    await run("chmod", ["-R", "a-w", join(place.image.root, "app")]);
  }, BUILD_MS);
  afterAll(async () => {
    await place.world?.close();
    if (place.dir === undefined) return;
    await run("chmod", ["-R", "u+w", place.dir]);
    await rm(place.dir, { recursive: true });
  });

  function ready(): { world: World; image: Image; env: Record<string, string> } {
    const { world, image } = place;
    if (!world || !image) throw new Error("the image is not built");
    const { HOST: _host, STORE_URL: _store, ...settings } = world.env;
    return { world, image, env: { PATH: process.env.PATH ?? "", ...image.env, ...settings, PORT: "0" } };
  }

  it("has the packages that run, and none that only build or test", async () => {
    const { image } = ready();
    const packages = await readdir(join(image.root, "app/node_modules"));
    expect(packages).toContain("pino");
    for (const name of ["vitest", "typescript", "@biomejs", "playwright-core"]) expect(packages).not.toContain(name);
    expect(await readdir(join(image.root, "app"))).toEqual([
      "LICENSE",
      "dist",
      "manifest.yml",
      "node_modules",
      "package-lock.json",
      "package.json",
      "upload-page",
    ]);
  });

  it("passes the doctor, starts without writing to its tree, answers its health check and drains", async () => {
    const { image, env } = ready();
    const app = join(image.root, "app");
    const options = { cwd: app, ...image.user };
    const doctor = await run(process.execPath, ["dist/doctor.js"], { ...options, env });
    expect(doctor.stdout).toMatch(/^✓ data directory .*\/data can be written/m);
    expect(doctor.stdout).not.toMatch(/^✗/m);

    const [, ...args] = z.array(z.string()).parse(JSON.parse(lastOf(image.stage, "CMD") ?? ""));
    const lines: string[] = [];
    const bot = spawn(process.execPath, args, { ...options, env, stdio: ["ignore", "pipe", "inherit"] });
    const listening = logged(bot, "listening", lines);
    await logged(bot, "ready", lines);
    const { port } = await listening;

    const check = /CMD (\[.*\])$/.exec(lastOf(image.stage, "HEALTHCHECK") ?? "")?.[1] ?? "";
    const [, ...checkArgs] = z.array(z.string()).parse(JSON.parse(check));
    const healthy = () => run(process.execPath, checkArgs, { ...options, env: { ...env, PORT: String(port) } });
    await expect
      .poll(
        () =>
          healthy().then(
            () => "healthy",
            () => "unhealthy",
          ),
        { timeout: 30_000 },
      )
      .toBe("healthy");

    bot.kill("SIGTERM");
    expect(await once(bot, "exit")).toEqual([0, null]);
    expect(await readdir(join(image.root, "data"))).toContain("requests");
    await expect(healthy()).rejects.toMatchObject({ code: 1 });
  });
});
