const GOV_DOMAIN = "slack-gov.com";

/** Which URLs may see the bot's token: Slack's own hosts over https, and the host of the Web API itself. */
export function isSlackUrl(url: URL, slackApiUrl: string): boolean {
  const api = new URL(slackApiUrl);
  if (url.hostname === api.hostname && url.protocol === api.protocol) return true;
  return url.protocol === "https:" && url.port === "" && url.hostname.endsWith(`.${domainOf(api)}`);
}

/** GovSlack has hosts of its own for everything, files too. */
function domainOf(api: URL): string {
  const isGov = api.hostname === GOV_DOMAIN || api.hostname.endsWith(`.${GOV_DOMAIN}`);
  return isGov ? GOV_DOMAIN : "slack.com";
}

/** Whether a redirect keeps the token: within an origin, to the Web API's, and to Slack's hosts over https. */
export function keepsToken(from: URL, to: URL, slackApiUrl: string): boolean {
  const isOwn = to.origin === from.origin || to.origin === new URL(slackApiUrl).origin;
  return isSlackUrl(to, slackApiUrl) && (isOwn || to.protocol === "https:");
}

/** Whether a link may be fetched: https, to a host on the list, without a name and password in it. */
export function isMaterialLink(url: URL, hosts: readonly string[]): boolean {
  return url.protocol === "https:" && url.username === "" && url.password === "" && hosts.includes(url.host);
}

/** Slack redirects a request without access to its login page: the front page with `redir`, or a sign-in path. */
export function isLoginUrl(url: URL): boolean {
  return url.pathname === "/" || url.searchParams.has("redir") || /^\/(?:ssb\/)?(?:sign|log)-?in/i.test(url.pathname);
}
