export type { TemplateKey } from './defaults/index.js';
export type { MessageTemplate } from './defaults/message-template.js';
export { compile, type Template, variablesOf } from './engine/compile.js';
export { render, type TemplateData } from './engine/render.js';
export type { Target } from './engine/target.js';
export { type DefaultTemplate, defaultTemplates, templateKeys } from './messages/default-templates.js';
export { type RenderedMessage, renderMessage } from './messages/render-message.js';
