import { describe, expect, it } from "vitest";
import { look } from "../../sandbox/look.ts";
import { material } from "../../sandbox/material/files.ts";
import type { Thread } from "../../sandbox/play.ts";
import { pressWhenShown } from "../../sandbox/play.ts";
import { ask, callsOf, cardOf, historyOf, isTaken, nextPrivate, QUICK, studio, withButton } from "./studio.ts";

const world = studio({ env: QUICK, gateway: { plays: "mainland" } });

const OTHER_FACE = { ...material.photoJpg, name: "somebody-else.jpg" };

/** A photo avatar that could be launched with alice's photo; eve then drops another face. */
async function swapped(name: string): Promise<Thread> {
  const { people, channel } = world();
  const thread = await ask(world(), { name, kind: "IMAGE_PHOTO" });
  await people.alice.upload(channel, [material.photoPng], { threadTs: thread.ts });
  await thread.until((seen) => seen.buttons.includes("Launch"), "Launch");
  await people.eve.upload(channel, [OTHER_FACE], { threadTs: thread.ts });
  await thread.until((seen) => seen.buttons.includes("Not this file"), "the question");
  return thread;
}

/** What has reached Tencent Cloud so far. */
function sent(): { objects: number; open: number; faces: number } {
  const { cos } = world();
  return { objects: cos.objects().length, open: cos.openUploads().length, faces: callsOf(world(), "facedetect") };
}

function cardMessage(thread: Thread): unknown {
  return thread.sights()[0]?.message.blocks;
}

describe("a face that somebody else drops", () => {
  it("goes nowhere and changes nothing until the requester says yes, also after a restart", async () => {
    const { people, channel } = world();
    const before = sent();
    const thread = await swapped("Swapped");
    const mine = { objects: 1, open: 0, faces: 1 };
    expect(sent()).toEqual(mine);
    expect(before).toEqual({ objects: 0, open: 0, faces: 0 });
    const launch = JSON.stringify(cardMessage(thread)).match(/from photo[^.]*\.png[^)]*\)/)?.[0];
    expect(launch).toContain("(alice)");
    expect(cardOf(thread).buttons).toContain("Launch");
    const question = withButton(thread, "Not this file");
    const asked = () => thread.sights().find((seen) => seen.message.ts === question);
    expect(asked()?.text).toContain(`<@${people.alice.id}>`);

    await world().killBot();
    await world().startBot();
    const heard = people.eve.privates().length;
    await people.eve.click({ channel, ts: question }, "Use this file");
    expect(look(await nextPrivate(world(), "eve", heard)).text).toContain(people.alice.id);
    expect(sent()).toEqual(mine);
    expect(asked()?.buttons).toEqual(["Use this file", "Not this file"]);

    await people.alice.click({ channel, ts: question }, "Use this file");
    await thread.until(
      (seen) => seen.text.includes("somebody-else.jpg from eve takes the place of"),
      "it in the thread",
    );
    await thread.until((seen) => isTaken(seen, "somebody-else.jpg"), "it on the card");
    expect(sent()).toEqual({ objects: 2, open: 0, faces: 2 });
    await thread.until((seen) => seen.message.ts === question && seen.buttons.length === 0, "no buttons");
    const history = await historyOf(thread, "bob");
    expect(history).toContain(`lets <@${people.eve.id}>'s files count as photo until Launch`);
    expect(JSON.stringify(cardMessage(thread))).toContain(String.raw`somebody-else.jpg\" (eve)`);
  });

  it("that the requester does not want is out, and its dropper is told", async () => {
    const { people } = world();
    const before = sent();
    const thread = await swapped("Not-wanted");
    const heard = people.eve.privates().length;
    await pressWhenShown(thread, people.alice, "Not this file");
    expect(look(await nextPrivate(world(), "eve", heard)).text).toContain("somebody-else.jpg wasn't accepted");
    expect(sent().objects).toBe(before.objects + 1);
    expect(cardOf(thread).buttons).toContain("Launch");
  });

  it("waits no longer once the request has ended", async () => {
    const { people, channel } = world();
    const thread = await swapped("Ended");
    const question = withButton(thread, "Not this file");
    await people.alice.click({ channel, ts: thread.ts }, "Cancel");
    await thread.until((seen) => seen.message.ts === question && seen.text.includes("No answer is needed"), "the end");
    expect(thread.sights().flatMap((seen) => [...seen.buttons])).toEqual(["Details", "New like this"]);
  });
});
