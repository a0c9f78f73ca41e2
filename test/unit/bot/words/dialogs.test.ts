import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../../src/bot/cards/limits.ts";
import { en } from "../../../../src/bot/words/en.ts";
import type { Material } from "../../../../src/core/material-record.ts";
import { accepted, customization, START, task } from "../../../fixtures/customization-fixture.ts";

describe("English", () => {
  it("has dialogs that Slack takes whole, also with the longest name", () => {
    const lost = customization({ id: "AV-123456", name: "n".repeat(50), state: "launch-unknown" });
    const running = customization({ ...lost, state: "running", task: task() });
    const { launch, launchAgain, confirm, cancel, stopFollowing } = en.dialogs;
    const dialogs = [launch(lost, START), launchAgain(lost), confirm(lost, 99), cancel(lost), stopFollowing(lost)];
    for (const { title, text } of [...dialogs, stopFollowing(running)]) {
      expect(text.length).toBeLessThanOrEqual(LIMITS.confirmText);
      expect(title.length).toBeLessThanOrEqual(LIMITS.confirmTitle);
    }
  });

  it("names in the dialog of a launch what is used and who dropped it, as far as Slack's limit goes", () => {
    const of = (m: Material, name: string, byName: string): Material => ({ ...m, file: { ...m.file, name, byName } });
    const short = customization({
      state: "ready",
      materials: [
        of(accepted("identity-letter"), "letter.pdf", "carol"),
        of(accepted("footage", 2), "take.mp4", "alice"),
      ],
    });
    expect(en.dialogs.launch(short, START).text).toBe(
      'Standard avatar, studio lip-sync "Anchor-1" from authorization letter "letter.pdf" (carol) and footage "take.mp4" (alice). Spends one purchased quota, not refunded. You confirm that the person has given permission to make and use this likeness or voice.',
    );
    const roles = ["identity-letter", "voice-package", "recording"] as const;
    const long = customization({
      kind: "VOICE",
      state: "ready",
      name: "n".repeat(50),
      materials: roles.map((role) => of(accepted(role), `${"f".repeat(60)}.bin`, "somebody.with.a.long.name")),
    });
    const { text } = en.dialogs.launch(long, START);
    expect(text.length).toBeLessThanOrEqual(LIMITS.confirmText);
    expect(text).toContain(`"${"f".repeat(23)}…" (somebody.with.a…) and 2 more on the card.`);
  });

  it("warns of a second quota, and does not claim a first one that nobody knows of", () => {
    const lost = customization({ name: "Lost-one", state: "launch-unknown" });
    expect(en.dialogs.launchAgain(lost).text).toBe(
      'The first launch may already have spent a quota. Launch again only if Tencent Cloud\'s console has no "Lost-one". The same name is used, so a first launch that worked should make Tencent Cloud refuse this one; else it spends one more.',
    );
    expect(en.dialogs.stopFollowing(lost).text).toBe(
      'Whether a quota was spent is not known and will stay so here; only this card stops. Look for "Lost-one" in Tencent Cloud\'s console. This cannot be undone.',
    );
  });

  it("says in Launch's dialog what is left of the quota, as long as that is recent", () => {
    const looked = { lookedAt: START, nextLookAt: START, left: 3, expiresAt: Date.UTC(2026, 11, 31, 10) };
    const textOf = (quota: Partial<typeof looked> & { expired?: boolean }, now = START): string =>
      en.dialogs.launch(customization({ state: "ready", name: "n".repeat(50), quota: { ...looked, ...quota } }), now)
        .text;
    expect(textOf({})).toContain("Uses 1 of the 3 quotas left, valid until 31 Dec 2026, not refunded.");
    expect(textOf({ left: 1 })).toContain("Uses 1 of the 1 quota left");
    expect(textOf({ left: 0 })).toContain("No quota is left, so Tencent Cloud will most likely refuse;");
    expect(textOf({ left: 0, expired: true })).toContain("The quota ended on 31 Dec 2026, so");
    expect(textOf({}, START + 11 * 60_000)).toContain("Spends one purchased quota, not refunded.");
    for (const quota of [{}, { left: 0 }, { left: 0, expired: true }, { left: 1_000_000 }]) {
      const all = ["identity-letter", "voice-package", "recording"] as const;
      const materials = all.map((role) => ({
        ...accepted(role),
        file: { ...accepted(role).file, name: "f".repeat(60) },
      }));
      const name = "n".repeat(50);
      const c = customization({ kind: "VOICE", state: "ready", name, materials, quota: { ...looked, ...quota } });
      const { text } = en.dialogs.launch(c, START);
      expect(text.length).toBeLessThanOrEqual(LIMITS.confirmText);
      expect(text).toContain("You confirm that the person has given permission");
    }
  });
});
