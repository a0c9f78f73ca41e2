import type { Policy } from "../../../core/approval.ts";
import { decidersOf, launchersOf } from "../../../core/approval.ts";
import { keyOf } from "../../../core/asset-lookup.ts";
import type { Asset, Customization, Round } from "../../../core/customization.ts";
import { kindRow } from "../../../core/kinds.ts";
import { canMove, collects, isOver } from "../../../core/state.ts";
import type { CardWords, ProgressFacts, RoundStatus, StageMark } from "../card-words.ts";
import type { Mrkdwn } from "../mrkdwn.ts";
import { brief, code, day, joined, lines, md, quoted, user, when } from "../mrkdwn.ts";
import { seenOutside } from "./channel-notices.ts";
import { material } from "./material.ts";
import { capital, glossed, glosses, names } from "./names.ts";
import { status } from "./status.ts";
import { plainly } from "./trouble.ts";
import { vendorAdvice, vendorNo } from "./vendor.ts";

const { people, list } = names;

export const card: CardWords = {
  title: (c, environment) => `${tag(environment)}${c.id} · ${c.name}`,
  tag,
  subtitle: (c) =>
    md`${names.kind[c.kind]} · ${names.sex[c.sex]} · asked for by ${user(c.requester)}, ${when(c.createdAt)}`,
  status,
  ...material,
  options,
  stages: (marks) => joined(marks.map(stage), "  →  "),
  lastSeen: (stage, status) => md`Last seen at ${glossed(stage)}${status ? `, ${names.status[status]}` : ""}.`,
  progress: (progress) =>
    md`${meaning(progress)}In this stage for ${names.duration(progress.tookMs)}, since ${when(progress.since)}. ${usual(progress)}${seen(progress)}`,
  stuck: (progress) => {
    const long =
      progress.usualMs === undefined ? "Two days in one stage is long." : "More than three times as long as usual.";
    return md`:warning: *Stuck?* ${long} Nothing is lost; Tencent Cloud's support can look at TaskId ${code(progress.taskId)}.`;
  },
  failing: (failing, now) =>
    md`:warning: *Not checked* for ${names.duration(now - failing.since)}: ${brief(plainly(failing.because), 200)}. What stands here is the last thing known. Looking goes on by itself.`,
  round: (r, status) => md`*Demo ${r.n}*, ${when(r.offeredAt)}: ${outcome(r, status)}${noRetrain(r)}`,
  vendorRefused: (what, no, at) =>
    md`:warning: *The ${what} of ${when(at)} was not taken.* ${vendorNo(no, vendorAdvice(no.reason, what))}`,
  assets: (c) => assets(c, Object.entries),
  assetKeys: (c) => assets(c, mainEntries),
  outsiders: seenOutside,
  rules,
  task: (taskId) => md`TaskId ${code(taskId)}`,
};

function tag(environment: string | undefined): string {
  return environment ? `${brief(environment.toUpperCase(), 30)} · ` : "";
}

function options(c: Customization): Mrkdwn | undefined {
  const said = [
    c.background ? md`*Background* ${names.background[c.background]}` : undefined,
    c.photoVersion === undefined
      ? undefined
      : md`*Photo version* ${names.photoVersion[c.photoVersion === 0 ? "0" : "1"]}`,
    kindRow(c.kind).speech === "reading" || c.language
      ? md`*Language* ${names.language[c.language ?? "chi"]}`
      : undefined,
    c.referenceText ? md`*Reference text* ${quoted(c.referenceText, 200)}` : undefined,
    c.demoText ? md`*Demo text* ${quoted(c.demoText, 200)}` : undefined,
    c.notes ? md`*Notes* ${quoted(c.notes, 200)}` : undefined,
  ];
  return said.some((line) => line !== undefined) ? lines(...said) : undefined;
}

/** Meanings are on the line below, so that all stages fit one line; a failed stage has no such line. */
function stage(mark: StageMark): Mrkdwn {
  const name = names.stage[mark.stage];
  switch (mark.mark) {
    case "done":
      return md`${name} done`;
    case "now":
      if (mark.status === "FAIL") return md`*${glossed(mark.stage)} ${names.status.FAIL}*`;
      return mark.status ? md`*${name} ${names.status[mark.status]}*` : md`*${name}*`;
    case "later":
      return md`${name}`;
  }
}

function meaning({ stage: at }: ProgressFacts): Mrkdwn {
  const gloss = at && glosses[at];
  return gloss ? md`*${capital(gloss)}.* ` : md``;
}

function usual(progress: ProgressFacts): Mrkdwn {
  return progress.usualMs === undefined ? md`` : md`Usually it takes about ${names.duration(progress.usualMs)}. `;
}

