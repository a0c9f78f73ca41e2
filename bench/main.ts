import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { benchRelay } from "./relay.ts";

/** `npm run bench`: measures, and writes RESULTS.md. */
const sections = [await benchRelay()];
const machine = `${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.version}`;
const head = `# What was measured\n\n\`npm run bench\` on ${machine}, ${new Date().toISOString().slice(0, 10)}.\n`;
const text = [head, ...sections, ""].join("\n");
writeFileSync(new URL("RESULTS.md", import.meta.url), text);
process.stdout.write(text);
