export { maySend } from './resend.js';
export { agreementStatuses, type AgreementStatus } from './statuses.js';
export { termsSchema, type AgreementTerms } from './terms.js';
export { reminderBeforeMs, shiftWindow, signingWindowMs, windowOf, type AgreementWindow } from './window.js';
