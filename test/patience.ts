import { vi } from "vitest";

/** Conditions are waited for, however slow the machine: Vitest's own second is over at once beside other load. */
const PATIENCE = { timeout: 30_000, interval: 20 };

const { waitFor } = vi;
vi.waitFor = (condition, options) =>
  waitFor(condition, typeof options === "number" ? options : { ...PATIENCE, ...options });
