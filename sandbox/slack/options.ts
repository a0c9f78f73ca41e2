/** All options of a select, flat. Apart from the schemas: the page takes it to the browser without zod. */
export function optionsOf<Option>(element: {
  options?: readonly Option[] | undefined;
  option_groups?: readonly { options: readonly Option[] }[] | undefined;
}): readonly Option[] {
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
}
