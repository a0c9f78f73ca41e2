import type { PageObject } from "../contract.ts";
import { type BucketNode, bucketTree } from "./bucket-tree.ts";
import { BucketIcon, FileIcon } from "./icons.tsx";
import { counted, fileSize } from "./measures.ts";
import { clockTime } from "./slack-date.ts";

/** The objects in COS, by coskey. */
export function BucketPane({ objects }: { objects: readonly PageObject[] }) {
  if (objects.length === 0)
    return (
      <p class="empty">
        The bucket is empty. A file that is dropped into a request's thread shows up here under the coskey that Tencent
        publishes, for instance <code>…/idcard/consent.mp4</code>.
      </p>
    );
  return (
    <div class="bucket">
      {bucketTree(objects).map((bucket) => (
        <section key={bucket.path} aria-label={`Bucket ${bucket.name}`}>
          <h3>
            <BucketIcon /> {bucket.name} <span class="quiet">{counted(objects.length, "object")}</span>
          </h3>
          <ul class="bucket-tree">
            {bucket.children.map((node) => (
              <TreeNode key={node.path} node={node} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function TreeNode({ node }: { node: BucketNode }) {
  const { object } = node;
  if (object) return <ObjectLine name={node.name} object={object} />;
  return (
    <li>
      <span class="bucket-folder">{node.name}/</span>
      <ul>
        {node.children.map((each) => (
          <TreeNode key={each.path} node={each} />
        ))}
      </ul>
    </li>
  );
}

function ObjectLine({ name, object }: { name: string; object: PageObject }) {
  return (
    <li class="bucket-object" title={object.key}>
      <FileIcon />
      <strong>{name}</strong>
      <span>{fileSize(object.size)}</span>
      <span class="quiet">
        CRC-64 <code>{object.crc64}</code>
      </span>
      <span class="quiet">{clockTime(object.uploadedAt, {}, true)}</span>
    </li>
  );
}
