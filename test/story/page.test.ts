import { afterAll, describe, expect, it } from "vitest";
import { openPage } from "../../sandbox/page/server/open-page.ts";
import { play } from "../../sandbox/play.ts";
import type { World } from "../../sandbox/world.ts";
import { startWorld } from "../../sandbox/world.ts";
import { readPage } from "../integration/sandbox/page-reader.ts";
import { expectNoSecretIn, knownSecrets } from "./known-secrets.ts";

describe("the page, of a whole story", () => {
  const state: { world?: World; closePage?: () => void } = {};
  afterAll(async () => {
    state.closePage?.();
    await state.world?.close();
  });

  it("is told what happens behind, and no secret", async () => {
    const world = await startWorld({ env: { LOG_LEVEL: "debug" } });
    state.world = world;
    const { slack, gateway, cos, people } = world;
    const secrets = knownSecrets(world);
    state.closePage = openPage(world);
    const page = await readPage(world);
    cos.faults.plan("PutObject", { type: "code", code: "SignatureDoesNotMatch" });
    slack.faults.plan("download", { type: "cut", afterBytes: 1000 });
    gateway.faults.plan("getuploadcredentials", { type: "status", status: 500 });
    await world.startBot();
    await play(world, "IMAGE");
    await world.killBot();
    await slack.until(() => page.activities().some(({ title }) => title === "killed"), "the end of the bot");

    const told = page.activities();
    const titles = told.map(({ from, title }) => `${from}: ${title}`);
    for (const expected of [
      "bot: starting",
      "bot: running",
      "delivery: /avatar new",
      "api: views.open",
      "delivery: form “New request”",
      "api: chat.postMessage",
      "delivery: message with 1 file",
      "api: download of consent.mp4",
      "fault: cut off after 1000 bytes on download (1 of 1)",
      "gateway: getuploadcredentials",
      "gateway: getuploadcredentials → 0",
      "fault: SignatureDoesNotMatch on PutObject (1 of 1)",
      "delivery: click on Launch",
      "gateway: make → 0",
      "delivery: click on Confirm",
      "gateway: customerconfirm → 0",
      "bot: killed",
    ])
      expect(titles).toContain(expected);
    expect(told.map(({ id }) => id)).toEqual(told.map((_, i) => i + 1));

    // Whichever file was first met the fault: the object is what came of it at last.
    const lies = told.filter(({ from, isWell }) => from === "cos" && isWell);
    const consent = lies.find(({ line }) => /\/idcard\/consent-F\w+\.mp4$/.test(line ?? ""));
    expect(consent).toMatchObject({ title: expect.stringMatching(/100110 bytes, CRC-64 \d+$/), request: "AV-1" });
    for (const title of ["make → 0", "click on Launch", "message with 1 file"])
      expect(told.find((one) => one.title === title)).toMatchObject({ request: "AV-1" });
    const looks = told.filter(({ title }) => title.startsWith("getprogress")).length;
    expect(looks).toBeGreaterThan(1);
    expect(looks).toBeLessThanOrEqual(gateway.calls.filter(({ operation }) => operation === "getprogress").length);

    expect(page.state()).toMatchObject({
      via: "socket",
      bot: { is: "stopped" },
      tasks: [{ anchorName: "Mei-studio", stage: "END", status: "SUCCESS" }],
      objects: [{ crc64: expect.any(String) }, {}],
      people: [
        { id: people.alice.id, part: "requester" },
        { part: "approver" },
        { part: "approver" },
        { part: "operator" },
        { part: "outsider" },
      ],
    });
    expectNoSecretIn(page.text(), secrets);
    page.close();
  });
});
