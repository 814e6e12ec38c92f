export { catalogue, catalogueKeys, documentKeys, isTemplateKey, type CatalogueEntry, type CatalogueKey, type DocumentKey, type TemplateForm } from './catalogue.js';
export { checkPartials, withOurPartials } from './check-partials.js';
export { checkTemplate, type TemplateSources } from './check-template.js';
export { declaredVariables } from './declared-variables.js';
export { samples, type Sample } from './samples.js';
