import { slackCard } from "../../../../src/bot/publish/card.ts";
import { languages } from "../../../../src/bot/slack/languages.ts";
import { slackPeople } from "../../../../src/bot/slack/people.ts";
import { en } from "../../../../src/bot/words/en.ts";
import type { Customization } from "../../../../src/core/customization.ts";
import { keyedMutex } from "../../../../src/flow/keyed-mutex.ts";
import { embeddedEngine } from "../../../../src/store/embedded-engine.ts";
import { vendorReason } from "../../../../src/tencent/result-codes.ts";
import { customization, policy } from "../../../fixtures/customization-fixture.ts";
import type { BotBench } from "../bot-bench.ts";

/** A request of alice's in the bench's channel, which no store knows. */
export function requestIn(b: BotBench, over: Partial<Customization> = {}): Customization {
  const conversation = { team: b.slack.teamId, channel: b.channel, visibility: "public" as const };
  return customization({ requester: b.alice.id, approvers: [b.bob.id], conversation, createdAt: Date.now(), ...over });
}

export function callsOf(b: BotBench, method: string): number {
  return b.slack.calls.filter((call) => call.method === method).length;
}

export function at(c: Customization, card: string | undefined, version = c.version + 1): Customization {
  return { ...c, version, conversation: { ...c.conversation, ...(card && { card }) } };
}

/** The card's side of another process, started after this one. */
export function laterProcess(b: BotBench) {
  const view = () => ({
    words: en,
    policy: policy(),
    environment: "sandbox",
    now: Date.now(),
    usualMs: () => undefined,
    vendorReason,
  });
  const { clock } = b.ports;
  const { store, mutex, rates, shown, locales } = embeddedEngine(b.store, clock, keyedMutex());
  const startedAt = Date.now() + 1;
  const people = slackPeople({ slack: b.clients, clock, log: b.log });
  const speaking = { view, languages: languages({ channels: locales, people, usual: "en" }) };
  return slackCard({ slack: b.clients, store, mutex, rates, shown, ...speaking, clock, log: b.log, startedAt });
}
