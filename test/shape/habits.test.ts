import type { Node } from "typescript/unstable/ast";
import {
  isBinaryExpression,
  isCallExpression,
  isExportAssignment,
  isIdentifier,
  isNamedExports,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isStringLiteral,
  isTemplateExpression,
  isThrowStatement,
  isVariableStatement,
  NodeFlags,
  SyntaxKind,
} from "typescript/unstable/ast";
import { describe, expect, it } from "vitest";
import type { Source } from "./source-tree.ts";
import { nodesOf, placeOf, readSources } from "./source-tree.ts";

const LONGEST_FILE = 250;
const sources = readSources();
const ours = sources.filter(({ path }) => /^(src|sandbox|test|bench)\//.test(path));

describe("files", () => {
  it("have a size that reads in one go", () => {
    const long = ours
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }))
      .filter(({ lines }) => lines > LONGEST_FILE);
    expect(long).toEqual([]);
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
    const state = modules.flatMap((source) =>
      source.tree.statements
        .filter((s) => isVariableStatement(s) && !(s.declarationList.flags & NodeFlags.Const))
        .map((s) => placeOf(source, s)),
    );
    expect(state).toEqual([]);
  });

  it("reads the environment in one place", () => {
    const readers = ["src/config.ts", "src/main.ts"];
    const others = ours.filter(({ path }) => path.startsWith("src/") && !readers.includes(path));
    expect(places(others, (node) => isMember(node, "process", "env"))).toEqual([]);
  });

  it("decides without clock, environment or waiting in src/core", () => {
    const core = ours.filter(({ path }) => path.startsWith("src/core/"));
    const banned = ["Date", "process", "console", "fetch", "setTimeout", "setInterval", "performance", "globalThis"];
    const impure = (node: Node): boolean =>
      node.kind === SyntaxKind.AsyncKeyword ||
      node.kind === SyntaxKind.AwaitExpression ||
      isMember(node, "Math", "random") ||
      (isIdentifier(node) && banned.includes(node.text) && !isMemberName(node));
    expect(core.length).toBeGreaterThan(5);
    expect(places(core, impure)).toEqual([]);
  });
});

describe("tests", () => {
  const tests = ours.filter(({ path }) => path.startsWith("test/"));

  it("use working twins, not mocked modules", () => {
    const mocks = ["mock", "doMock", "hoisted", "stubGlobal"];
    expect(places(tests, (node) => mocks.some((name) => isMember(node, "vi", name)))).toEqual([]);
  });

  it("all run, but where what they are about is not there: Linux, or a browser", () => {
    const runners = ["describe", "it", "test", "ctx", "context"];
    const marks = ["skip", "skipIf", "runIf", "only", "todo", "fails"];
    const marked = (node: Node): boolean => runners.some((r) => marks.some((mark) => isMember(node, r, mark)));
    const marking = (node: Node): boolean =>
      isCallExpression(node) ? marked(node.expression) : marked(node) && !isCallExpression(node.parent);
    const onLinux = /\w+\.runIf\(process\.platform === "linux"\)$/;
    const withBrowser = /^test\/browser\/in-browser\.ts:\d+ describe\.skipIf\(whySkipped !== undefined\)$/;
    const others = places(tests, marking).filter((place) => !onLinux.test(place) && !withBrowser.test(place));
    expect(others).toEqual([]);
  });
});

describe("sentences that people read", () => {
  it("stand in src/bot/words", () => {
    const silent = ours.filter(({ path }) => path.startsWith("src/bot/") && !path.startsWith("src/bot/words/"));
    expect(places(silent, (node) => isSentence(node) && !isForOperators(node) && !isCompared(node))).toEqual([]);
  });
});

function places(among: readonly Source[], isHit: (node: Node) => boolean): string[] {
  return among.flatMap((source) =>
    [...nodesOf(source.tree)].filter(isHit).map((node) => `${placeOf(source, node)} ${node.getText(source.tree)}`),
  );
}

function isDefaultExport(node: Node): boolean {
  const isNamed = isNamedExports(node) && node.elements.some((element) => element.name.getText() === "default");
  return isExportAssignment(node) || node.kind === SyntaxKind.DefaultKeyword || isNamed;
}

/** `object.member` */
function isMember(node: Node, object: string, member: string): boolean {
  if (!isPropertyAccessExpression(node) || node.name.text !== member) return false;
  return isIdentifier(node.expression) && node.expression.text === object;
}

function isMemberName(node: Node): boolean {
  return isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

/** Four words or more that are separated by spaces. */
function isSentence(node: Node): boolean {
  const isText = isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node) || isTemplateExpression(node);
  return isText && /(?:^|[\s`"'])(?:\p{L}[\p{L}'’-]*[,;:]?\s+){3,}\p{L}/u.test(node.getText());
}

/** Thrown, written to the log, or the work in progress ("posting the card of AV-12") that faults and the log name. */
function isForOperators(node: Node): boolean {
  if (/^.[a-z]+ing\b/.test(node.getText())) return true;
  for (let up = node.parent; up; up = up.parent) {
    if (isThrowStatement(up)) return true;
    if (isNewExpression(up) && /(Error|Fault)$/.test(up.expression.getText())) return true;
    if (isCallExpression(up) && /\b(log|logger)\.(debug|info|warn|error)$/.test(up.expression.getText())) return true;
  }
  return false;
}

/** Somebody else's words, which are recognised and not told. */
function isCompared(node: Node): boolean {
  return isBinaryExpression(node.parent) && /^[!=]==$/.test(node.parent.operatorToken.getText());
}
