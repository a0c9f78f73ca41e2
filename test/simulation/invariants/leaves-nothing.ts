import { describeFault } from "../../../src/core/fault.ts";
import type { Invariant } from "./invariant.ts";

/** What only a mistake in the code makes. */
const MISTAKES =
  /cannot become|Cannot read prop|is not a function|is not iterable|invalid_blocks|invalid_arguments|undefined \(/;

/** No rejection that nobody handles, no mistake in the log, and a stop that ends. */
export const leavesNothing: Invariant = {
  name: "leaves nothing",
  check({ rejections, isStopped, log }) {
    const mistakes = log.lines.filter(({ message, fields }) => MISTAKES.test(`${message} ${JSON.stringify(fields)}`));
    return [
      ...rejections.map((reason) => `an unhandled rejection: ${describeFault(reason)}`),
      ...mistakes.map(({ message, fields }) => `${message} ${JSON.stringify(fields)}`.slice(0, 300)),
      ...(isStopped ? [] : ["the bot did not stop"]),
    ];
  },
};
