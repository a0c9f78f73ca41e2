import type { Customization } from "../../../core/customization.ts";
import type { Material } from "../../../core/material-record.ts";
import { demoNumber } from "../../../core/production.ts";
import { knownQuota } from "../../../core/quota.ts";
import { launchMaterials } from "../../../core/record.ts";
import { collects } from "../../../core/state.ts";
import { brief } from "../mrkdwn.ts";
import type { Dialog, DialogWords } from "../words.ts";
import { names } from "./names.ts";
import { vendorDay } from "./quotas.ts";

export const dialogs: DialogWords = {
  launch: (c, now) => launchDialog(c, `Launch ${c.id}?`, spends(c, now)),
  launchAgain: (c) => ({
    title: `Launch ${c.id} again?`,
    text: `The first launch may already have spent a quota. Launch again only if Tencent Cloud's console has no "${brief(c.name, 60)}". The same name is used, so a first launch that worked should make Tencent Cloud refuse this one; else it spends one more.`,
    confirm: "Launch again",
    deny: "Not now",
  }),
  confirm: (c, round) => ({
    title: `Confirm demo ${demoNumber(c, round)}?`,
    text: `"${brief(c.name, 60)}" is then finished as this demo shows it, and belongs to the account. This cannot be undone.`,
    confirm: "Confirm",
    deny: "Not yet",
  }),
  cancel: (c) => ({
    title: `Cancel ${c.id}?`,
    text: `The request for "${brief(c.name, 60)}" ends and its uploads stop. Nothing has been spent. This cannot be undone.`,
    confirm: "Cancel the request",
    deny: "Keep it",
  }),
  stopFollowing: (c) => ({
    title: `Stop following ${c.id}?`,
    text: c.task
      ? `The quota is spent and Tencent Cloud goes on; only this card stops. The TaskId is kept. This cannot be undone.`
      : `Whether a quota was spent is not known and will stay so here; only this card stops. Look for "${brief(c.name, 60)}" in Tencent Cloud's console. This cannot be undone.`,
    confirm: "Stop following",
    deny: "Keep following",
  }),
  sayFilm: (c) => ({
    title: "Let it say something?",
    text: `"${brief(c.name, 60)}" says it in a film. That uses broadcast hours, which the account has bought and which are not refunded. The next step asks for the text.`,
    confirm: "Go on",
    deny: "Not now",
  }),
  useAnyway: (material) => ({
    title: "Use it anyway?",
    text: `"${brief(material.file.name, 60)}" then counts, and you answer for it: the history keeps that. Tencent Cloud may refuse it after Launch, and a spent quota is not refunded.`,
    confirm: "Use it anyway",
    deny: "Not now",
  }),
  erase: (c) => ({
    title: `Erase ${c.id}?`,
    text: "Its name, notes, texts, file names, reasons and links go from here and from this app's messages. What Tencent Cloud has stays there. This cannot be undone.",
    confirm: "Erase",
    deny: "Keep it",
  }),
  tryAgain: (c) => ({
    title: `Try ${c.id} again?`,
    text: `A new request starts with the same answers, and its files are taken from Slack again.${
      c.state === "failed" ? "" : ` ${c.id} stays as it is; the new name gets a number.`
    } Nothing is spent until its Launch, which spends another quota.`,
    confirm: "Try again",
    deny: "Not now",
  }),
};

/** Slack's limit, in UTF-16 units. */
const LONGEST_TEXT = 300;

function launchDialog(c: Customization, title: string, cost: string): Dialog {
  const files = launchMaterials(c).map(launchedFile);
  const texts = [
    launchText(`${names.kind[c.kind]} "${brief(c.name, 40)}"`, files, files.length, cost),
    ...[...files, ""].map((_, i) => launchText(`"${brief(c.name, 24)}"`, files, files.length - i, cost)),
  ];
  return {
    title,
    text: texts.find((text) => text.length <= LONGEST_TEXT) ?? texts.at(-1) ?? "",
    confirm: "Launch",
    deny: collects(c.state) ? "Not yet" : "Not now",
  };
}

/** @param shown  how many files are named; the card has all of them */
function launchText(what: string, files: readonly string[], shown: number, cost: string): string {
  const rest = files.length - shown;
  const named = [...files.slice(0, shown), ...(rest > 0 ? [`${rest} more on the card`] : [])];
  const from = named.length > 0 ? ` from ${names.list(named, "and")}` : "";
  return `${what}${from}. ${cost} You confirm that the person has given permission to make and use this likeness or voice.`;
}

/** What a launch costs, by the last look at the account if that is recent. */
function spends(c: Customization, now: number): string {
  const known = knownQuota(c, now);
  if (!known) return "Spends one purchased quota, not refunded.";
  const until = known.expiresAt === undefined ? "" : vendorDay(known.expiresAt);
  if (known.left === 0) {
    const why = known.expired && until ? `The quota ended on ${until}` : "No quota is left";
    return `${why}, so Tencent Cloud will most likely refuse; what it takes is not refunded.`;
  }
  const of = known.left === 1 ? "the 1 quota" : `the ${known.left} quotas`;
  return `Uses 1 of ${of} left${until ? `, valid until ${until}` : ""}, not refunded.`;
}

function launchedFile(m: Material): string {
  const role = m.role ? names.role[m.role] : "file";
  const who = brief(m.file.byName ?? m.file.by, 16);
  const from = m.file.uploadLink === undefined ? who : `through the upload link @${who} made`;
  return `${role} "${brief(m.file.name, 24)}" (${from})`;
}
