import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { benchHostile } from "./hostile.ts";
import { benchRelay } from "./relay.ts";
import { benchSlowClients } from "./slow-clients.ts";

const BENCHES: ReadonlyMap<string, () => Promise<string>> = new Map([
  ["relay", benchRelay],
  ["hostile", benchHostile],
  ["slow-clients", benchSlowClients],
]);

/** `npm run bench`: measures everything, and writes RESULTS.md. `npm run bench -- hostile`: one of them, on the screen. */
const asked = process.argv.slice(2);
const sections: string[] = [];
for (const [name, bench] of BENCHES) if (asked.length === 0 || asked.includes(name)) sections.push(await bench());
const machine = `${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.version}`;
const head = `# What was measured\n\n\`npm run bench\` on ${machine}, ${new Date().toISOString().slice(0, 10)}.\n`;
const text = [head, ...sections.flatMap((section) => [section, ""])].join("\n");
if (asked.length === 0) writeFileSync(new URL("RESULTS.md", import.meta.url), text);
process.stdout.write(text);
