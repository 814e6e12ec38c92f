import type { AgreementStatus } from '../agreements/statuses.js';
import type { ApplicationStatus } from '../applications/statuses.js';

/** An applicant at the moment of the start, with their latest agreement in the campaign. */
export interface Applicant {
  creatorId: string;
  status: ApplicationStatus;
  agreement: AgreementStatus | null;
}

export interface FinalRecipients {
  /** Selected and accepted: the group, which gets congratulations. */
  group: string[];
  /** Everybody else who applied and did not refuse. */
  bummer: string[];
  /** Refused or dropped out: they hear nothing more. */
  silent: string[];
}

/** Who is in and who hears what (E6). Invitees who never applied are no applicants and hear nothing. */
export function finalRecipients(applicants: readonly Applicant[]): FinalRecipients {
  const found: FinalRecipients = { group: [], bummer: [], silent: [] };
  for (const { creatorId, status, agreement } of applicants) {
    if (agreement === 'declined') found.silent.push(creatorId);
    else if (status === 'selected' && agreement === 'accepted') found.group.push(creatorId);
    else found.bummer.push(creatorId);
  }
  return found;
}
