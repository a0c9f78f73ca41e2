import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { benchHostile } from "./hostile.ts";
import type { Options } from "./options.ts";
import { benchRelay } from "./relay.ts";
import { benchSlowClients } from "./slow-clients.ts";
import { benchTicks } from "./ticks.ts";

const BENCHES: ReadonlyMap<string, (options: Options) => Promise<string>> = new Map([
  ["relay", benchRelay],
  ["hostile", benchHostile],
  ["slow-clients", benchSlowClients],
  ["ticks", benchTicks],
]);

const HELP = `npm run bench -- [names] [--quick]

Measures, prints what it found, and writes its sections of bench/RESULTS.md.
  names    ${[...BENCHES.keys()].join(", ")}; all of them unless named
  --quick  small and once, to see that it works; writes nothing
`;
const TITLE = "# What was measured";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
});
const unknown = positionals.filter((name) => !BENCHES.has(name));
if (values.help || unknown.length > 0) {
  process.stdout.write(unknown.length > 0 ? `There is no bench "${unknown.join(", ")}".\n\n${HELP}` : HELP);
  process.exit(unknown.length > 0 ? 1 : 0);
}

const results = new URL("RESULTS.md", import.meta.url);
const machine = `${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.version}`;
for (const [name, bench] of BENCHES) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const [heading = "", ...rest] = (await bench(values)).split("\n");
  const measured = `\`npm run bench -- ${name}\` on ${machine}, ${new Date().toISOString().slice(0, 10)}.`;
  const section = [heading, "", measured, ...rest].join("\n");
  process.stdout.write(`${section}\n\n`);
  if (!values.quick) writeFileSync(results, withSection(readFileSync(results, "utf8"), heading, section));
}

/** Replaces the section of that heading, or adds it. */
function withSection(document: string, heading: string, section: string): string {
  const sections = document.split(/^(?=## )/m).slice(1);
  const others = sections.map((each) => (each.startsWith(`${heading}\n`) ? section : each.trimEnd()));
  const all = others.includes(section) ? others : [...others, section];
  return `${[TITLE, ...all].join("\n\n")}\n`;
}
