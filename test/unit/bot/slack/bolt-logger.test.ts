import { WebClient } from "@slack/web-api";
import { expect, it } from "vitest";
import { boltLogger } from "../../../../src/bot/slack/bolt-logger.ts";
import { recordingLog } from "../../../twins/recording-log.ts";

it("a try that got no answer is a line at debug: who asked tells it once, with the host", async () => {
  const log = recordingLog();
  const client = new WebClient("xoxb-1", {
    slackApiUrl: "http://127.0.0.1:1/api/",
    logger: boltLogger(log),
    retryConfig: { retries: 1, minTimeout: 1 },
  });
  await expect(client.auth.test()).rejects.toThrow();
  expect(log.lines.map(({ level }) => level)).toEqual(["debug", "debug"]);
  boltLogger(log).warn("a pong was not received");
  expect(log.lines.at(-1)).toMatchObject({ level: "warn", message: "a pong was not received" });
});
