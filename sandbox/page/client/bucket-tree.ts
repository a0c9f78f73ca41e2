import type { PageObject } from "../contract.ts";

/** A folder of a bucket, or an object in it. */
export interface BucketNode {
  /** One part of the key, or several where nothing else branches off. */
  readonly name: string;
  /** The full path from the bucket; unique. */
  readonly path: string;
  readonly object?: PageObject;
  readonly children: readonly BucketNode[];
}

/** Objects as a tree of folders; chains of single folders are merged. */
export function bucketTree(objects: readonly PageObject[]): BucketNode[] {
  const buckets = new Map<string, Building>();
  for (const object of objects) {
    const bucket = child(buckets, object.bucket, object.bucket);
    const parts = object.key.split("/");
    let at = bucket;
    for (const part of parts) at = child(at.children, part, `${at.path}/${part}`);
    at.object = object;
  }
  return [...buckets.values()].map((bucket) => ({
    name: bucket.name,
    path: bucket.path,
    children: [...bucket.children.values()].map(folded),
  }));
}

interface Building {
  readonly name: string;
  readonly path: string;
  object?: PageObject;
  readonly children: Map<string, Building>;
}

function child(among: Map<string, Building>, name: string, path: string): Building {
  const found = among.get(name) ?? { name, path, children: new Map() };
  among.set(name, found);
  return found;
}

function folded(node: Building): BucketNode {
  const [only, ...others] = node.children.values();
  const isStraight = only !== undefined && others.length === 0 && only.children.size > 0 && !node.object;
  if (isStraight) {
    const below = folded(only);
    return { ...below, name: `${node.name}/${below.name}` };
  }
  const { name, path, object } = node;
  return { name, path, ...(object && { object }), children: [...node.children.values()].map(folded) };
}
