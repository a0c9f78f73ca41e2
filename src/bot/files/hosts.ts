/** Which URLs may see the bot's token: Slack's own hosts over https, and the host of the Web API itself. */
export function isSlackUrl(url: URL, slackApiUrl: string): boolean {
  const api = new URL(slackApiUrl);
  if (url.hostname === api.hostname && url.protocol === api.protocol) return true;
  return url.protocol === "https:" && url.port === "" && url.hostname.endsWith(".slack.com");
}

/** Whether the token goes on after a redirect: within an origin, to the Web API's own, and to Slack's hosts over https. */
export function keepsToken(from: URL, to: URL, slackApiUrl: string): boolean {
  const isOwn = to.origin === from.origin || to.origin === new URL(slackApiUrl).origin;
  return isSlackUrl(to, slackApiUrl) && (isOwn || to.protocol === "https:");
}

/** Slack sends whoever may not see a file to its login page: to its front page with a way back, or to a sign-in path. */
export function isLoginUrl(url: URL): boolean {
  return url.pathname === "/" || url.searchParams.has("redir") || /^\/(?:ssb\/)?(?:sign|log)-?in/i.test(url.pathname);
}
