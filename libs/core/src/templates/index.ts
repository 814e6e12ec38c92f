export { writeDocument } from './document-writer.js';
export { getTemplate, type TemplateAddress } from './get-template.js';
export { listTemplates, type EditedAt, type TemplateSummary } from './list-templates.js';
export { MessageWriter, writeMessage } from './message-writer.js';
export { previewTemplate, type ChannelPreview, type PreviewInput, type TemplatePreview } from './preview-template.js';
export { resetTemplate, restoreTemplate, saveTemplate, type SaveTemplateInput } from './save-template.js';
export type { FormView, TemplateOrigin, TemplateView } from './template-view.js';
export { getTemplateVersion, listTemplateVersions, type TemplateVersionView } from './template-versions.js';
export type { SavedForms } from './template-version.entity.js';
