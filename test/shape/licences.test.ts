import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readText } from "./source-tree.ts";

/** Licences that ask for no more than to be named. Another one needs a decision, and a line here. */
const ALLOWED = ["0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "Unlicense"];

/** Packages whose licence stands in their readme alone. */
const BY_README: Readonly<Record<string, string>> = { "node_modules/combine-errors": "MIT" };

const packageSchema = z.object({ license: z.string().default("none"), dev: z.boolean().default(false) });
type Package = z.infer<typeof packageSchema>;

const lockSchema = z.object({ packages: z.record(z.string(), packageSchema) });
const { packages } = lockSchema.parse(JSON.parse(readText("package-lock.json")));

describe("the licences of what is delivered", () => {
  it("are allowed, in the whole tree of dependencies", () => {
    const delivered = Object.entries(packages).filter(([, { dev }]) => !dev);
    expect(delivered.length).toBeGreaterThan(100);
    expect(refused(delivered)).toEqual([]);
  });

  it.each([
    ["an unknown one", "GPL-3.0-only"],
    ["none", "none"],
    ["two at once, one unknown", "(MIT AND SSPL-1.0)"],
  ])("are refused: %s", (_what, license) => {
    expect(refused([["node_modules/other", { license, dev: false }]])).toEqual([`node_modules/other: ${license}`]);
  });

  it("may be chosen from", () => {
    expect(refused([["node_modules/other", { license: "(AFL-2.1 OR BSD-3-Clause)", dev: false }]])).toEqual([]);
  });
});

function refused(delivered: ReadonlyArray<readonly [string, Package]>): string[] {
  return delivered.flatMap(([path, { license }]) =>
    isAllowed(BY_README[path] ?? license) ? [] : [`${path}: ${license}`],
  );
}

/** An SPDX expression: of several joined by OR one suffices. */
function isAllowed(license: string): boolean {
  const choices = license.replace(/^\((.*)\)$/, "$1").split(" OR ");
  return choices.some((choice) => ALLOWED.includes(choice));
}
