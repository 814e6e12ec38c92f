export { listOf, TestApi, type Answer, type Body, type CallOptions } from './api.js';
export { CampaignStage, type StagedCreator } from './campaign-stage.js';
export { closeGate, type Gate, type GateOptions } from './gate.js';
export { PatientApi } from './patient-api.js';
export { startProduct, type Product, type ProductOptions } from './start-product.js';
