/**
 * The samples that the request of this card needs, each with a caption that tells its role.
 * @param card  the words of its card, which name the kind
 */
export function samplesFor(card: string): readonly (readonly [string, string])[] {
  if (card.includes("Photo avatar")) return [["photo.png", "the photo"]];
  if (card.includes("Voice clone, ultra-fast")) return [["recording.wav", "read aloud"]];
  const consent = ["consent.mp4", "the consent"] as const;
  if (card.includes("Voice clone"))
    return [consent, ["voice-package.zip", "the package"], ["recording.wav", "a recording"]];
  const footage = card.includes("High-precision") ? "footage-4k.mp4" : "footage-1080p.mp4";
  return [consent, [footage, "the footage"]];
}
