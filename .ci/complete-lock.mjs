// Adds to package-lock.json the optional packages of other platforms that an incomplete mirror made `npm install` leave
// out; without them `npm ci` refuses the lock everywhere. Run it after every change of a dependency. Drops `resolved`,
// so that the lock names no host.
import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("../package-lock.json", import.meta.url);
const SYSTEMS = ["android", "darwin", "freebsd", "openbsd", "netbsd", "win32", "aix", "sunos", "openharmony", "linux"];
const PROCESSORS = ["wasm32", "arm64", "x64", "ia32", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "arm"];

const lock = JSON.parse(readFileSync(FILE, "utf8"));
const known = lock.packages;
for (const entry of Object.values(known)) delete entry.resolved;
for (const [path, entry] of Object.entries(known)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (known[`node_modules/${name}`] || known[`${path}/node_modules/${name}`]) continue;
    known[`node_modules/${name}`] = forPlatform(name, range, entry.dev);
    console.log(`added ${name}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);

function forPlatform(name, range, dev) {
  const words = name.split(/[-/]/);
  const system = SYSTEMS.find((s) => words.includes(s));
  const processor = PROCESSORS.find((p) => words.includes(p));
  if (!system && !processor) throw new Error(`${name} names no platform: is it really optional?`);
  const libc = words.some((w) => w.startsWith("musl")) ? "musl" : words.some((w) => w.startsWith("gnu")) ? "glibc" : "";
  return {
    version: range.replace(/^[\^~]/, ""),
    ...(dev && { dev: true }),
    optional: true,
    ...(processor && { cpu: [processor] }),
    ...(system && { os: [system] }),
    ...(libc && { libc: [libc] }),
  };
}
