const BLANK = "[blanked]";
/** Fields whose value is a secret, in any of the three services. */
const SECRET =
  /^(?:(?:access_?)?token|appkey|tmp_?secret_?(?:id|key)|secret_?(?:id|key)?|sign(?:ature)?|authorization|x-cos-security-token)$/i;
/** Secret in any position: Slack's tokens, key ids of temporary credentials, signatures in links. */
const SHAPES = [
  /\bx(?:ox[a-z]|app)-[\w-]{8,}/g,
  /\bAKID[\w-]{8,}/g,
  /(?<=(?:[?&]|&amp;)(?:sign(?:ature)?|q-signature|q-ak|x-cos-security-token)=)[^&\s"'<>|\\]+/gi,
];

/**
 * The JSON of something that went over the wire, without its secrets.
 * @param known  the literal secrets
 */
export function blankedJson(value: unknown, known: readonly string[]): string {
  const json = JSON.stringify(value, (field, part: unknown) =>
    typeof part === "string" && part !== "" && SECRET.test(field) ? BLANK : part,
  );
  return blankedText(json ?? "null", known);
}

export function blankedText(text: string, known: readonly string[]): string {
  return SHAPES.reduce((rest, shape) => rest.replace(shape, BLANK), withoutKnown(text, known));
}

/** Blanks known secrets only, so that the signed links in messages keep working. */
export function withoutKnown(text: string, known: readonly string[]): string {
  const forms = known.filter(Boolean).flatMap((secret) => [secret, encodeURIComponent(secret)]);
  return forms.reduce((rest, secret) => rest.replaceAll(secret, BLANK), text);
}
