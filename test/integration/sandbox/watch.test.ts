import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { compile, onChangeIn } from "../../../sandbox/watch.ts";
import { tempDir } from "../../fixtures/temp-dir.ts";

async function smallProject(source: string): Promise<{ readonly dir: string; readonly project: string }> {
  const dir = await tempDir();
  const project = join(dir, "tsconfig.json");
  await mkdir(join(dir, "src"));
  await writeFile(join(dir, "src/main.ts"), source);
  await writeFile(project, JSON.stringify({ compilerOptions: { outDir: "dist", rootDir: "src", types: [] } }));
  return { dir, project };
}

describe("watching the source", () => {
  it("notices a file that is written, also in a folder below", async () => {
    const dir = await tempDir();
    await mkdir(join(dir, "core"));
    const changed = vi.fn();
    onTestFinished(onChangeIn(dir, changed));
    await writeFile(join(dir, "core/state.ts"), "");
    await vi.waitFor(() => expect(changed).toHaveBeenCalled());
  });

  it("compiles what has no errors", async () => {
    const { dir, project } = await smallProject("export const port: number = 3000;");
    expect(await compile(project)).toBeUndefined();
    expect(await readFile(join(dir, "dist/main.js"), "utf8")).toContain("3000");
  });

  it("names the error of what does not compile, and writes nothing", async () => {
    const { dir, project } = await smallProject('export const port: number = "3000";');
    expect(await compile(project)).toMatch(/src\/main\.ts\(1,14\): error TS2322/);
    expect(await readdir(dir)).not.toContain("dist");
  });
});
