import { isBuiltin } from "node:module";
import { describe, expect, it } from "vitest";
import type { Source } from "./source-tree.ts";
import { readSources } from "./source-tree.ts";

const ALL_OF_SRC = [
  "src/core",
  "src/flow",
  "src/bot",
  "src/upload",
  "src/tencent",
  "src/media",
  "src/store",
  "src/ops",
  "src/config.ts",
  "src/setting-reader.ts",
  "src/store-location.ts",
  "src/compose.ts",
  "src/compose-tencent.ts",
];

/** What each part may import of ours besides itself: the arrows of ARCHITECTURE.md. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "src/core": [],
  "src/flow": ["src/core"],
  "src/bot": ["src/core", "src/flow"],
  "src/upload": ["src/core", "src/flow"],
  "src/tencent": ["src/core"],
  "src/store": ["src/core"],
  "src/media": ["src/core"],
  "src/ops": ["src/core"],
  "src/store-location.ts": [],
  "src/setting-reader.ts": ["src/store-location.ts"],
  "src/config.ts": ["src/setting-reader.ts", "src/store-location.ts"],
  "src/compose-tencent.ts": ["src/core", "src/tencent", "src/ops", "src/config.ts"],
  "src/compose.ts": [
    "src/compose-tencent.ts",
    "src/core",
    "src/flow",
    "src/bot",
    "src/upload",
    "src/tencent",
    "src/store",
    "src/media",
    "src/ops",
    "src/config.ts",
  ],
  "src/main.ts": ["src/compose.ts", "src/core", "src/flow", "src/bot", "src/ops", "src/config.ts"],
  "src/diagnose.ts": ["src/core", "src/bot", "src/tencent", "src/store", "src/ops", "src/config.ts"],
  "src/doctor.ts": ["src/diagnose.ts", "src/core", "src/ops"],
  "src/migrate.ts": ["src/core", "src/store", "src/ops", "src/config.ts"],
  "src/store-copy.ts": ["src/core", "src/store", "src/ops", "src/store-location.ts"],
  "sandbox/page/client": ["sandbox"],
  sandbox: [],
  bench: [...ALL_OF_SRC, "sandbox"],
  test: [...ALL_OF_SRC, "src/main.ts", "src/diagnose.ts", "sandbox/page/client", "sandbox", "bench"],
  "vitest.config.ts": [],
};

/** The arrows inside src/bot. Besides them its rooms import core, and those that act import flow. */
const BOT_MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "src/bot/slack-app.ts": ["listeners", "publish", "slack", "cards", "flow"],
  "src/bot/listeners": ["publish", "files", "slack", "cards", "flow"],
  "src/bot/publish": ["slack", "cards", "flow"],
  "src/bot/files": ["slack"],
  "src/bot/slack": ["cards"],
  "src/bot/cards": ["words"],
  "src/bot/words": [],
};

/** Parts that take nothing from outside but this. */
const TAKES_FROM_OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  "src/core": ["zod", "node:crypto"],
  "src/flow": ["p-queue"],
  "src/media": [
    "mediainfo.js",
    "yauzl",
    "zod",
    "p-queue",
    "node:crypto",
    "node:path",
    "node:stream",
    "node:stream/promises",
    "node:v8",
    "node:worker_threads",
    "node:zlib",
  ],
  "sandbox/page/client": ["preact", "preact/hooks"],
};

/** What a worker thread runs. */
const THREAD = "src/media/worker";
const PARSERS = ["mediainfo.js", "yauzl"];

const sources = readSources();

describe("imports", () => {
  it("finds the files and their imports", () => {
    const state = sources.find((source) => source.path === "src/core/record.ts");
    expect(state?.imports).toContain("src/core/state.ts");
  });

  it("come from a part that has a row here", () => {
    expect(sources.filter((source) => partOf(source.path) === undefined).map((source) => source.path)).toEqual([]);
  });

  it.each(Object.entries(MAY_IMPORT))("of %s point along the arrows", (part, allowed) => {
    expect(wrongImports(part, (name) => isOurs(name) && ![part, ...allowed].includes(partOf(name) ?? ""))).toEqual([]);
  });

  it.each(Object.entries(BOT_MAY_IMPORT))("of %s point along the arrows inside src/bot", (room, allowed) => {
    const targets = [`${room}/`, "src/core/", ...allowed.map((name) => `src/${name === "flow" ? "" : "bot/"}${name}/`)];
    const others = (name: string): boolean => isOurs(name) && !targets.some((target) => name.startsWith(target));
    expect(sources.some(({ path }) => isIn(room, path))).toBe(true);
    expect(wrongImports(room, others)).toEqual([]);
  });

  it("of src/bot come from a room that has a row here", () => {
    const rooms = Object.keys(BOT_MAY_IMPORT);
    const homeless = sources.filter(({ path }) => isIn("src/bot", path) && !rooms.some((room) => isIn(room, path)));
    expect(homeless.map(({ path }) => path)).toEqual([]);
  });

  it.each(Object.entries(TAKES_FROM_OUTSIDE))("of %s from outside are those of its row", (part, allowed) => {
    expect(wrongImports(part, (name) => !isOurs(name) && !allowed.includes(name))).toEqual([]);
  });

  it("of parsers stand in the worker thread's code alone, so that no file can block the process", () => {
    const isParser = (name: string) => name.startsWith(`${THREAD}/`) || PARSERS.includes(name);
    const outside = sources.filter(({ path }) => path.startsWith("src/") && !path.startsWith(`${THREAD}/`));
    const wrong = outside.flatMap(({ path, imports }) => imports.filter(isParser).map((name) => `${path} → ${name}`));
    expect(wrong).toEqual([]);
  });

  it("name node's own modules as such", () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports.filter((name) => isBuiltin(name) && !name.startsWith("node:")).map((name) => `${path} → ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});

function wrongImports(part: string, isWrong: (name: string) => boolean): string[] {
  return sources
    .filter(({ path }) => isIn(part, path) && (partOf(path) === part || part in BOT_MAY_IMPORT))
    .flatMap((source: Source) => source.imports.filter(isWrong).map((name) => `${source.path} → ${name}`));
}

/** A file of ours is named from the root; everything else is a package or a module of node's. */
function isOurs(name: string): boolean {
  return partOf(name) !== undefined || /\.tsx?$/.test(name);
}

function partOf(path: string): string | undefined {
  return Object.keys(MAY_IMPORT).find((part) => isIn(part, path));
}

function isIn(part: string, path: string): boolean {
  return path === part || path.startsWith(`${part}/`);
}
