export { ConfigError, type ConfigProblem } from './config-error.js';
export { variables, type VariableReference } from './reference.js';
export {
  loadApiConfig, loadSetupConfig, loadSlackbotConfig, loadWorkerConfig,
  type ApiConfig, type SetupConfig, type SlackbotConfig, type WorkerConfig,
} from './loaders.js';
