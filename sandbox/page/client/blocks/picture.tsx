interface PictureLike {
  readonly image_url?: string | undefined;
  readonly slack_file?: { readonly id: string } | { readonly url: string } | undefined;
  readonly alt_text: string;
}

export function PictureBlock({
  of,
  title,
  isSmall = false,
}: {
  of: PictureLike;
  title?: string | undefined;
  isSmall?: boolean;
}) {
  const picture = <img class={isSmall ? "picture picture-small" : "picture"} src={addressOf(of)} alt={of.alt_text} />;
  if (!title) return picture;
  return (
    <figure class="picture-figure">
      <figcaption>{title}</figcaption>
      {picture}
    </figure>
  );
}

function addressOf({ image_url, slack_file }: PictureLike): string {
  if (image_url !== undefined) return /^https?:/i.test(image_url) ? image_url : "";
  if (slack_file && "id" in slack_file) return `/sandbox/files/${encodeURIComponent(slack_file.id)}`;
  return slack_file && /^https?:/i.test(slack_file.url) ? slack_file.url : "";
}
