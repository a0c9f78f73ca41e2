import { deleteAsBot } from "../../../sandbox/slack/messages.ts";
import { isOver } from "../../../src/core/state.ts";
import type { Act } from "./act.ts";
import type { Name } from "./scene.ts";

/** Alice says which of two a video is, uses what was warned about, and looks at other people's files. */
export const answersFiles: Act = {
  name: "answers about files",
  likely: 0.5,
  async act(scene) {
    const labels = ["Authorization video", "Footage", "Use it anyway", "Use this file", "Not this file"];
    for (const label of scene.random.shuffled(labels)) {
      const [message] = scene.withButton(label);
      if (message) return await scene.press("alice", message, label);
    }
  },
};

/** Alice changes her mind, or has waited too long. */
export const cancels: Act = {
  name: "cancels",
  likely: 0.01,
  async act(scene) {
    const label = scene.random.pick(["Cancel", "Stop following"]) ?? "Cancel";
    const [card] = scene.withButton(label);
    if (card) await scene.press("alice", card, label);
  },
};

/** An operator puts Dave in Bob's place. */
export const replaces: Act = {
  name: "replaces an approver",
  likely: 0.02,
  isMischief: true,
  async act(scene) {
    const [bob, dave] = [scene.person("bob").id, scene.person("dave").id];
    const c = (await scene.records()).find(({ state, approvers }) => !isOver(state) && approvers.includes(bob));
    if (!c) return;
    scene.approvers.get(c.name)?.add(dave);
    await scene.type("ops", `/avatar approver ${c.id} @bob @dave`);
  },
};

/** Eve drops a file that is not hers to drop, and presses what is not hers to press. */
export const meddles: Act = {
  name: "meddles",
  likely: 0.05,
  isMischief: true,
  async act(scene) {
    const label = scene.random.pick(["Launch", "Confirm", "Cancel", "Authorization video"]) ?? "Launch";
    const [message] = scene.withButton(label);
    if (message) await scene.press("eve", message, label);
    const [c] = await scene.records();
    const thread = c?.conversation.card;
    if (thread && scene.random.chance(0.5)) await scene.drop("eve", thread, ["footage.mp4"]);
  },
};

/** Somebody deletes a message of the bot, or a file. */
export const deletes: Act = {
  name: "deletes",
  likely: 0.01,
  isMischief: true,
  async act(scene) {
    const { slack, weather } = scene.worlds;
    const { workspace, files } = slack.core;
    const message = scene.random.pick(slack.messages().filter((one) => one.metadata && one.subtype !== "tombstone"));
    const file = scene.random.pick([...files.files.values()]);
    const who: Name = "ops";
    if (message && scene.random.chance(0.5)) {
      weather.count("slack: message deleted");
      scene.note(who, "deletes a message");
      scene.deleted.add(JSON.stringify(message.metadata));
      const channel = workspace.channels.get(scene.channel);
      if (channel) deleteAsBot(slack.core, channel, message);
    } else if (file) {
      weather.count("slack: file deleted");
      scene.note(who, "deletes a file");
      files.setMode(file.id, "tombstone");
    }
  },
};

/** The vendor ends all upload credentials before their time. */
export const revokes: Act = {
  name: "ends credentials",
  likely: 0.01,
  isMischief: true,
  async act(scene) {
    scene.worlds.weather.count("cos: credentials ended");
    scene.worlds.cos.desk.revokeAll();
  },
};

/** Alice misses a card, and asks for its status: that brings it back although the event of its deletion was lost. */
export const asksForStatus: Act = {
  name: "asks for the status",
  likely: 0.1,
  async act(scene) {
    const open = (await scene.records()).filter(({ state, conversation }) => !isOver(state) && conversation.card);
    if (scene.deleted.size === 0) return;
    const missed = scene.random.pick(open);
    if (missed) await scene.type("alice", `/avatar status ${missed.id}`);
  },
};

/** An operator restarts the bot. */
export const restarts: Act = {
  name: "restarts the bot",
  likely: 0.005,
  isMischief: true,
  async act(scene) {
    scene.note("ops", "restarts the bot");
    await scene.restart();
  },
};
