import type { TemplateData } from '@sevenfold/templating';

/** The data of a text made out to one creator, in their language. */
export function forReader(
  common: TemplateData,
  reader: { name: string; locale?: string | null },
  more: TemplateData = {},
): TemplateData {
  return { ...common, ...(reader.locale ? { locale: reader.locale } : {}), creator: { name: reader.name }, ...more };
}
