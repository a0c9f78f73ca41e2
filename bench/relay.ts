import type { Options } from "./options.ts";
import { profile } from "./profile.ts";
import type { Cost, Load, Transfer, Way } from "./transfer.ts";
import { withSink } from "./transfer.ts";

const MB = 1024 ** 2;

const WAYS: ReadonlyMap<Way, string> = new Map([
  ["raw", "raw: download piped into one PUT"],
  ["relay", "relay"],
  ["disk", "download to disk, then the SDK's `uploadFile`"],
  ["buffer", "`arrayBuffer()`, then `putObject`"],
  ["hash", "CRC-64 alone"],
]);

interface Series extends Load {
  readonly rounds: number;
}

const SERIES: readonly Series[] = [
  { size: 64 * MB, files: 1, rounds: 5 },
  { size: 512 * MB, files: 1, rounds: 5 },
  { size: 1024 * MB, files: 1, rounds: 3 },
  { size: 128 * MB, files: 8, rounds: 5 },
];
const QUICK: readonly Series[] = [
  { size: 8 * MB, files: 1, rounds: 1 },
  { size: 4 * MB, files: 8, rounds: 1 },
];

type Costs = ReadonlyMap<Way, readonly Cost[]>;

interface Goal {
  readonly what: string;
  readonly at: Load;
  readonly most: number;
  readonly value: (costs: Costs) => number;
}

const ONE: Load = { size: 1024 * MB, files: 1 };
const EIGHT: Load = { size: 128 * MB, files: 8 };

const GOALS: readonly Goal[] = [
  { what: "time × raw", at: ONE, most: 1.2, value: (costs) => ratio(costs, "ms", "raw") },
  { what: "CPU × raw", at: ONE, most: 1.3, value: (costs) => ratio(costs, "cpuMs", "raw") },
  { what: "time × the way over the disk", at: ONE, most: 0.3, value: (costs) => ratio(costs, "ms", "disk") },
  { what: "MB above idle", at: ONE, most: 64, value: (costs) => most(costs, "above") / MB },
  { what: "ms of loop delay, p99", at: ONE, most: 12, value: (costs) => medianOf(costs, "relay", "delayMs") },
  { what: "MB above idle", at: EIGHT, most: 150, value: (costs) => most(costs, "above") / MB },
  { what: "ms of loop delay, p99", at: EIGHT, most: 25, value: (costs) => medianOf(costs, "relay", "delayMs") },
];

/** The section of RESULTS.md. Each way in turn, so that a busy machine slows all of them. */
export async function benchRelay({ quick }: Options): Promise<string> {
  return withSink(async (transfer) => {
    const series = quick ? QUICK : SERIES;
    const rows: string[] = [];
    const verdicts: Verdict[] = [];
    for (const each of series) {
      const costs = await measure(transfer, each);
      rows.push(...[...WAYS].map(([way, called]) => row(called, way, each, costs)));
      verdicts.push(...GOALS.filter(({ at }) => isSame(at, each)).map((goal) => judge(goal, costs)));
    }
    const isMissed = verdicts.some(({ isReached }) => !isReached);
    return [
      "## Relay: Slack's file to COS",
      "",
      "Compiled code over loopback. Source and sink are one other process, which hashes nothing. Medians; the spread is that of",
      "the rounds' own ratios. CPU is that of all threads, the delay that of the main thread's loop (it is looked at every millisecond).",
      "",
      "| way | size | × raw | spread | CPU × raw | MB above idle | loop delay p99, ms | seconds | rounds |",
      "|---|---|---|---|---|---|---|---|---|",
      ...rows,
      ...(verdicts.length > 0 ? ["", ...verdicts.map(({ text }) => `* ${text}`)] : []),
      ...(isMissed ? ["", ...(await profile(transfer, { size: 512 * MB, files: 1 }))] : []),
    ].join("\n");
  });
}

async function measure(transfer: Transfer, { rounds, ...load }: Series): Promise<Costs> {
  const costs = new Map<Way, Cost[]>([...WAYS.keys()].map((way) => [way, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [way, found] of costs) found.push(await transfer(way, load));
  }
  return costs;
}

function row(called: string, way: Way, { size, files, rounds }: Series, costs: Costs): string {
  const ratios = (costs.get(way) ?? []).map(({ ms }, round) => ms / (costs.get("raw")?.[round]?.ms ?? Number.NaN));
  const cells = [
    called,
    `${files > 1 ? `${files} × ` : ""}${size / MB} MB`,
    ratio(costs, "ms", "raw", way).toFixed(2),
    `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`,
    ratio(costs, "cpuMs", "raw", way).toFixed(2),
    (most(costs, "above", way) / MB).toFixed(0),
    medianOf(costs, way, "delayMs").toFixed(1),
    (medianOf(costs, way, "ms") / 1000).toFixed(2),
    rounds,
  ];
  return `| ${cells.join(" | ")} |`;
}

interface Verdict {
  readonly isReached: boolean;
  readonly text: string;
}

function judge({ what, at, most: limit, value }: Goal, costs: Costs): Verdict {
  const found = value(costs);
  const isReached = found <= limit;
  const load = at.files > 1 ? `${at.files} files of ${at.size / MB} MB` : `${at.size / MB} MB`;
  const outcome = isReached ? "reached" : "**not reached**";
  return { isReached, text: `${outcome}: ${load}, ${what}: ${found.toFixed(2)}, the goal is at most ${limit}` };
}

function isSame(a: Load, b: Load): boolean {
  return a.size === b.size && a.files === b.files;
}

function ratio(costs: Costs, field: keyof Cost, to: Way, way: Way = "relay"): number {
  return medianOf(costs, way, field) / medianOf(costs, to, field);
}

function most(costs: Costs, field: keyof Cost, way: Way = "relay"): number {
  return Math.max(...(costs.get(way) ?? []).map((cost) => cost[field]));
}

function medianOf(costs: Costs, way: Way, field: keyof Cost): number {
  const sorted = (costs.get(way) ?? []).map((cost) => cost[field]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
