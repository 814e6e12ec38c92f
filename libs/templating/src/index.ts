export {
  catalogue, type CatalogueEntry, type CatalogueKey, catalogueKeys, checkPartials, checkTemplate, declaredVariables, type DocumentKey, isTemplateKey, type Sample,
  type TemplateForm, type TemplateSources, withOurPartials,
} from './catalogue/index.js';
export type { TemplateKey } from './defaults/index.js';
export type { MessageTemplate } from './defaults/message-template.js';
export { compile, type Template, variablesOf } from './engine/compile.js';
export { createPartials, type PartialSet, type PartialSource } from './engine/partial-set.js';
export { render, type TemplateData } from './engine/render.js';
export type { Target } from './engine/target.js';
export { checkHtml } from './html/check-html.js';
export { type DefaultTemplate, defaultTemplates, templateKeys } from './messages/default-templates.js';
export { effectiveForms, type EffectiveForm, type MessageForms, messageForms } from './messages/layers.js';
export { type RenderedMessage, renderMessage } from './messages/render-message.js';
export { defaultPartials, partials } from './partials/index.js';
export { createPdfRenderer, type PdfRendererOptions } from './browser/create-pdf-renderer.js';
export type { PdfRenderer } from './browser/pdf-renderer.js';
export { type AgreementData, agreementTemplate, renderAgreement } from './documents/agreement.js';
export { drawStoryCard, renderStoryCard, STORY_SIZE, storyCardHtml, type StoryCardData } from './documents/story-card.js';
export { renderStoryPicture } from './documents/story-picture.js';
