import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Node, SourceFile } from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";

/** Of the project. */
export const ROOT = resolve(import.meta.dirname, "../..");

/** A TypeScript file of ours, as the compiler parsed it. */
export interface Source {
  /** From the root of the project, e.g. `src/core/state.ts`. */
  readonly path: string;
  readonly text: string;
  readonly tree: SourceFile;
  /** What it imports or re-exports, also dynamically and as a type: paths from the root for files of ours. */
  readonly imports: readonly string[];
}

/** What runs in Node, and what runs in a browser. */
const PROJECTS = ["tsconfig.json", "sandbox/page/tsconfig.json"];

/** Everything that our compilations include. */
export function readSources(): readonly Source[] {
  return PROJECTS.flatMap(readProject);
}

function readProject(name: string): Source[] {
  const api = new API({ cwd: ROOT });
  try {
    const config = join(ROOT, name);
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (!project) throw new Error(`reading ${config}: no project`);
    return project.rootFiles.map((file) => {
      const tree = project.program.getSourceFile(file);
      if (!tree) throw new Error(`parsing ${file}: no tree`);
      return { path: relative(ROOT, file), text: tree.text, tree, imports: importsOf(tree, file) };
    });
  } finally {
    api.close();
  }
}

function importsOf(tree: SourceFile, file: string): string[] {
  return tree.imports.map((specifier) => {
    const name = specifier.getText(tree).slice(1, -1);
    return name.startsWith(".") ? relative(ROOT, resolve(file, "..", name)) : name;
  });
}

/** A node and everything below it. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  const children: Node[] = [];
  node.forEachChild((child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

/** `src/core/state.ts:12`, as an editor opens it. */
export function placeOf(source: Source, node: Node): string {
  return `${source.path}:${source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1}`;
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}
