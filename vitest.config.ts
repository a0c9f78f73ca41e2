import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** By what they need: nothing, servers and child processes on this machine, the compiled bot, a Chromium, all sources. */
const PROJECTS = ["unit", "integration", "simulation", "story", "browser", "shape"];

/** Loading is most of the work of these, and they share nothing but modules without state. */
const SHARING = ["unit", "shape"];

export default defineConfig({
  test: {
    projects: PROJECTS.map((name) => ({
      extends: true,
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        isolate: !SHARING.includes(name),
        setupFiles: [name === "unit" ? "test/fixtures/turns.ts" : "test/fixtures/patience.ts"],
      },
    })),
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Stories mostly wait: three of them share two cores well, where Vitest would keep one core free.
    maxWorkers: Math.max(3, availableParallelism()),
  },
});
