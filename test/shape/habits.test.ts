import { basename } from "node:path";
import type { Node } from "oxc-parser";
import { describe, expect, it } from "vitest";
import type { Source, Syntax } from "./source-tree.ts";
import { isMember, isText, readSources } from "./source-tree.ts";

const LONGEST_FILE = 250;
const SHORTEST_FILE = 20;
const sources = readSources();
const ours = sources.filter(({ path }) => /^(src|sandbox|test|bench)\//.test(path));

describe("files", () => {
  it("have a size that reads in one go", () => {
    const long = ours
      .map(({ path, text }) => ({ path, lines: linesOf(text) }))
      .filter(({ lines }) => lines > LONGEST_FILE);
    expect(long).toEqual([]);
  });

  it("of src are long enough to stand alone, unless each is a verb, an upgrade step or a type declaration", () => {
    const short = ours.filter(({ path, text }) => path.startsWith("src/") && linesOf(text) < SHORTEST_FILE);
    const mayBeShort = (source: Source): boolean => isVerb(source) || isUpgrade(source) || isDeclaration(source);
    expect(short.filter((source) => !mayBeShort(source)).map(({ path }) => path)).toEqual([]);
  });

  it("are named after what they do, and none only passes on what others export", () => {
    const vague = /(^|\/)(utils?|helpers?|common|misc|types|index)(\.ts$|\/)/;
    expect(ours.filter(({ path }) => vague.test(path)).map(({ path }) => path)).toEqual([]);
  });

  it("hold no promises to do it later", () => {
    const later = /\b(?:TODO|FIXME)\b/;
    const own = "test/shape/habits.test.ts";
    expect(ours.filter(({ path, text }) => path !== own && later.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe("code", () => {
  it("exports by name", () => {
    expect(places(ours, isDefaultExport)).toEqual([]);
  });

  it("keeps no state in a module (a script may, and a test file that sets it anew before each test)", () => {
    const modules = ours.filter(({ path }) => !path.endsWith(".test.ts") && !path.startsWith("bench/"));
    const isState = ({ node, parent }: Syntax): boolean => {
      const isLoose = node.type === "VariableDeclaration" && node.kind !== "const" && !node.declare;
      const holder = parent?.node.type === "ExportNamedDeclaration" ? parent.parent : parent;
      return isLoose && holder?.node.type === "Program";
    };
    expect(places(modules, isState)).toEqual([]);
  });

  it("reads the environment in one place", () => {
    const readers = ["src/config.ts", "src/main.ts", "src/doctor.ts", "src/migrate.ts"];
    const others = ours.filter(({ path }) => path.startsWith("src/") && !readers.includes(path));
    expect(places(others, ({ node }) => isMember(node, "process", "env"))).toEqual([]);
  });

  it("decides without clock, environment or waiting in src/core", () => {
    const core = ours.filter(({ path }) => path.startsWith("src/core/"));
    const banned = ["Date", "process", "console", "fetch", "setTimeout", "setInterval", "performance", "globalThis"];
    const impure = ({ node, parent }: Syntax): boolean =>
      ("async" in node && node.async) ||
      node.type === "AwaitExpression" ||
      isMember(node, "Math", "random") ||
      (node.type === "Identifier" && banned.includes(node.name) && !isMemberName(node, parent?.node));
    expect(core.length).toBeGreaterThan(5);
    expect(places(core, impure)).toEqual([]);
  });
});

describe("tests", () => {
  const tests = ours.filter(({ path }) => path.startsWith("test/"));

  it("use working twins, not mocked modules", () => {
    const mocks = ["mock", "doMock", "hoisted", "stubGlobal"];
    expect(places(tests, ({ node }) => mocks.some((name) => isMember(node, "vi", name)))).toEqual([]);
  });

  it("all run, but where what they are about is not there: Linux, or a browser", () => {
    const runners = ["describe", "it", "test", "ctx", "context"];
    const marks = ["skip", "skipIf", "runIf", "only", "todo", "fails"];
    const marked = (node: Node): boolean => runners.some((r) => marks.some((mark) => isMember(node, r, mark)));
    const marking = ({ node, parent }: Syntax): boolean =>
      node.type === "CallExpression" ? marked(node.callee) : marked(node) && parent?.node.type !== "CallExpression";
    const onLinux = /\w+\.runIf\(process\.platform === "linux"\)$/;
    const withBrowser = /^test\/browser\/in-browser\.ts:\d+ describe\.skipIf\(whySkipped !== undefined\)$/;
    const others = places(tests, marking).filter((place) => !onLinux.test(place) && !withBrowser.test(place));
    expect(others).toEqual([]);
  });
});

describe("sentences that people read", () => {
  it("stand in src/bot/words", () => {
    const silent = ours.filter(({ path }) => path.startsWith("src/bot/") && !path.startsWith("src/bot/words/"));
    expect(places(silent, (found) => isSentence(found) && !isForOperators(found) && !isCompared(found))).toEqual([]);
  });
});

function linesOf(text: string): number {
  return text.trimEnd().split("\n").length;
}

/** Exports one function and nothing else, named after the file: `use-anyway.ts` has `useAnyway` or `useAnywayPressed`. */
function isVerb({ path, nodes }: Source): boolean {
  if (!/^src\/(flow|bot\/listeners)\//.test(path)) return false;
  const exports = nodes.flatMap(({ node }) => (node.type.startsWith("Export") ? [node] : []));
  const [only] = exports;
  const isAlone = exports.length === 1 && only?.type === "ExportNamedDeclaration";
  const made = isAlone && only.declaration?.type === "FunctionDeclaration" ? (only.declaration.id?.name ?? "") : "";
  const inWords = `-${made.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-`;
  return inWords.includes(`-${basename(path, ".ts")}-`);
}

/** Declares types and has nothing that runs. */
function isDeclaration({ path, nodes }: Source): boolean {
  const declared = nodes.flatMap(({ node, parent }) => {
    const isTop = parent?.node.type === "Program" || parent?.node.type === "ExportNamedDeclaration";
    return isTop && node.type !== "ImportDeclaration" && node.type !== "ExportNamedDeclaration" ? [node.type] : [];
  });
  const types = ["TSTypeAliasDeclaration", "TSInterfaceDeclaration"];
  return path.endsWith(".d.ts") || declared.every((type) => types.includes(type));
}

function isUpgrade({ path }: Source): boolean {
  return /^src\/store\/(upgrades|migrations)\//.test(path);
}

function places(among: readonly Source[], isHit: (found: Syntax) => boolean): string[] {
  return among.flatMap(({ nodes }) => nodes.filter(isHit).map(({ at, text }) => `${at} ${text}`));
}

function isDefaultExport({ node }: Syntax): boolean {
  if (node.type === "ExportSpecifier") return node.exported.type === "Identifier" && node.exported.name === "default";
  return node.type === "ExportDefaultDeclaration" || node.type === "TSExportAssignment";
}

function isMemberName(node: Node, parent: Node | undefined): boolean {
  return parent?.type === "MemberExpression" && !parent.computed && parent.property === node;
}

/** Four words or more that are separated by spaces. */
function isSentence({ node, text }: Syntax): boolean {
  const isString = isText(node) || node.type === "TemplateLiteral";
  return isString && /(?:^|[\s`"'])(?:\p{L}[\p{L}'’-]*[,;:]?\s+){3,}\p{L}/u.test(text);
}

/** Thrown, written to the log, or the work in progress ("posting the card of AV-12") that faults and the log name. */
function isForOperators(found: Syntax): boolean {
  if (/^.[a-z]+ing\b/.test(found.text)) return true;
  for (let up = found.parent; up; up = up.parent) {
    if (up.node.type === "ThrowStatement") return true;
    if (up.node.type === "NewExpression" && /^new \w*(Error|Fault)\b/.test(up.text)) return true;
    if (up.node.type === "CallExpression" && /^(?:\w+\.)*(log|logger)\.(debug|info|warn|error)\(/.test(up.text))
      return true;
  }
  return false;
}

/** Somebody else's words, which are recognised and not told. */
function isCompared({ parent }: Syntax): boolean {
  return parent?.node.type === "BinaryExpression" && /^[!=]==$/.test(parent.node.operator);
}
