import { z } from "zod";

const document = z.looseObject({});
const documents = z.array(document);
const entries = z.record(z.string(), z.unknown());

type Document = z.infer<typeof document>;

/** Before 0.2 documents had no schema number, and each union its own discriminant: `what`, `refusal`, `notice.what.what`. */
export function toSchema1(old: Document): Document {
  const { place, doubt, ...rest } = old;
  return {
    ...rest,
    schema: 1,
    conversation: place,
    ...(doubt !== undefined && { launchOutcomeUnknown: doubt }),
    materials: documents.parse(old.materials).map(material),
    history: documents.parse(old.history).map((line) => ({ ...line, event: event(document.parse(line.event)) })),
    outbox: documents.parse(old.outbox).map(notice),
  };
}

function material(old: Document): Document {
  const { place, ...rest } = old;
  return { ...rest, ...(place !== undefined && { location: place }), ...withRefusal(old) };
}

function event(old: Document): Document {
  return { ...renamed(old, { what: "type" }), ...withRefusal(old) };
}

function notice(old: Document): Document {
  const { what, ...rest } = old;
  return { ...rest, content: renamed(entries.parse(what), { what: "type" }) };
}

function withRefusal({ refusal }: Document): Document {
  return refusal === undefined
    ? {}
    : { refusal: renamed(entries.parse(refusal), { type: "contentType", refusal: "type" }) };
}

function renamed(old: Document, names: Readonly<Record<string, string>>): Document {
  return Object.fromEntries(Object.entries(old).map(([key, value]) => [names[key] ?? key, value]));
}
