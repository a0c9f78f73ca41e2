import type { Asset, Customization, Round } from "./customization.ts";
import type { HistoryLine } from "./history.ts";
import { shortFingerprint } from "./poll-plan.ts";
import { note } from "./record.ts";
import { isOver } from "./state.ts";

/** What stands where a name or a text was. */
const GONE = "—";

/** Keys by which a program, and whoever has the asset removed, names it. */
const KEPT_KEYS: readonly string[] = ["VirtualmanKey", "TimbreKey"];

/**
 * An ended request without personal data. What stays: id, kind, dates, TaskId, and who asked, launched and decided.
 * Messages that this bot has posted are drawn again without the rest; whatever nobody has read yet is not sent.
 * @param by  the operator; undefined when the retention time is over
 */
export function eraseRecord(c: Customization, at: number, by?: string): Customization {
  const { id, schema, version, formId, createdAt, kind, sex, consentRequired, requester, approvers, state } = c;
  const { team, channel, visibility, closed, shared, card } = c.conversation;
  const { task, formerRequesters, retryOf, retriedAs, claim } = c;
  const assets = c.assets?.map(keysOf).filter((asset) => Object.keys(asset).length > 0);
  const delivered = c.outbox.filter((notice) => /\d\.\d/.test(notice.delivered ?? ""));
  const kept: Customization = {
    id,
    schema,
    version,
    formId,
    createdAt,
    kind,
    name: GONE,
    sex,
    consentRequired,
    requester,
    approvers,
    ...(formerRequesters && { formerRequesters }),
    ...(retryOf && { retryOf }),
    ...(retriedAs && { retriedAs }),
    conversation: {
      team,
      channel,
      visibility,
      ...(closed && { closed }),
      ...(shared && { shared }),
      ...(card && { card }),
    },
    state,
    revision: c.revision,
    materials: [],
    ...(claim && { claim }),
    ...(task && { task }),
    rounds: c.rounds.map(withoutWords),
    ...(assets && { assets }),
    history: c.history.flatMap(withoutNames),
    outbox: delivered.map(({ key, at: posted, delivered: where }) => ({
      key,
      at: posted,
      ...(where && { delivered: where }),
      content: { type: "erased" },
    })),
    erased: { at, ...(by && { by }) },
  };
  const told = { key: "erasure", at, content: { type: "erasure" } } as const;
  return note({ ...kept, outbox: [...kept.outbox, told] }, at, { type: "erased" }, by);
}

function keysOf(asset: Asset): Asset {
  return Object.fromEntries(Object.entries(asset).filter(([key]) => KEPT_KEYS.includes(key)));
}

function withoutWords({ n, offeredAt, fingerprint, decision }: Round): Round {
  const print = shortFingerprint({ fingerprint });
  if (!decision) return { n, offeredAt, demos: [], fingerprint: print };
  const { operate, by, at, accepted } = decision;
  return { n, offeredAt, demos: [], fingerprint: print, decision: { operate, by, at, accepted } };
}

/** A line of the history without names, texts and reasons; most lines say nothing without them. */
function withoutNames({ at, by, event }: HistoryLine): HistoryLine[] {
  const keep = (kept: HistoryLine["event"]): HistoryLine[] => [{ at, ...(by && { by }), event: kept }];
  switch (event.type) {
    case "opened":
    case "launched":
    case "launch-found":
    case "stage":
    case "demo":
    case "decision-accepted":
    case "decided-elsewhere":
    case "owner-changed":
    case "done":
    case "cancelled":
    case "tried-again":
    case "erased":
      return keep(event);
    case "launch-agreed":
      return keep({ type: "launch-agreed", claim: event.claim, again: event.again });
    case "dropper-trusted":
      return keep({ ...event, name: GONE });
    case "decided":
      return keep({
        type: "decided",
        round: event.round,
        operate: event.operate,
        ...(event.demo && { demo: event.demo }),
      });
    case "failed":
      return keep({ type: "failed", said: GONE });
    default:
      return [];
  }
}

const DAY_MS = 24 * 3_600_000;

/** When a request ended, by the last that its history tells; undefined while it goes on. */
function endedAt(c: Customization): number | undefined {
  if (!isOver(c.state)) return undefined;
  const end = c.history.findLast(({ event }) => ENDS.includes(event.type));
  return end?.at ?? c.createdAt;
}

const ENDS: readonly HistoryLine["event"]["type"][] = ["done", "failed", "cancelled"];

/** @param days  `RETENTION_DAYS`; 0 keeps everything */
export function isDueForErasure(c: Customization, days: number, now: number): boolean {
  const end = endedAt(c);
  return days > 0 && c.erased === undefined && end !== undefined && now - end >= days * DAY_MS;
}
