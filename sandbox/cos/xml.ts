const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
const CHARACTERS = new Map(Object.entries(ENTITIES).map(([character, entity]) => [entity, character]));

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** `[["Key", "a"], ["Part", [["Size", "1"]]]]` → nested elements under `root`. */
export type XmlElements = readonly (readonly [string, string | XmlElements])[];

export function renderXml(root: string, elements: XmlElements): string {
  return `<?xml version='1.0' encoding='utf-8' ?>\n${element(root, elements)}\n`;
}

function element(name: string, content: string | XmlElements): string {
  const inside = typeof content === "string" ? escapeXml(content) : content.map(([n, c]) => element(n, c)).join("");
  return `<${name}>${inside}</${name}>`;
}

/** The parts that a CompleteMultipartUpload body lists, in its order; undefined when the body is not of that shape. */
export function parsePartList(xml: string): { partNumber: number; etag: string }[] | undefined {
  const list = /^\s*(?:<\?xml[^>]*\?>)?\s*<CompleteMultipartUpload>(.*)<\/CompleteMultipartUpload>\s*$/s.exec(xml)?.[1];
  if (list === undefined || list.replace(/<Part>.*?<\/Part>/gs, "").trim() !== "") return undefined;
  const parts = [];
  for (const [, part = ""] of list.matchAll(/<Part>(.*?)<\/Part>/gs)) {
    const number = /<PartNumber>\s*(\d+)\s*<\/PartNumber>/.exec(part)?.[1];
    const etag = /<ETag>\s*(.*?)\s*<\/ETag>/s.exec(part)?.[1];
    if (number === undefined || etag === undefined) return undefined;
    parts.push({ partNumber: Number(number), etag: unescapeXml(etag).replace(/^"|"$/g, "") });
  }
  return parts.length > 0 ? parts : undefined;
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|apos);/g, (entity) => CHARACTERS.get(entity) ?? entity);
}
