export { expireAgreement } from './expire-agreement.js';
export {
  agreementHtml, agreementPdf, getAgreement, listAgreements, type AgreementFilter,
} from './list-agreements.js';
export { ownAgreement, ownAgreements, ownDocument, type OwnAgreement } from './own-agreement.js';
export { prepareAgreement } from './prepare-agreement.js';
export { decline, dropOut, type RefuseInput } from './refuse.js';
export { remindAgreement } from './remind-agreement.js';
export { chooseReplacement, listReplacements, type ReplacementView } from './replacements.js';
export { sendAgreements } from './send-agreements.js';
export { sendAgreementsSchema, type SendAgreementsInput } from './send-schema.js';
export { shiftOpenWindows } from './shift-windows.js';
export { sign, type SignInput } from './sign.js';
export { agreementSnapshot, type AgreementSnapshot } from './snapshot.js';
export type { AgreementView } from './view.js';
export { withdrawAgreement } from './withdraw.js';
export { withdrawOpenAgreements } from './withdraw-open.js';
