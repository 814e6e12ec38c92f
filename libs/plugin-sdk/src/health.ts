/** Whether a plugin could work right now; `detail` is for operators and holds no secret. */
export interface PluginHealth {
  readonly ok: boolean;
  readonly detail?: string;
}
