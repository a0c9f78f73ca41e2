import { describe, expect, it } from "vitest";
import { isLoginUrl, isSlackUrl, keepsToken } from "../../../../src/bot/files/hosts.ts";

const SLACK = "https://slack.com/api/";
const GOV = "https://slack-gov.com/api/";
const SANDBOX = "http://127.0.0.1:3001/api/";

describe("the token goes to", () => {
  it.each([
    ["https://files.slack.com/files-pri/T1-F1/a.mp4", SLACK, true],
    ["https://team.slack.com/files-pri/T1-F1/a.mp4", SLACK, true],
    ["https://slack.com/files/a", SLACK, true],
    ["http://files.slack.com/files-pri/T1-F1/a.mp4", SLACK, false],
    ["https://files.slack.com:8443/a", SLACK, false],
    ["https://files.slack.com.evil.example/a", SLACK, false],
    ["https://evilslack.com/a", SLACK, false],
    ["https://files.slack.com@evil.example/a", SLACK, false],
    ["https://drive.google.com/file/d/1", SLACK, false],
    ["http://127.0.0.1:3001/files-pri/a", SLACK, false],
    ["http://127.0.0.1:3001/files-pri/a", SANDBOX, true],
    ["http://127.0.0.1:3002/files-pri/a", SANDBOX, true],
    ["http://localhost:3001/files-pri/a", SANDBOX, false],
    ["https://127.0.0.1:3001/files-pri/a", SANDBOX, false],
    ["https://files.slack-gov.com/files-pri/T1-F1/a.mp4", GOV, true],
    ["https://team.slack-gov.com/files-pri/T1-F1/a.mp4", GOV, true],
    ["https://files.slack-gov.com/a", "https://www.slack-gov.com/api/", true],
    ["https://files.slack.com/a", GOV, false],
    ["https://files.slack-gov.com/a", SLACK, false],
    ["https://files.slack-gov.com/a", "https://evilslack-gov.com/api/", false],
    ["http://files.slack-gov.com/a", GOV, false],
    ["https://files.slack-gov.com.evil.example/a", GOV, false],
    ["https://files.slack.com/a", "https://slack.proxy.example/api/", true],
  ])("%s when the API is at %s: %s", (url, api, may) => {
    expect(isSlackUrl(new URL(url), api)).toBe(may);
  });
});

describe("after a redirect the token goes on", () => {
  const [own, files] = ["http://127.0.0.1:3001/files-pri/a", "https://files.slack.com/files-pri/a"];
  it.each([
    [files, "https://files-origin.slack.com/a", SLACK, true],
    [files, "https://cdn.example.com/a", SLACK, false],
    [files, "http://files.slack.com/a", SLACK, false],
    [own, "http://127.0.0.1:3001/b", SANDBOX, true],
    [own, "http://127.0.0.1:3002/b", SANDBOX, false],
    ["http://127.0.0.1:3002/a", "http://127.0.0.1:3001/b", SANDBOX, true],
  ])("from %s to %s when the API is at %s: %s", (from, to, api, may) => {
    expect(keepsToken(new URL(from), new URL(to), api)).toBe(may);
  });
});

describe("a login page is", () => {
  it.each([
    ["https://team.slack.com/?redir=%2Ffiles-pri%2FT1-F1%2Fa.mp4", true],
    ["https://team.slack.com/", true],
    ["https://slack.com/signin", true],
    ["https://team.slack.com/ssb/signin_redirect", true],
    ["https://slack.com/sign-in?x=1", true],
    ["https://slack.com/login", true],
    ["https://files.slack.com/files-pri/T1-F1/login.mp4", false],
    ["https://files.slack.com/files-tmb/T1-F1/a.png", false],
  ])("%s: %s", (url, is) => {
    expect(isLoginUrl(new URL(url))).toBe(is);
  });
});
