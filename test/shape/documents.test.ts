import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { canMove, isOver, STATES } from "../../src/core/state.ts";
import { ROOT, readText } from "./source-tree.ts";

/** Facts about other projects: the paths and commands in them are theirs. */
const ABOUT_OTHERS = ["docs/cos-sdk.md", "docs/slack-sdk.md", "docs/tencent-api.md"];

const DOCUMENTS = [".", "docs", "docs/adr", "sandbox/material", "test/recorded/store"]
  .flatMap(markdownIn)
  .filter((path) => !ABOUT_OTHERS.includes(path));

/** Made by running, so a fresh clone has none of them. */
const MADE_LATER = [".env", "dist/", "dist/main.js"];

const project = z
  .object({
    engines: z.object({ node: z.string() }),
    scripts: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readText("package.json")));

describe.each(DOCUMENTS)("%s", (document) => {
  const text = readText(document);

  it("names files that exist", () => {
    const missing = pathsIn(text).filter((path) => !MADE_LATER.includes(path) && !isThere(path, document));
    expect(missing).toEqual([]);
  });

  it("links to files and headings that exist", () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link]) => link ?? "");
    expect(links.filter((link) => !leadsSomewhere(link, document))).toEqual([]);
  });

  it("gives commands that exist", () => {
    const scripts = [...text.matchAll(/\bnpm (?:run ([\w-]+(?::[\w-]+)*)|(test|start)\b)/g)].map(
      ([, run, own]) => run ?? own ?? "",
    );
    expect(scripts.filter((script) => !(script in project.scripts))).toEqual([]);
    const tools = [...text.matchAll(/\bnpx ([\w-]+)/g)].map(([, tool]) => tool ?? "");
    expect(tools.filter((tool) => !existsSync(join(ROOT, "node_modules/.bin", tool)))).toEqual([]);
  });
});

describe("ARCHITECTURE.md", () => {
  it("names every folder of the code", () => {
    const document = readText("ARCHITECTURE.md");
    const folders = ["src", "sandbox", "test"].flatMap((top) => foldersOf(top));
    expect(folders.length).toBeGreaterThan(10);
    expect(folders.filter((folder) => !document.includes(`${folder}/`))).toEqual([]);
  });

  it("has every legal move in its state diagram, and no other", () => {
    const legal = STATES.flatMap((from) => STATES.filter((to) => canMove(from, to)).map((to) => `${from} → ${to}`));
    const ends = STATES.filter(isOver).map((state) => `${state} → [*]`);
    expect(drawnMoves().sort()).toEqual([`[*] → ${STATES[0]}`, ...legal, ...ends].sort());
  });

  it("names functions that are where it says", () => {
    const named = [...readText("ARCHITECTURE.md").matchAll(/`(\w+)\(\)` in `([\w./-]+)`/g)];
    expect(named.length).toBeGreaterThan(3);
    const gone = named.filter(([, name, path]) => !new RegExp(`function ${name}\\b`).test(readText(path ?? "")));
    expect(gone.map(([text]) => text)).toEqual([]);
  });

  it("fits on a page: what explains more has a file in docs/", () => {
    expect(Buffer.byteLength(readText("ARCHITECTURE.md"))).toBeLessThan(9_000);
  });
});

