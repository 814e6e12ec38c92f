export { audit, type AuditFact } from './audit.js';
export { listAudit, type AuditFilter, type AuditView } from './list-audit.js';
