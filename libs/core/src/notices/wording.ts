import type { Json } from '@sevenfold/domain/errors';
import type { NoticeKind } from '@sevenfold/domain/notices';

export interface WordedNotice {
  kind: NoticeKind;
  data: Readonly<Record<string, Json>>;
  /** The campaign's zone, in which its moments are told. */
  timeZone: string | null;
  locale: string;
}

/** A notice in one or two sentences, as plain text. Whoever shows it escapes it for where it goes. */
export function wordNotice(notice: WordedNotice): string {
  return sentences[notice.kind](new Facts(notice));
}

/** Reads a notice's data, which is JSON: what is absent or of another kind reads as nothing. */
class Facts {
  constructor(private readonly notice: WordedNotice) {}

  text(key: string): string {
    const value = this.notice.data[key];
    return typeof value === 'string' ? value : '';
  }

  count(key: string, inner?: string): number {
    const value = this.notice.data[key];
    const found = inner !== undefined && typeof value === 'object' && value !== null && !Array.isArray(value) ? value[inner] : value;
    return typeof found === 'number' ? found : 0;
  }

  list(key: string): string {
    const value = this.notice.data[key];
    const names = Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
    return new Intl.ListFormat(this.notice.locale, { type: 'conjunction' }).format(names);
  }

  /** An instant in the campaign's zone, the zone shown. */
  moment(key: string): string {
    const value = this.text(key);
    if (value === '') return 'a moment not yet known';
    const timeZone = this.notice.timeZone ?? 'UTC';
    const time = new Intl.DateTimeFormat(this.notice.locale, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(new Date(value));
    return `${time} (${timeZone})`;
  }

  /** Whose it is to do, where it is somebody's. */
  get forMember(): string {
    const member = this.text('member');
    return member === '' ? '' : `, and is ${member}’s to give`;
  }

  get campaign(): string {
    return `“${this.text('name')}”`;
  }
}

/** What the codes of a failed story mean to the team; others are shown as they are. */
const storyReasons: Record<string, string | undefined> = {
  no_account: 'the workspace has named no Instagram account',
  no_access_token: 'there is no access token for the workspace’s Instagram account (store one in the workspace’s settings)',
  no_plugin: 'Instagram is not connected to this installation',
  unknown_outcome: 'Instagram did not say whether it went online; look before posting it by hand',
};

/** What is wrong with a member's mailbox. */
const mailboxTroubles: Record<string, string | undefined> = {
  credentials: 'refuses its user or password',
  address: 'may not send from its address',
  certificate: 'shows a certificate nobody vouches for',
  security: 'does not encrypt as it was told to',
  folder: 'has no such folder any more',
  unreachable: 'cannot be reached',
  protocol: 'answers something else than a mail server would',
};

const sentences: Record<NoticeKind, (facts: Facts) => string> = {
  'campaign-published': (f) => `${f.campaign} is published. Creators can apply until ${f.moment('closesAt')}.`,
  'campaign-closed': (f) =>
    `${f.campaign} is closed. Signed: ${f.count('agreements', 'accepted')}, still open: ${f.count('agreements', 'pending')}. The collaboration can be started now.`,
  'campaign-started': (f) => `${f.campaign} has started with ${f.count('group')} in the group: ${f.list('names')}.`,
  'campaign-paused': (f) => `${f.campaign} is paused. Milestones and automatic messages wait.`,
  'campaign-resumed': (f) => `${f.campaign} goes on. It closes ${f.moment('closesAt')}.`,
  'campaign-cancelled': (f) => `${f.campaign} is cancelled. Applicants have been told.`,
  'campaign-rescheduled': (f) => `${f.campaign} has another schedule. It closes ${f.moment('closesAt')}.`,
  'remind-select': (f) => `Time to pre-select for ${f.campaign}: ${f.count('applications', 'pending')} applications are pending, ${f.count('applications', 'selected')} selected.`,
  'remind-invite': (f) =>
    `Time to invite for ${f.campaign}: ${f.count('invited')} creators were invited so far, ${f.count('applications', 'pending')} applications are pending.`,
  'remind-agreements': (f) => `Time to send agreements for ${f.campaign}: ${f.count('selectedWithoutAgreement')} selected creators have none yet.`,
  summary: (f) =>
    `Who is in for ${f.campaign}: ${f.count('agreements', 'accepted')} signed, ${f.count('agreements', 'pending')} open, ` +
    `${f.count('agreements', 'declined')} declined, ${f.count('agreements', 'expired')} expired. It closes ${f.moment('closesAt')}.`,
  'milestone-dropped': (f) => `“${f.text('key')}” of ${f.campaign}, due ${f.moment('dueAt')}, was overtaken and left out.`,
  'story-failed': (f) => `The story of ${f.campaign} could not be posted: ${storyReasons[f.text('reason')] ?? f.text('reason')}. Everything else goes on.`,
  'choose-replacement': (f) => `${f.text('creator')} is out of ${f.campaign} (${f.text('reason')}). Choose a replacement; it is possible until the start.`,
  'mark-interested': (f) => `${f.text('creator')} answered the invite for ${f.campaign} in their own words. Read it, and mark them as interested if they are.`,
  'not-qualified': (f) => `${f.text('creator')} is interested in ${f.campaign} but lacks a requirement. Ask customer success if they should join all the same.`,
  'customer-success-request': (f) => `Customer success is asked to add ${f.text('creator')} to ${f.campaign}: ${f.text('reason')}`,
  'missing-address': (f) => `A message to ${f.text('creator') || 'a creator'} could not leave: no channel reaches them. Ask for an address.`,
  'broadcast-finished': (f) =>
    f.count('sent') + f.count('failed') + f.count('unknown') === 0 ? `The message “${f.text('name')}” reached nobody: ${nobodyBecause(f)}` :
    `The message “${f.text('name')}” to ${f.count('total')} is through: ${f.count('failed')} failed, of ${f.count('unknown')} nobody knows whether they left. ` +
    'Send the failed again, and decide about the unknown, in its results.',
  'newsletter-joined-next': (f) => `The newsletter of ${f.moment('dueAt')} was too late and joins the next one.`,
  'reply-due': (f) => `${f.text('creator')} has waited for an answer since ${f.moment('since')}. It is due ${f.moment('dueAt')}${f.forMember}.`,
  'reply-overdue': (f) => `${f.text('creator')} has waited for an answer since ${f.moment('since')}; it was due ${f.moment('dueAt')}${f.forMember}.`,
  'mailbox-trouble': (f) =>
    `${f.text('member')}’s own mailbox ${mailboxTroubles[f.text('problem')] ?? 'does not work'} (${f.text('server')}). ${
      f.text('server') === 'imap' ? 'Answers that come to it are not seen until that is put right.' : 'What they write leaves from the workspace’s own address until that is put right.'
    }`,
  'template-broken': (f) =>
    `The text “${f.text('key')}” could not be used as it was saved (version ${f.count('version')}): ${reasonOf(f)}. The default went out in its place; please mend it.`,
};

const nobodyBecause = (f: Facts): string =>
  f.count('total') === 0 ? 'when its moment came, there was nobody to send it to.' : `everybody (${f.count('total')}) was left out. Its results say why.`;

function reasonOf(facts: Facts): string {
  const variables = facts.list('variables');
  return variables === '' ? facts.list('problems') || facts.text('code') : `it uses ${variables}, which has no value`;
}
