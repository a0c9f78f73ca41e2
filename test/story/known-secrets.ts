import { expect } from "vitest";
import type { World } from "../../sandbox/world.ts";

/** Every secret of a world: what it began with, and from now on whatever COS hands out. */
export function knownSecrets({ slack, gateway, cos }: World): readonly string[] {
  const secrets: string[] = [slack.botToken, slack.appToken, slack.signingSecret, gateway.appkey, gateway.accessToken];
  const issue = cos.issueCredential.bind(cos);
  cos.issueCredential = (ask) => {
    const credential = issue(ask);
    secrets.push(credential.Token, credential.TmpSecretId, credential.TmpSecretKey);
    return credential;
  };
  return secrets;
}

/** Neither one of the secrets, as it is or in an address, nor anything that was signed with one. */
export function expectNoSecretIn(text: string, secrets: readonly string[]): void {
  expect(secrets.length, "COS has handed out some").toBeGreaterThan(5);
  for (const secret of secrets)
    for (const form of [secret, encodeURIComponent(secret)]) expect(text.includes(form), form).toBe(false);
  expect(text).not.toMatch(/q-signature=[0-9a-f]{8}|[?&]signature=[\w%]{8}|q-ak=[A-Za-z0-9]{8}|v0=[0-9a-f]{8}/i);
}
