import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const SRC = resolve(import.meta.dirname, "../../src");

const lines = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .flatMap((path) => {
    const text = readFileSync(join(SRC, path), "utf8");
    return text.split("\n").map((line, i) => ({ path, line, at: `src/${path}:${i + 1}` }));
  });

it.each([
  ["result codes, e.g. 100005,", /\b1[01]00\d\d\b/, "tencent/result-codes.ts"],
  ["payload fields, e.g. IdentityCosUrl,", /\w+CosUrl\b/, "tencent/"],
])("the vendor's %s have one home", (_, form, home) => {
  const found = lines.filter(({ line }) => form.test(line));
  expect(found.length).toBeGreaterThan(2);
  expect(found.filter(({ path }) => !path.startsWith(home)).map(({ at }) => at)).toEqual([]);
});
