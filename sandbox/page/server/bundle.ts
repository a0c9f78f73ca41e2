import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The files of the page by their names: `page.html`, `main.js`, `page.css`. */
export type PageFiles = ReadonlyMap<string, Uint8Array>;

const CLIENT = fileURLToPath(new URL("../client/", import.meta.url));
const MODULES = fileURLToPath(new URL("../../../node_modules/", import.meta.url));

/**
 * Bundles the browser's side of the page in memory; nothing is written.
 * @throws with what the bundler says when the code does not compile
 */
export async function bundlePage(client = CLIENT): Promise<PageFiles> {
  // Takes 50 ms and its own process, so it is done when somebody first opens the page.
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(client, "main.tsx"), join(client, "page.css")],
    bundle: true,
    write: false,
    outdir: client,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    nodePaths: [MODULES],
    loader: { ".svg": "dataurl", ".woff2": "dataurl" },
    logLevel: "silent",
  });
  const document = await readFile(join(client, "page.html"));
  const bundled = outputFiles.map(({ path, contents }): [string, Uint8Array] => [basename(path), contents]);
  return new Map([["page.html", document], ...bundled]);
}
