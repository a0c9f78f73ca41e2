import { describe, expect, it } from "vitest";
import { look } from "../../sandbox/look.ts";
import { broken, material } from "../../sandbox/material/files.ts";
import { ask, isTaken, nextPrivate, studio } from "./studio.ts";

describe.each(["socket", "http"] as const)("files over %s", (via) => {
  const world = studio({ via });

  it("the same event eleven times, each with another event_id, gives one upload", async () => {
    const { slack, cos, people, channel } = world();
    const thread = await ask(world(), { name: "Eleven" });
    await people.alice.upload(channel, [material.consentLetter], { threadTs: thread.ts });
    await slack.redeliver({ last: "message", times: 10, newEventIds: true });
    await thread.until((seen) => isTaken(seen), "the letter on the card");
    await slack.redeliver({ last: "message", times: 1, newEventIds: true });
    await people.alice.upload(channel, [material.footage1080p], { threadTs: thread.ts });
    await thread.until((seen) => seen.buttons.includes("Launch"), "Launch");
    expect(cos.calls.filter((call) => call.operation === "PutObject")).toHaveLength(2);
    expect(cos.objects()).toHaveLength(2);
  });

  it.each([
    ["a png renamed to pdf", broken.pngRenamedPdf],
    ["a text renamed to mp4", broken.textRenamedMp4],
    ["an empty file", broken.empty],
    ["a gif", broken.photoGif],
  ])("%s is refused privately by its content, with a line on the card and Why?", async (what, file) => {
    const { people, channel, cos } = world();
    const thread = await ask(world(), { name: `Refused-${via}-${file.name.length}-${what.length}` });
    const [before, objects] = [people.bob.privates().length, cos.objects().length];
    await people.bob.upload(channel, [file], { threadTs: thread.ts });
    const told = await nextPrivate(world(), "bob", before);
    expect(told.thread_ts).toBe(thread.ts);
    expect(look(told).text).toContain(file.name);
    await thread.until((seen) => seen.buttons.includes("Why?"), "Why?");
    const heard = people.eve.privates().length;
    await people.eve.click({ channel, ts: thread.ts }, "Why?");
    expect(look(await nextPrivate(world(), "eve", heard)).text).toContain(file.name);
    expect(cos.objects()).toHaveLength(objects);
  });

  it("files that Slack does not hand out are told apart", async () => {
    const { people, channel } = world();
    const thread = await ask(world(), { name: `Not-there-${via}` });
    for (const mode of ["external", "tombstone", "hidden_by_limit"] as const) {
      const before = people.carol.privates().length;
      await people.carol.upload(channel, [{ name: `${mode}.mp4`, path: material.consentVideo.path, mode }], {
        threadTs: thread.ts,
      });
      await nextPrivate(world(), "carol", before);
    }
    const sentences = people.carol.privates().map((m) => look(m).text.replace(/^.*wasn't accepted\.\*\s*/s, ""));
    expect(new Set(sentences).size).toBe(3);
  });

  it("a file posted in the channel gets one private hint, whose button hands it over", async () => {
    const { people, channel } = world();
    const thread = await ask(world(), { name: `Hinted-${via}` });
    const before = people.alice.privates().length;
    await people.alice.upload(channel, [material.consentLetter]);
    const hint = await nextPrivate(world(), "alice", before);
    await people.alice.upload(channel, [material.footage1080p]);
    const button = look(hint).buttons[0] ?? "";
    expect(button).toMatch(/^Use it for AV-\d+$/);
    await people.alice.click({ channel, ts: hint.ts }, button);
    await thread.until((seen) => isTaken(seen, "consent-letter.pdf"), "the letter on the card");
    const hints = people.alice
      .privates()
      .slice(before)
      .filter((m) => /footage-1080p/.test(look(m).text));
    expect(hints).toEqual([]);
  });
});
