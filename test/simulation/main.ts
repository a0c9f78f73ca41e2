import { parseArgs } from "node:util";
import { z } from "zod";
import type { Result } from "./simulate.ts";
import { simulate } from "./simulate.ts";
import { openStores, STORES } from "./stores.ts";

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "100" },
      seed: { type: "string", default: "1" },
      trace: { type: "boolean", default: false },
      store: { type: "string", default: "memory" },
    },
  });
  const began = performance.now();
  const results: Result[] = [];
  const [first, runs] = [Number(values.seed), Number(values.runs)];
  const stores = await openStores(z.enum(STORES).parse(values.store));
  for (let seed = first; seed < first + runs; seed += 1) {
    const store = await stores.fresh();
    const result = await simulate({ seed, store, ...(values.trace && { onLine: console.log }) });
    await store.close();
    if (values.trace) tellAll(result);
    tellViolations(result);
    results.push({ ...result, messages: [] });
  }
  await stores.close();
  tellFaults(results);
  const failed = results.filter(({ violations }) => violations.length > 0).length;
  const steps = results.reduce((sum, result) => sum + result.steps, 0);
  console.log(`${runs} runs, ${failed} failed, ${steps} steps, ${((performance.now() - began) / 1000).toFixed(1)} s`);
  process.exitCode = failed === 0 ? 0 : 1;
}

function tellAll({ seed, messages, trace, steps, simulatedMs }: Result): void {
  console.log(messages.join("\n"));
  console.log(`seed ${seed}: trace ${trace}, ${steps} steps, ${Math.round(simulatedMs / 60_000)} simulated minutes`);
}

function tellViolations({ seed, violations, trace }: Result): void {
  if (violations.length > 0) console.log(`seed ${seed} (trace ${trace}):`);
  for (const { invariant, what } of violations) console.log(`  ${invariant}: ${what}`);
}

function tellFaults(results: readonly Result[]): void {
  const counts = new Map<string, number>();
  for (const [name, count] of results.flatMap(({ faults }) => [...faults])) {
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  for (const [name, count] of [...counts].sort()) console.log(`${String(count).padStart(7)} ${name}`);
}