function seen(progress: ProgressFacts): Mrkdwn {
  return progress.lookedAt === undefined ? md`Not checked yet.` : md`Last checked ${when(progress.lookedAt)}.`;
}

function outcome(r: Round, status: RoundStatus): Mrkdwn {
  const { decision } = r;
  const did = decision?.operate === "REJECT" ? "rejected" : "confirmed";
  const by = decision ? md` by ${user(decision.by)}, ${when(decision.at)}` : md``;
  switch (status) {
    case "open":
      return md`waits for a decision.`;
    case "sending":
      return md`being ${did}${by}.`;
    case "lost":
      return md`${did}${by}, but the answer was lost.`;
    case "decided":
      return md`${did}${by}${decision?.reason ? md`: ${quoted(decision.reason)}` : md`.`}`;
    case "elsewhere":
      return md`decided elsewhere, not through this bot.`;
    case "over":
      return md`not decided here.`;
  }
}

function noRetrain(r: Round): Mrkdwn {
  return r.rejectReason ? md` Tencent Cloud had refused to train again: ${quoted(r.rejectReason, 200)}` : md``;
}

type AssetEntry = [string, Asset[string]];

/** @param shown  which of an asset's entries */
function assets(c: Customization, shown: (asset: Asset) => AssetEntry[]): Mrkdwn[] {
  const found = c.assets?.filter((asset) => Object.keys(asset).length > 0) ?? [];
  const until = c.lookup?.expiresAt;
  const valid = until === undefined ? undefined : md`Valid until ${day(until)}`;
  const known = found.map((asset, i) =>
    lines(...shown(asset).toSorted(mainFirst).slice(0, 20).map(assetLine), i === found.length - 1 ? valid : undefined),
  );
  return found.some((asset) => keyOf(asset) !== undefined) ? known : [...known, keyMissing(c)];
}

/** Why there is no key, and where to find it. */
function keyMissing({ lookup, name, task }: Customization): Mrkdwn {
  const known = task ? md` (TaskId ${code(task.id)})` : md``;
  const where = md`Find the key in Tencent Cloud's AI Digital Human console: among the account's assets, under the name ${code(brief(name, 60))}${known}.`;
  switch (lookup?.ended) {
    case "several":
      return lines(
        md`The account has ${lookup.count ?? "several"} assets of this name, so which one it is cannot be told from here.`,
        where,
      );
    case "none":
      return lines(md`It was not in the account's lists within an hour.`, where);
    case "unreadable":
      return lines(md`The account's lists could not be read.`, where);
    case "found":
      return where;
    case undefined:
      return lookup
        ? lines(md`Its key is not in the account's lists yet. Looking goes on for an hour.`, where)
        : lines(
            where,
            md`This gateway returned no asset keys with it; the international one does so only for some kinds.`,
          );
  }
}

/** The keys that a program needs to use the avatar or voice. */
const MAIN_KEYS: readonly string[] = ["VirtualmanKey", "TimbreKey"];

function mainFirst([a]: AssetEntry, [b]: AssetEntry): number {
  return placeOf(a) - placeOf(b);
}

function placeOf(key: string): number {
  return MAIN_KEYS.includes(key) ? MAIN_KEYS.indexOf(key) : MAIN_KEYS.length;
}

function mainEntries(asset: Asset): AssetEntry[] {
  const main = Object.entries(asset).filter(([key]) => MAIN_KEYS.includes(key));
  return main.length > 0 ? main : Object.entries(asset);
}

function assetLine([key, value]: AssetEntry): Mrkdwn {
  const name = brief(key, 60);
  return md`${MAIN_KEYS.includes(key) ? md`*${name}*` : name}  ${code(brief(String(value), 400))}`;
}

/** Who may do what; operators are not named, so that no card mentions them. */
function rules(c: Customization, policy: Policy): Mrkdwn | undefined {
  if (isOver(c.state)) return undefined;
  const ends = [
    "the requester",
    ...(c.approvers.length > 0 ? ["an approver"] : []),
    ...(policy.operators.length > 0 ? ["an operator"] : []),
  ];
  return lines(
    collects(c.state) ? md`*Launch*: ${people(launchersOf(c, policy), "or")}` : undefined,
    kindRow(c.kind).hasDecision
      ? md`*Confirm or reject*: ${people(decidersOf(c, policy), "or")}`
      : md`*Confirm or reject*: not needed, a photo avatar is finished without`,
    canMove(c.state, "cancelled")
      ? md`*${collects(c.state) ? "Cancel" : "Stop following"}*: ${list(ends, "or")}`
      : undefined,
  );
}
