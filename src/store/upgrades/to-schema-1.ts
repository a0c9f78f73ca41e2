import { z } from "zod";

const object = z.looseObject({});
const refused = z.looseObject({ refusal: z.exactOptional(object) });

/** What the step reads of a document without a schema number; the rest passes unread. */
const oldSchema = z.looseObject({
  place: object,
  materials: z.array(refused),
  history: z.array(z.looseObject({ event: refused })),
  outbox: z.array(z.looseObject({ what: object })),
});

type Fields = z.infer<typeof object>;

/**
 * Version 0.1 wrote no schema number and gave each union its own discriminant: `what`, `refusal`, `notice.what.what`.
 * @throws {z.ZodError} with the path of what is missing
 */
export function toSchema1(document: Fields): Fields {
  const old = oldSchema.parse(document);
  return {
    ...renamed(old, { place: "conversation", doubt: "launchOutcomeUnknown" }),
    schema: 1,
    materials: old.materials.map((material) => withRefusal(renamed(material, { place: "location" }))),
    history: old.history.map((line) => ({ ...line, event: withRefusal(renamed(line.event, { what: "type" })) })),
    outbox: old.outbox.map(({ what, ...notice }) => ({ ...notice, content: renamed(what, { what: "type" }) })),
  };
}

function withRefusal(holder: Fields): Fields {
  const { refusal } = refused.parse(holder);
  // Both at once: `type` was the content's type, and is now the discriminant.
  return refusal ? { ...holder, refusal: renamed(refusal, { type: "contentType", refusal: "type" }) } : holder;
}

function renamed(old: Fields, names: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(old).map(([key, value]) => [names[key] ?? key, value]));
}
