import { expect, it } from "vitest";
import { plain, timeOfDay } from "../../../sandbox/plain.ts";

const AT = Date.UTC(2026, 10, 22, 14, 26, 19);

it.each([
  [
    "*Done* by <@U000000001>, <!date^1795357579^{date_short_pretty} {time}|2026-11-22T14:26Z>",
    `Done by alice, ${timeOfDay(AT).slice(0, 5)}`,
  ],
  [":white_check_mark: `vk_1_2` of Tom_in_blue", "✓ vk_1_2 of Tom_in_blue"],
  [":inbox_tray: _It was created…_ or not", "It was created… or not"],
  ["<https://example.com/1.mp4?a=1&amp;b=2|1.mp4> &lt;b&gt; &amp;amp;", "1.mp4 <b> &amp;"],
  ["<https://example.com> in <#C1|avatars>, 2*3*4", "https://example.com in #avatars, 2*3*4"],
])("%s is seen as %s", (mrkdwn, seen) => {
  expect(plain(mrkdwn, () => "alice")).toBe(seen);
});
