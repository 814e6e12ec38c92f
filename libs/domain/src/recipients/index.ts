export { finalRecipients, type Applicant, type FinalRecipients } from './final-recipients.js';
