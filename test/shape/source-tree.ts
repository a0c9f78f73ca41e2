import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Node } from "oxc-parser";
import { parseSync, visitorKeys } from "oxc-parser";

/** Of the project. */
export const ROOT = resolve(import.meta.dirname, "../..");

/** A TypeScript file of ours, parsed. */
export interface Source {
  /** From the root of the project, e.g. `src/core/state.ts`. */
  readonly path: string;
  readonly text: string;
  /** Its syntax tree, flat: every node after the one that holds it. */
  readonly nodes: readonly Syntax[];
  /** What it imports or re-exports, also dynamically and as a type: paths from the root for files of ours. */
  readonly imports: readonly string[];
}

/** A node of a syntax tree (ESTree with types), with the way back up. */
export interface Syntax {
  readonly node: Node;
  readonly parent: Syntax | undefined;
  /** As written in the file. */
  readonly text: string;
  /** `src/core/state.ts:12`, as an editor opens it. */
  readonly at: string;
}

const FOLDERS = ["src", "sandbox", "test", "bench"];

/** Every TypeScript file of the project, and what configures its tools. */
export function readSources(): readonly Source[] {
  const inFolders = FOLDERS.flatMap((folder) => filesIn(folder).map((name) => join(folder, name)));
  const atRoot = readdirSync(ROOT).filter((name) => name.endsWith(".config.ts"));
  return [...inFolders.filter((path) => /\.tsx?$/.test(path)).sort(), ...atRoot].map(readSource);
}

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
}

function readSource(path: string): Source {
  const text = readText(path);
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`parsing ${path}: ${errors[0].message}`);
  const starts = lineStarts(text);
  const nodes: Syntax[] = [];
  const add = (node: Node, parent: Syntax | undefined): void => {
    const line = starts.findLastIndex((start) => start <= node.start) + 1;
    const syntax = { node, parent, text: text.slice(node.start, node.end), at: `${path}:${line}` };
    nodes.push(syntax);
    for (const child of childrenOf(node)) add(child, syntax);
  };
  add(program, undefined);
  return { path, text, nodes, imports: nodes.flatMap(({ node }) => importedBy(node) ?? []).map(fromRoot) };

  function fromRoot(name: string): string {
    return name.startsWith(".") ? relative(ROOT, resolve(ROOT, path, "..", name)) : name;
  }
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

function childrenOf(node: Node): Node[] {
  const keys = visitorKeys[node.type] ?? [];
  return Object.entries(node).flatMap(([key, value]) => (keys.includes(key) ? [value].flat().filter(isNode) : []));
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

function importedBy(node: Node): string | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "TSImportType":
      return node.source.value;
    case "ExportNamedDeclaration":
      return node.source?.value;
    case "ImportExpression":
      return isText(node.source) ? node.source.value : undefined;
    case "TSExternalModuleReference":
      return node.expression.value;
    default:
      return undefined;
  }
}

/** A string in quotes. */
export function isText(node: Node | undefined): node is Extract<Node, { type: "Literal"; value: string }> {
  return node?.type === "Literal" && typeof node.value === "string";
}

/** `object.member` → its two sides; a computed member has none. */
export function memberOf(node: Node): { readonly object: Node; readonly name: string } | undefined {
  if (node.type !== "MemberExpression" || node.computed || node.property.type !== "Identifier") return undefined;
  return { object: node.object, name: node.property.name };
}

/** `object.member` in these words. */
export function isMember(node: Node, object: string, member: string): boolean {
  const found = memberOf(node);
  return found?.name === member && found.object.type === "Identifier" && found.object.name === object;
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