describe("docs/adr", () => {
  const decisions = markdownIn("docs/adr").filter((path) => !path.endsWith("README.md"));

  it("has each decision in its list", () => {
    const list = readText("docs/adr/README.md");
    expect(decisions.length).toBeGreaterThan(10);
    expect(decisions.filter((path) => !list.includes(`](${basename(path)})`))).toEqual([]);
  });

  it.each(decisions)("%s gives context, decision and consequences", (path) => {
    const headings = [...readText(path).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(["Context", "Decision", "Consequences"]);
  });
});

describe("docs/glossary.md", () => {
  it("has each word once, in the order of the alphabet", () => {
    const words = [...readText("docs/glossary.md").matchAll(/^\| (?!word |---)([^|]+?) \|/gm)].map(
      ([, word]) => word ?? "",
    );
    expect(words.length).toBeGreaterThan(20);
    expect(words).toEqual([...new Set(words)].sort((a, b) => a.localeCompare(b, "en")));
  });
});

describe("comments in the code", () => {
  it("refer to documents that exist", () => {
    const files = ["src", "sandbox", "test"].flatMap((top) => codeIn(top));
    const referred = files.flatMap((path) =>
      [...readText(path).matchAll(/@see ([\w./-]+\.md)/g)].map(([, document = ""]) => ({ path, document })),
    );
    expect(referred.length).toBeGreaterThan(10);
    expect(referred.filter(({ document }) => !existsSync(join(ROOT, document)))).toEqual([]);
  });
});

describe("docs/security.md", () => {
  const document = readText("docs/security.md");

  it("proves each protection by tests that exist", () => {
    const section = /^## What is protected[\s\S]*?(?=^## )/m.exec(document)?.[0] ?? "";
    const rows = section.split("\n").filter((line) => /^\| (?!what |---)/.test(line));
    expect(rows.length).toBeGreaterThan(10);
    const proofs = rows.map((row) =>
      [...(row.split("|").at(-2) ?? "").matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path),
    );
    expect(rows.filter((_row, i) => proofs[i]?.length === 0)).toEqual([]);
    expect(proofs.flat().filter((path = "") => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it("explains the scopes of manifest.yml, and no other", () => {
    const section = /^## Slack's scopes[\s\S]*?(?=^## )/m.exec(document)?.[0] ?? "";
    const explained = [...section.matchAll(/^\| `([\w:]+)` \| \S/gm)].map(([, scope]) => scope);
    const manifest = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });
    expect(explained).toEqual(manifest.parse(parse(readText("manifest.yml"))).oauth_config.scopes.bot);
  });

  it("names the default hosts of the settings", () => {
    const hosts = [...readText(".env.example").matchAll(/^#?[A-Z_]+=https:\/\/([^/\n]+)/gm)].map(
      ([, host]) => host ?? "",
    );
    expect(hosts.length).toBeGreaterThan(1);
    expect(hosts.filter((host) => !document.includes(`\`${host}\``))).toEqual([]);
  });
});

describe("README.md", () => {
  const readme = readText("README.md");

  it("has on its first screen the command that runs the main job and the one that tests it", () => {
    const firstScreen = readme.split("\n").slice(0, 45).join("\n");
    expect(firstScreen).toContain("npm ci && npm run sandbox");
    expect(firstScreen).toContain("npm ci && npm test");
  });

  it("asks for the Node version that package.json asks for", () => {
    expect(project.engines.node).toMatch(/^>=20/);
    expect(readme).toMatch(/\bNode 20\b/);
  });
});

describe(".ci/run", () => {
  const path = join(ROOT, ".ci/run");

  it("is an executable script that bash can read", () => {
    expect(statSync(path).mode & 0o111).toBe(0o111);
    expect(spawnSync("bash", ["-n", path], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  });

  it("runs the test command that README.md gives", () => {
    expect(readText(".ci/run")).toMatch(/^.*\bnpm ci$/m);
    expect(readText(".ci/run")).toMatch(/^.*\bnpm test -- /m);
  });
});

/** `a --> b: why`, with the states that Mermaid cannot spell by their aliases. */
function drawnMoves(): string[] {
  const diagram = /^```mermaid\nstateDiagram-v2\n([\s\S]*?)^```$/m.exec(readText("ARCHITECTURE.md"))?.[1] ?? "";
  const aliases = new Map([...diagram.matchAll(/^ *state "(.+)" as (\w+)$/gm)].map(([, name, alias]) => [alias, name]));
  const arrows = diagram.matchAll(/^ *(\S+) --> ([^\s:]+)/gm);
  const nameOf = (drawn: string | undefined): string => aliases.get(drawn) ?? drawn ?? "";
  return [...arrows].map(([, from, to]) => `${nameOf(from)} → ${nameOf(to)}`);
}

function codeIn(top: string): string[] {
  const names = readdirSync(join(ROOT, top), { recursive: true, encoding: "utf8" });
  return names.filter((name) => /\.tsx?$/.test(name)).map((name) => join(top, name));
}

function markdownIn(dir: string): string[] {
  const names = readdirSync(join(ROOT, dir)).filter((name) => name.endsWith(".md"));
  return names.map((name) => join(dir, name)).sort();
}

/** Code spans, and first words of lines in fenced blocks, that look like a path of this project. */
function pathsIn(text: string): string[] {
  const fenced = [...text.matchAll(/^```.*\n([\s\S]*?)^```$/gm)].flatMap(([, block]) => block?.split("\n") ?? []);
  const prose = text.replace(/^```.*\n[\s\S]*?^```$/gm, "");
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? "");
  const words = [...spans, ...fenced.flatMap((line) => /^\S+\/\S*(?= )/.exec(line) ?? [])];
  const ours =
    /^(?:src|sandbox|test|bench|\.ci|dist)\/[\w./*-]*$|^[\w.-]+\.(?:ts|json|md|ya?ml)$|^\.(?:env|git)[\w.]*$/;
  return [...new Set(words.filter((word) => ours.test(word)))];
}

/** From the root, or from where the document lies. */
function isThere(path: string, document: string): boolean {
  return [path, join(document, "..", path)].some((place) => existsSync(join(ROOT, place)));
}

function leadsSomewhere(link: string, document: string): boolean {
  const [file, heading] = link.split("#");
  const target = file ? join(document, "..", file) : document;
  if (!existsSync(join(ROOT, target))) return false;
  return heading === undefined || headingsOf(readText(target)).includes(heading);
}

/** As GitHub makes anchors of headings. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    (title ?? "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function foldersOf(top: string): string[] {
  const entries = readdirSync(join(ROOT, top), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries.map((entry) => `${top}/${entry.name}`);
}
