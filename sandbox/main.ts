import { parseArgs } from "node:util";
import { narrate } from "./narrator.ts";
import { play } from "./play.ts";
import type { PlayableKind } from "./scripts.ts";
import { SCRIPTS } from "./scripts.ts";
import type { FaultName } from "./with-faults.ts";
import { applyFault, FAULT_NAMES, faultyRecordings, isFaultName } from "./with-faults.ts";
import type { World } from "./world.ts";
import { startWorld } from "./world.ts";

const KINDS = Object.keys(SCRIPTS) as PlayableKind[];

const USAGE = `npm run sandbox -- [--play <kind>…] [--http] [--with <fault>,…] [--stay]

  --play   which stories to play: ${KINDS.join(" ")} (default: all)
  --http   Slack sends signed HTTP requests; without it, Socket Mode
  --with   things that go wrong: ${FAULT_NAMES.join(" ")}
           (the last four are recordings that alice drops before the good one of a voice)
  --stay   play nothing, keep running, print addresses and tokens; Ctrl-C ends it`;

interface Flags {
  readonly kinds: readonly PlayableKind[];
  readonly via: "socket" | "http";
  readonly faults: readonly FaultName[];
  readonly stay: boolean;
}

/** @throws with what is wrong and how it is meant */
function readFlags(argv: readonly string[]): Flags {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      play: { type: "string", multiple: true, default: [] },
      http: { type: "boolean", default: false },
      with: { type: "string", multiple: true, default: [] },
      stay: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) throw new Error(USAGE);
  const named = [...values.play, ...positionals].flatMap((word) => word.split(",")).filter(Boolean);
  const kinds = named.flatMap((word) => KINDS.find((kind) => kind === word) ?? []);
  const unknownKind = named.find((word) => !KINDS.some((kind) => kind === word));
  if (unknownKind !== undefined) throw new Error(`There is no kind ${unknownKind}.\n\n${USAGE}`);
  const asked = values.with
    .flatMap((list) => list.split(","))
    .map((word) => word.trim())
    .filter(Boolean);
  const faults = asked.filter(isFaultName);
  const unknownFault = asked.find((word) => !isFaultName(word));
  if (unknownFault !== undefined) throw new Error(`There is no fault ${unknownFault}.\n\n${USAGE}`);
  return { kinds: kinds.length > 0 ? kinds : KINDS, via: values.http ? "http" : "socket", faults, stay: values.stay };
}

async function playAll(world: World, flags: Flags): Promise<boolean> {
  const startedAt = performance.now();
  const before = faultyRecordings(flags.faults);
  const results = await Promise.allSettled(flags.kinds.map((kind) => play(world, kind, before)));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`\nAfter ${seconds} s (${flags.via === "http" ? "HTTP" : "Socket"} mode):`);
  for (const [i, result] of results.entries()) {
    if (result.status === "fulfilled") console.log(`\n✓ ${result.value.kind}\n${indent(result.value.end)}`);
    else console.log(`\n✗ ${flags.kinds[i]}\n${indent(String(result.reason))}`);
  }
  const isWell = results.every((result) => result.status === "fulfilled");
  const trouble = world.bot().log.filter((line) => /"level":(40|50)/.test(line));
  if (!isWell) console.log(`\nWhat the bot's log says of it:\n${indent(trouble.slice(-20).join("\n"))}`);
  return isWell;
}

function indent(text: string): string {
  return text.replace(/^/gm, "    ");
}

function printAddresses(world: World): void {
  const { slack, gateway, cos, env, people } = world;
  console.log(`
Slack      ${slack.url}   (Web API ${slack.apiUrl})
gateway    ${gateway.url}
COS        ${cos.url}
bot        ${world.bot().url}   (/livez, /readyz; pid ${world.bot().pid})
channel    ${world.channel}   #avatars
people     ${Object.entries(people)
    .map(([name, person]) => `${name} ${person.id}`)
    .join("  ")}

What the bot was started with:
${Object.entries(env)
  .map(([name, value]) => `  ${name}=${value}`)
  .join("\n")}

Act as somebody, for instance alice asking for an avatar:
  curl -X POST ${slack.url}/sandbox/people/${people.alice.id}/command -H 'Content-Type: application/json' \\
    -d '{"channel":"${world.channel}","line":"/avatar new"}'
and see what stands in Slack: curl ${slack.url}/sandbox/state

Ctrl-C ends it.`);
}

async function main(): Promise<number> {
  const flags = readFlags(process.argv.slice(2));
  const world = await startWorld({ via: flags.via });
  try {
    for (const fault of flags.faults) applyFault(world, fault);
    await world.startBot();
    if (flags.stay) {
      printAddresses(world);
      await new Promise((ended) => process.once("SIGINT", ended).once("SIGTERM", ended));
      return 0;
    }
    console.log("A Slack, a Tencent gateway and a COS run on this machine; alice asks for avatars, bob approves.\n");
    narrate(world, console.log);
    return (await playAll(world, flags)) ? 0 : 1;
  } finally {
    await world.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
