import { z } from "zod";
import type { Self } from "./clients.ts";
import type { SlackMessage } from "./messages.ts";

const CARD = "avatar_card";
const NOTICE = "avatar_notice";

/** Holds ids only: everybody in the workspace can read a message's metadata. */
export interface MessageMetadata {
  readonly event_type: string;
  readonly event_payload: Record<string, string>;
}

export function cardMetadata(id: string): MessageMetadata {
  return { event_type: CARD, event_payload: { id } };
}

export function noticeMetadata(id: string, key: string): MessageMetadata {
  return { event_type: NOTICE, event_payload: { id, key } };
}

export function languageMetadata(locale: string): MessageMetadata {
  return { event_type: "avatar_language", event_payload: { locale } };
}

const payloadSchema = z.object({ id: z.string(), key: z.string().optional() });

/** The request whose card a message is. Only our own messages count: any app can write such metadata. */
export function cardIn(message: SlackMessage, self: Self): string | undefined {
  return ownPayload(message, self, CARD)?.id;
}

export function isNoticeIn(message: SlackMessage, self: Self, id: string, key: string): boolean {
  const payload = ownPayload(message, self, NOTICE);
  return payload?.id === id && payload.key === key;
}

function ownPayload(message: SlackMessage, self: Self, type: string): z.infer<typeof payloadSchema> | undefined {
  const isOwn = (self.botId !== undefined && message.bot_id === self.botId) || message.user === self.userId;
  if (!isOwn || message.metadata?.event_type !== type) return undefined;
  const payload = payloadSchema.safeParse(message.metadata.event_payload);
  return payload.success ? payload.data : undefined;
}
