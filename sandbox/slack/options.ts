import type { Option } from "./elements.ts";

/** All options of a select, flat. */
export function optionsOf(element: {
  options?: readonly Option[] | undefined;
  option_groups?: readonly { options: readonly Option[] }[] | undefined;
}): readonly Option[] {
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
}
