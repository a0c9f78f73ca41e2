import type { Customization } from "../core/customization.ts";
import type { Ports } from "../core/ports.ts";
import { isRefusal } from "../core/refusal.ts";
import { change } from "./change.ts";

type TextPorts = Pick<Ports, "store" | "voices">;

/**
 * Fetches the texts to read aloud once and stores them: a recording must be inspected with the text id that it read.
 * @throws {Fault} `gateway-*`
 */
export async function withReadingTexts(ports: TextPorts, c: Customization): Promise<Customization> {
  if (c.texts && c.texts.length > 0) return c;
  const texts = (await ports.voices.texts(c.language ?? "chi")).map((text) => ({ ...text }));
  const kept = await change(ports.store, c.id, (now) => (now.texts?.length ? now : { ...now, texts }));
  return isRefusal(kept) ? c : kept;
}
