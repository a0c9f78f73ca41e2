/**
 * Text without invisible format characters (`\p{Cf}`): bidi controls, zero-width ones, soft hyphens, tags. With them a
 * name or a reason could look like another one. Joined emoji come apart into their parts.
 */
export function visible(text: string): string {
  return text.replace(/\p{Cf}/gu, "");
}

/** Makes all text of a parsed JSON value visible, in place, so that others who hold parts of it see the same. */
export function makeVisible(value: unknown): unknown {
  if (typeof value === "string") return visible(value);
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) value[i] = makeVisible(item);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) value[key] = makeVisible(item);
  }
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
