import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreementStatuses } from '../agreements/index.js';
import { applicationStatuses } from '../applications/index.js';
import { finalRecipients, type Applicant } from './index.js';

describe('who hears what at the start', () => {
  it('congratulates the signed, consoles the rest, and leaves those who refused alone', () => {
    const applicants: Applicant[] = [
      { creatorId: 'signed', status: 'selected', agreement: 'accepted' },
      { creatorId: 'unsigned', status: 'selected', agreement: 'withdrawn' },
      { creatorId: 'expired', status: 'selected', agreement: 'expired' },
      { creatorId: 'never-sent', status: 'selected', agreement: null },
      { creatorId: 'pending', status: 'pending', agreement: null },
      { creatorId: 'declined-by-team', status: 'declined', agreement: null },
      { creatorId: 'refused', status: 'selected', agreement: 'declined' },
      { creatorId: 'refused-and-moved', status: 'declined', agreement: 'declined' },
    ];
    expect(finalRecipients(applicants)).toEqual({
      group: ['signed'],
      bummer: ['unsigned', 'expired', 'never-sent', 'pending', 'declined-by-team'],
      silent: ['refused', 'refused-and-moved'],
    });
  });

  it('puts every applicant in exactly one place', () => {
    const applicant = fc.record({
      creatorId: fc.uuid(), status: fc.constantFrom(...applicationStatuses), agreement: fc.constantFrom(...agreementStatuses, null),
    });
    fc.assert(fc.property(fc.uniqueArray(applicant, { selector: ({ creatorId }) => creatorId }), (applicants) => {
      const { group, bummer, silent } = finalRecipients(applicants);
      expect([...group, ...bummer, ...silent].sort()).toEqual(applicants.map(({ creatorId }) => creatorId).sort());
    }));
  });
});
