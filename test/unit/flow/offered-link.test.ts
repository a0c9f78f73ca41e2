import { expect, it, vi } from "vitest";
import { Fault } from "../../../src/core/fault.ts";
import { alice } from "./bench.ts";
import { byCarol, carol, no, untilRelayed, withFiles, yes } from "./offers-bench.ts";

const LINK = "https://files.example.com/take.mp4";
const POSTED = { fileId: "L0TAKE", name: "take.mp4", link: LINK };
const SAME = { fileId: "L0AGAIN", name: "again.mp4", link: LINK };

it("a link that somebody other than the requester posts waits for a yes, like a file", async () => {
  const b = withFiles();
  b.w.files.put(POSTED.fileId, "footage take.mp4", "mp4");
  await b.open();
  await b.drop([POSTED], byCarol());
  expect((await b.now()).offers).toMatchObject([{ role: "footage", file: { by: carol.id, link: LINK } }]);
  await b.tick(600_000);
  expect(b.w.vault.relayed).toEqual([]);
  expect(await yes(b, POSTED, alice)).toMatchObject({ id: "AV-1" });
  await untilRelayed(b, 1);
  expect((await b.now()).materials).toMatchObject([
    { role: "footage", file: { link: LINK }, allowed: { by: alice.id } },
  ]);
});

it("a link that leads to nothing any more is told as a link, not as a file of Slack's", async () => {
  const b = withFiles();
  b.w.files.put(SAME.fileId, "footage again.mp4", "mp4");
  await b.open();
  await b.drop([SAME], byCarol());
  b.w.vault.fail = () => {
    throw new Fault("source-gone", "downloading files.example.com/take.mp4: HTTP 404");
  };
  await yes(b, SAME, alice);
  await vi.waitFor(async () =>
    expect((await b.now()).materials).toMatchObject([
      { state: "refused", refusal: { type: "link-failed", because: "gone" } },
    ]),
  );
  expect(await no(b, SAME, alice)).toMatchObject({ type: "nothing-to-override" });
});
