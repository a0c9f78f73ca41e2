import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { context, section } from "../../../../src/bot/cards/blocks.ts";
import { fitMessage, textLength } from "../../../../src/bot/cards/fit-message.ts";
import { LIMITS } from "../../../../src/bot/cards/limits.ts";
import { en } from "../../../../src/bot/words/en.ts";
import { md } from "../../../../src/bot/words/mrkdwn.ts";
import { print } from "./print.ts";

const long = (length: number) => section(md`${"x".repeat(length)}`);

describe("all text of one message", () => {
  it("stays as it is where it fits", () => {
    const message = { text: "hello", blocks: [long(3000), long(3000), long(3000)] };
    expect(fitMessage(message, en)).toBe(message);
  });

  it("is cut where it is longest, and says where the rest is", () => {
    const message = { text: "hello", blocks: [long(20), long(3000), long(3000), long(3000), long(3000)] };
    const fitted = fitMessage(message, en);
    expect(textLength(fitted)).toBeLessThanOrEqual(LIMITS.messageAllText);
    expect(textLength(fitted)).toBeGreaterThan(LIMITS.messageAllText - 50);
    expect(fitted.blocks[0]).toEqual(long(20));
    expect(JSON.stringify(fitted.blocks.at(-1))).toContain("/avatar history");
  });

  it("fits whatever it was, in blocks that Slack takes", () => {
    const texts = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 10 });
    const block = fc.oneof(
      fc.integer({ min: 1, max: 3000 }).map(long),
      texts.map((lengths) => context(...lengths.map((length) => md`${"y".repeat(length)}`))),
    );
    fc.assert(
      fc.property(
        fc.array(block, { minLength: 1, maxLength: LIMITS.messageBlocks }),
        fc.nat(4000),
        (blocks, length) => {
          const message = fitMessage({ text: "z".repeat(length + 1).slice(0, LIMITS.messageText), blocks }, en);
          expect(textLength(message)).toBeLessThanOrEqual(LIMITS.messageAllText);
          print(message);
        },
      ),
      { numRuns: 60 },
    );
  });
});
