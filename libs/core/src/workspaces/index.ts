export { changeClient, createClient, getClient, listClients, type ChangeClientInput } from './clients.js';
export {
  createWorkspace, type CreatedWorkspace, type CreateWorkspaceInput, type FirstToken,
} from './create-workspace.js';
export { ensureFirstWorkspace, type FirstWorkspace } from './ensure-first-workspace.js';
export { messagingDefaults, messagingSettings, type MessagingSettings } from './messaging-settings.js';
export { openWorkspaceOnce } from './open-workspace-once.js';
export type { ClientView, Subscription, WorkspaceView } from './views.js';
export { changeWorkspace, getWorkspace, type ChangeWorkspaceInput } from './workspace.js';
export { subscriptions, type WorkspaceSettings } from './workspace.entity.js';
