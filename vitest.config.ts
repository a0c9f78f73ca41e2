import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/patience.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Stories mostly wait: two of them share two cores well, where Vitest would keep one core free.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
