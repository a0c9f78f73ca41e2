import { expect, it } from "vitest";
import { material } from "../../sandbox/material/files.ts";
import { turn } from "../../sandbox/page/server/controls.ts";
import { ask, studio } from "./studio.ts";

const world = studio();

it("files whose message Slack loses count ten seconds later, once, also when the message comes after all", async () => {
  const { slack, cos, people, channel } = world();
  const thread = await ask(world(), { name: "Unheard" });
  await turn(world(), "switch", { name: "lose-file-messages", isOn: true });
  await people.alice.upload(channel, [material.consentLetter, material.footage1080p], { threadTs: thread.ts });
  await thread.until((seen) => seen.buttons.includes("Launch"), "Launch");
  await turn(world(), "calm", {});
  await slack.redeliver({ last: "message", times: 2, newEventIds: true });
  await slack.redeliver({ last: "file", times: 2, newEventIds: true });
  await people.alice.post(channel, "thanks", { threadTs: thread.ts });
  expect(cos.objects()).toHaveLength(2);
  expect(slack.calls.filter(({ method, args }) => method === "conversations.replies" && args.oldest)).toHaveLength(1);
});
