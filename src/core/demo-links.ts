import type { Customization, Round } from "./customization.ts";
import { lastRound } from "./record.ts";
import { isOver } from "./state.ts";

/** How long a link counts as working when it does not say so itself. */
const LIFE_MS = 3_600_000;

/**
 * Whoever has a signed link can watch the demo. So the record keeps only the address of links that have expired or that
 * nobody decides about any more; *Open the demo* fetches new ones.
 */
export function dropSignatures(c: Customization, now: number): Customization {
  const rounds = c.rounds.map((round) => {
    const signed = round.demos.filter((url) => /[?#]/.test(url));
    if (signed.length === 0 || (isOpen(c, round) && signed.every((url) => now < expiryOf(url, round)))) return round;
    return { ...round, demos: round.demos.map(withoutSignature), linksExpired: true };
  });
  return rounds.every((round, i) => round === c.rounds[i]) ? c : { ...c, rounds };
}

function isOpen(c: Customization, round: Round): boolean {
  return !isOver(c.state) && round === lastRound(c) && round.decision?.accepted !== true;
}

function withoutSignature(url: string): string {
  return url.replace(/[?#].*$/s, "");
}

/** In epoch ms. COS says it as `q-sign-time=from;to` in seconds, others as `expires`. */
function expiryOf(url: string, { offeredAt }: Round): number {
  const [, seconds] = /[?&](?:expires|q-sign-time)=(?:\d+(?:;|%3B))?(\d{10})(?:&|#|$)/i.exec(url) ?? [];
  return seconds === undefined ? offeredAt + LIFE_MS : Number(seconds) * 1000;
}
