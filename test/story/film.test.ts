import { describe, expect, it } from "vitest";
import type { Thread } from "../../sandbox/play.ts";
import { pressWhenShown } from "../../sandbox/play.ts";
import { askForDecision, studio, withButton } from "./studio.ts";

const world = studio();

/** What the bot itself has uploaded into a thread. */
function filmsOf({ world: { slack, channel }, ts }: Thread) {
  return slack.messages(channel, ts).filter(({ files, user }) => files && user === slack.botUserId);
}

describe("a demo", () => {
  it("plays in the thread, as the message after the one with the decision, and the bot takes it for nothing else", async () => {
    const thread = await askForDecision(world(), { name: "On-screen" });
    const decision = withButton(thread, "Confirm");
    const film = await world().slack.until(() => filmsOf(thread)[0], "the film");
    expect(Number(film.ts)).toBeGreaterThan(Number(decision));
    const [file] = film.files ?? [];
    expect(file).toMatchObject({ mimetype: "video/mp4", title: "Demo 1 of On-screen" });
    const shown = await fetch(`${world().slack.url}/sandbox/files/${file?.id}`, { headers: { range: "bytes=0-99" } });
    expect([shown.status, shown.headers.get("content-type")]).toEqual([206, "video/mp4"]);
    await pressWhenShown(thread, world().people.bob, "Confirm");
    await thread.until((seen) => /VirtualmanKey/.test(seen.text), "the asset keys");
    expect(filmsOf(thread)).toHaveLength(1);
    expect(world().people.alice.privates()).toEqual([]);
  });
});
