import { expect, it } from "vitest";
import { resume } from "../../../src/flow/resume.ts";
import { round } from "../../fixtures/customization-fixture.ts";
import { bench } from "./bench.ts";

it("a start forgets the signed links that an earlier version left in a request that has ended", async () => {
  const b = bench();
  await b.open({ state: "done", rounds: [round()] });
  const { version } = await b.now();
  expect(JSON.stringify(await b.now())).toContain("sign=1");
  await resume(b.ports, b.transfers);
  expect((await b.now()).rounds[0]).toMatchObject({
    demos: ["https://demo.example.com/one.mp4"],
    linksExpired: true,
  });
  await resume(b.ports, b.transfers);
  expect((await b.now()).version).toBe(version + 1);
});
