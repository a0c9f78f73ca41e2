import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { tempDir } from "../../fixtures/temp-dir.ts";

const SCRIPTS = ["prestart", "predoctor", "presandbox"] as const;

/** A copy of what npm runs first, on a Node that calls itself so. */
async function shellOn(version: string, isBuilt: boolean) {
  const dir = await tempDir();
  for (const part of ["bin", "package.json"]) cpSync(resolve(part), join(dir, part), { recursive: true });
  if (isBuilt) mkdirSync(join(dir, "dist"));
  if (isBuilt) for (const name of ["main.js", "doctor.js"]) writeFileSync(join(dir, "dist", name), "");
  writeFileSync(join(dir, "other.cjs"), `Object.defineProperty(process, "version", { value: "${version}" });`);
  const env = { ...process.env, NODE_OPTIONS: `--require ${join(dir, "other.cjs")}` };
  return (script: string) => {
    const shell = spawnSync("sh", ["-c", script], { cwd: dir, env, encoding: "utf8" });
    return [shell.status, shell.stderr];
  };
}

describe("before the bot, the doctor or the sandbox starts", () => {
  const { scripts } = JSON.parse(spawnSync("cat", ["package.json"], { encoding: "utf8" }).stdout);

  it.each(SCRIPTS)("an old Node is told which one is needed: %s", async (name) => {
    for (const version of ["v18.20.8", "v20.18.3"]) {
      const run = await shellOn(version, true);
      expect(run(scripts[name])).toEqual([1, `This is Node ${version}: avatar-bot needs Node 20.19 or newer.\n`]);
    }
  });

  it.each(SCRIPTS)("nothing is said on a Node that suits: %s", async (name) => {
    for (const version of ["v20.19.0", "v22.1.0", "v24.0.0"])
      expect((await shellOn(version, true))(scripts[name])).toEqual([0, ""]);
  });

  it("a build that is missing is named, but not to the sandbox, which builds", async () => {
    const run = await shellOn("v20.19.0", false);
    for (const name of ["prestart", "predoctor"])
      expect(run(scripts[name])).toEqual([1, "dist/ is missing. Run `npm run build`.\n"]);
    expect(run(scripts.presandbox)).toEqual([0, ""]);
  });
});
