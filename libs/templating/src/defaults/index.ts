import { agreementReminder } from './agreement-reminder.js';
import { agreementSent } from './agreement-sent.js';
import { agreementWithdrawn } from './agreement-withdrawn.js';
import { bummer } from './bummer.js';
import { campaignCancelled } from './campaign-cancelled.js';
import { campaignResumed } from './campaign-resumed.js';
import { congratulations } from './congratulations.js';
import { inviteInterestReceived } from './invite-interest-received.js';
import { invite } from './invite.js';
import { newsletter } from './newsletter.js';
import { resultsReminder } from './results-reminder.js';
import { resultsRequest } from './results-request.js';
import { directMessage, groupMessage } from './typed-message.js';

/** The default texts by key; a workspace may have its own in their place. */
export const defaults = {
  invite,
  'invite-interest-received': inviteInterestReceived,
  'agreement-sent': agreementSent,
  'agreement-reminder': agreementReminder,
  'agreement-withdrawn': agreementWithdrawn,
  congratulations,
  bummer,
  newsletter,
  'campaign-cancelled': campaignCancelled,
  'campaign-resumed': campaignResumed,
  'group-message': groupMessage,
  'direct-message': directMessage,
  'results-request': resultsRequest,
  'results-reminder': resultsReminder,
};

/** Which message. */
export type TemplateKey = keyof typeof defaults;
