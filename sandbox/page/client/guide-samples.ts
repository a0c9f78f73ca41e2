/** The texts and samples of the first steps, for one kind of request. */
export interface GuidedKind {
  /** The files that its thread needs, in words. */
  readonly wants: string;
  /** The samples that it needs, each with a caption that names its role. */
  readonly samples: readonly (readonly [name: string, caption: string])[];
  /** Whether an approver looks at a demo before it is done. */
  readonly hasDemo: boolean;
}

const CONSENT = ["consent.mp4", "the consent"] as const;

/** @param card  the words of a request's card, which name its kind */
export function guidedKind(card: string): GuidedKind {
  if (card.includes("Photo avatar")) return { wants: "a photo", samples: [["photo.png", "the photo"]], hasDemo: false };
  if (card.includes("Voice clone, ultra-fast"))
    return { wants: "a recording of its text", samples: [["recording.wav", "read aloud"]], hasDemo: true };
  if (card.includes("Voice clone"))
    return {
      wants: "the consent and the voice package",
      samples: [CONSENT, ["voice-package-10min.zip", "the package"]],
      hasDemo: true,
    };
  const footage = card.includes("High-precision") ? "footage-4k.mp4" : "footage-1080p.mp4";
  return { wants: "the consent and the footage", samples: [CONSENT, [footage, "the footage"]], hasDemo: true };
}
