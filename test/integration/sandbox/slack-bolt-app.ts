import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from "@slack/bolt";
import type { SandboxSlack } from "../../../sandbox/slack/server.ts";

/** A Bolt app on two sockets, set up as a serious bot does. */
export async function startSocketApp(slack: SandboxSlack) {
  const receiver = () =>
    new SocketModeReceiver({
      appToken: slack.appToken,
      logLevel: LogLevel.ERROR,
      installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
    });
  const [first, second] = [receiver(), receiver()];
  const app = new App({
    token: slack.botToken,
    receiver: first,
    logLevel: LogLevel.ERROR,
    deferInitialization: true,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  });
  await app.init();
  second.init(app);
  await Promise.all([first.start(), second.start()]);
  await slack.until(() => slack.connected() === 2, "two sockets");
  const stop = async () => {
    await Promise.all([first.client.disconnect(), second.client.disconnect()]);
  };
  return { app, stop };
}

/** A Bolt app that takes signed requests. */
export async function startHttpApp(slack: SandboxSlack) {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({
    token: slack.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    deferInitialization: true,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  });
  await app.init();
  const server = await receiver.start({ host: "127.0.0.1", port: 0 });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  slack.setEventsUrl(`http://127.0.0.1:${address.port}/slack/events`);
  return { app, stop: () => receiver.stop() };
}
