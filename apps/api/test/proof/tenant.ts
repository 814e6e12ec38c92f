import { prepareAgreement } from '@sevenfold/core/agreements';
import { mintLink } from '@sevenfold/core/creators';
import type { Scope } from '@sevenfold/core/db';
import { takeInbound } from '@sevenfold/core/inbox';
import { may, roles, type Role, type TokenScope } from '@sevenfold/domain/roles';
import { newId } from '@sevenfold/platform/ids';
import { createLogger } from '@sevenfold/platform/logging';
import { aClient, aLink, aMember, aWorkspace, type TestMember } from '@sevenfold/testing/factories';
import type { FakePushService } from '@sevenfold/testing/fakes';
import type { ApiWorld, CallOptions } from '../api-world.js';

/** A workspace in which one of everything exists, in the states in which most can be done with it. */
export interface Tenant {
  scope: Scope;
  workspaceId: string;
  /** Stands in every text and name of it, in lower case. */
  canary: string;
  ownerToken: string;
  /** Somebody of each role, who may all their role may. */
  members: Record<Role, TestMember>;
  /** A client reviewer of a client that has no campaign. */
  otherReviewer: TestMember;
  /** The owner by tokens made for less. */
  narrow: Record<string, string>;
  /** Tokens that hold no more: revoked, and of a member who left. */
  ended: Record<string, string>;
  /** The personal links of one creator, by purpose; `ended` and `expired` hold no more. */
  links: Record<'creator' | 'agreement' | 'invite' | 'ended' | 'expired', string>;
  slack: { teamId: string; userId: string };
  /** An object of each kind that stands in a path, as the team names it. */
  ids: Record<string, string>;
  /** What nobody but the member of a role may name: a token and a mailbox of theirs. */
  own: Record<Role, Record<string, string>>;
  /** The same as the creator of the links may name it, where that is another one. */
  creatorIds: Record<string, string>;
}

const terms = { feeMinor: 50_000, currency: 'EUR', payDate: '2027-01-15', deliverables: ['One reel'], usageRights: 'Online, one year' };
const png = Buffer.from('\x89PNG\r\n\x1a\n and pixels', 'latin1');

/** @param letter a different one for each */
export async function aTenant(api: ApiWorld, push: FakePushService, letter: string): Promise<Tenant> {
  const canary = `canary${letter}${'qzx'.repeat(2)}`;
  const workspace = await aWorkspace(api, { name: `Agency ${canary}`, owner: { name: `Olga ${canary}`, email: `olga@${canary}.test` } });
  const { scope, workspaceId } = workspace;
  const place = { db: api.db, scope };
  const owner = workspace.token;

  const ask = async (method: string, path: string, options: CallOptions = {}) => {
    const answer = await api.call(method, path, { token: owner, ...options });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const post = (path: string, body: unknown = {}, token = owner) => ask('POST', path, { token, body });
  const creator = async (name: string, more: object = {}) => {
    const { id } = await post('/v1/creators', {
      name: `${name} ${canary}`, country: 'NL', inNetwork: true, hasApp: true, contactPoints: [{ channel: 'email', address: `${name}@${canary}.test`.toLowerCase() }],
      profiles: [{ platform: 'instagram', profile: `@${name}${letter}` }], ...more,
    });
    return { id: id as string, token: await aLink(place, id) };
  };

  const { clientId } = await aClient(place, `Brand ${canary}`);
  const members = Object.fromEntries(
    await Promise.all(roles.map(async (role) => [role, await aMember(place, role, { clientId: role === 'client-reviewer' ? clientId : null })] as const)),
  ) as Record<Role, TestMember>;
  const otherReviewer = await aMember(place, 'client-reviewer', await aClient(place, `Other brand ${canary}`));
  const tokenWith = async (scopes: TokenScope[]) => post('/v1/tokens', { name: `Token ${canary}`, scopes });
  const readOnly = await tokenWith(['read']);
  const revoked = await tokenWith(['read', 'write']);
  await ask('DELETE', `/v1/tokens/${revoked.id}`);
  const left = await aMember(place, 'admin');
  await ask('DELETE', `/v1/members/${left.memberId}`);
  const operator = await aMember(place, 'owner', { scopes: ['operator'] });
  const slack = { teamId: `T0${letter.toUpperCase()}`, userId: `U0${letter.toUpperCase()}` };
  await ask('PATCH', `/v1/members/${members.manager.memberId}`, { body: { slack, name: `Mara ${canary}` } });

  const file = await ask('POST', '/v1/files', { body: png, headers: { 'content-type': 'image/png' } });
  const schedule = await post('/v1/schedules', {
    name: `Ten days ${canary}`,
    schedule: { day: 'calendar', milestones: [{ key: 'close', action: 'close', moment: { day: 10, at: '09:00' }, lateness: 'run' }] },
  });
  const template = (await ask('GET', '/v1/templates')).data[0].key;
  const { defaults: forms } = await ask('GET', `/v1/templates/${template}`);
  await ask('PUT', `/v1/templates/${template}`, { body: { expectedVersion: 0, forms: { ...forms, text: `${forms.text} ${canary}` } } });

  const draft = (name: string, more: object = {}) =>
    post('/v1/campaigns', {
      name: `${name} ${canary}`, clientId, brief: `Show the shoe ${canary}`, startsOn: '2026-12-07', endsOn: '2026-12-20', timeZone: 'Europe/Amsterdam', requirements: {},
      contact: { name: `Mara ${canary}`, phone: '+31 20 555 0100' }, terms, images: [{ fileId: file.id, storyAllowed: true }], ...more,
    });
  const published = async (name: string, more: object = {}): Promise<string> => {
    const { id } = await draft(name, more);
    await post(`/v1/campaigns/${id}/publish`);
    return id;
  };
  const applied = async (campaignId: string, who: { token: string }): Promise<string> =>
    (await post(`/v1/creator/campaigns/${campaignId}/applications`, { motivation: `Me! ${canary}`, price: { amountMinor: 100, currency: 'EUR' } }, who.token)).applicationId;
  const sent = async (campaignId: string, who: { token: string }): Promise<string> => {
    const applicationId = await applied(campaignId, who);
    await ask('PATCH', `/v1/applications/${applicationId}`, { body: { status: 'selected' } });
    return (await post(`/v1/campaigns/${campaignId}/agreements`, { items: [{ applicationId }] })).agreements[0].agreementId;
  };

  const mia = await creator('Mia');
  const { profiles: [profile] } = await ask('GET', `/v1/creators/${mia.id}`);
  const [noa, ida, pia] = [await creator('Noa'), await creator('Ida'), await creator('Pia')];
  const bare = await creator('Bare', { country: 'DE' });

  // The campaign that has started, with Mia in its group.
  const begun = await published('Winter');
  const signed = await sent(begun, mia);
  const address = { legalName: `Mia Legal ${canary}`, street: `${canary} 1`, postalCode: '1015 AA', city: 'Amsterdam', country: 'NL' };
  await ask('PUT', `/v1/creator/campaigns/${begun}/entry`, { body: address, token: mia.token });
  const { documentHash } = await ask('GET', `/v1/creator/agreements/${signed}`, { token: mia.token });
  await post(`/v1/creator/agreements/${signed}/sign`, { name: `Mia Legal ${canary}`, agreed: true, documentHash }, mia.token);
  await post(`/v1/campaigns/${begun}/close`);
  await post(`/v1/campaigns/${begun}/start`);
  const [collaboration] = (await ask('GET', `/v1/campaigns/${begun}/collaborations`)).data;
  await post(`/v1/collaborations/${collaboration.id}/parcels`, { carrier: `PostNL ${canary}`, trackingCode: '3S1' });
  const result = await post(`/v1/creator/collaborations/${collaboration.id}/results`, { platform: 'instagram', postUrl: `https://instagram.test/p/${canary}` }, mia.token);
  await ask('PUT', `/v1/creators/${mia.id}/addresses`, { body: address });

  // The one that is published: Mia is to sign, Noa has declined, Ida is pending, Pia is invited.
  const campaign = await published('Spring');
  const agreement = await sent(campaign, mia);
  const at = (await api.clock.now()).getTime();
  await prepareAgreement(api.db, scope, { htmlToPdf: async () => Buffer.from(`%PDF ${canary}`) }, { agreementId: agreement, at });
  const refused = await sent(campaign, noa);
  await post(`/v1/creator/agreements/${refused}/decline`, { reason: `Busy ${canary}` }, noa.token);
  const [replacement] = (await ask('GET', `/v1/campaigns/${campaign}/replacements?status=open`)).data;
  const application = await applied(campaign, ida);
  const invite = (await post(`/v1/campaigns/${campaign}/invites`, { creators: [{ creatorId: pia.id, text: `Come ${canary}` }] })).data[0].inviteId;
  const storyId = newId();
  const [image] = await api.rows<{ id: string; hash: string }>('select id, sha256 as hash from blob where id = ?', [file.id]);
  await api.rows('insert into story (id, workspace_id, created_at, campaign_id, position, image_blob_id) values (?, ?, ?, ?, 0, ?)', [storyId, workspaceId, await api.clock.now(), campaign, file.id]);

  // One that Mia may apply for, is invited to, and which lets nobody from Germany in.
  const open = await published('Summer', { requirements: { countries: ['NL'] } });
  const miaInvite = (await post(`/v1/campaigns/${open}/invites`, { creators: [{ creatorId: mia.id }] })).data[0].inviteId;
  const success = await post(`/v1/campaigns/${open}/customer-success-requests`, { creatorId: bare.id, reason: `At the border ${canary}` });

  await ask('PATCH', `/v1/applications/${await applied(open, ida)}`, { body: { status: 'selected' } });

  // One for each state in which something else can be pressed.
  const paused = await published('Paused');
  await post(`/v1/campaigns/${paused}/pause`);
  const closed = await published('Closed');
  const last = await sent(closed, pia);
  const frozen = await ask('GET', `/v1/creator/agreements/${last}`, { token: pia.token });
  await post(`/v1/creator/agreements/${last}/sign`, { name: `Pia ${canary}`, agreed: true, documentHash: frozen.documentHash }, pia.token);
  await post(`/v1/campaigns/${closed}/close`);
  const lonely = await creator('Lonely');

  const attachment = await ask('POST', `/v1/creator/attachments?filename=${canary}.png`, { token: mia.token, body: png, headers: { 'content-type': 'image/png' } });
  const { messageId } = await post('/v1/creator/thread', { text: `Hello ${canary}`, attachmentIds: [attachment.id] }, mia.token);
  const [thread] = (await ask('GET', `/v1/threads?creatorId=${mia.id}`)).data;
  const later = await post(`/v1/threads/${thread.id}/messages`, { text: `Answer ${canary}` });
  const unsent = await ask('POST', `/v1/attachments?filename=team-${canary}.png`, { body: png, headers: { 'content-type': 'image/png' } });
  const saved = await post('/v1/saved-replies', { name: `Thanks ${canary}`, text: `Thanks ${canary}` });
  const sequence = await post('/v1/sequences', { name: `Gentle ${canary}`, steps: [{ afterHours: 24, texts: { subject: 'Still there?', text: `Hello ${canary}` } }] });
  const { started: [run] } = await post(`/v1/sequences/${sequence.id}/start`, { creatorIds: [pia.id] });
  const newBroadcast = async (): Promise<string> =>
    (await post('/v1/broadcasts', { name: `News ${canary}`, recipients: { creators: [mia.id] }, texts: { subject: 'News', text: `News ${canary}` } })).id;
  const [broadcast, sending, scheduled] = [await newBroadcast(), await newBroadcast(), await newBroadcast()];
  await post(`/v1/broadcasts/${sending}/send`);
  await post(`/v1/broadcasts/${scheduled}/schedule`, { at: '2026-12-01T09:00:00Z' });

  await api.rows('insert into tray_route (channel, address, target_workspace_id, created_at) values (?, ?, ?, ?)', ['email', `@${canary}.test`, workspaceId, await api.clock.now()]);
  const parts = { db: api.db, system: api.system, logger: createLogger({ name: 'test', level: 'silent' }) };
  await (await takeInbound(parts, 'email', [{
    kind: 'message', providerKey: canary, from: `stranger@${canary}.people.test`, to: `in@${canary}.test`, subject: canary, text: `May I? ${canary}`, at: await api.clock.now(),
  }]))();
  const [unassigned] = (await ask('GET', '/v1/unassigned')).data;
  const device = push.device(`phone-${letter}`);
  const subscription = await post('/v1/creator/push/subscriptions', device.subscription, mia.token);
  const link = await post(`/v1/creators/${mia.id}/links`);
  const [notice] = (await ask('GET', `/v1/notices?status=open`)).data;
  const ended = await post(`/v1/creators/${mia.id}/links`);
  await ask('DELETE', `/v1/creators/${mia.id}/links/${ended.id}`);
  const expired = await api.db.inWorkspace(scope, (tx) => mintLink(tx, { creatorId: mia.id, purpose: 'creator', expiresAt: new Date(tx.now.getTime() - 1_000) }));

  const server = { host: '127.0.0.1', port: 1025, security: 'none', user: canary, password: canary };
  const connected = async (token: string, address: string): Promise<string> => (await ask('PUT', '/v1/mailboxes/mine', { token, body: { address, smtp: server, imap: { ...server, port: 1143 } } })).id;
  const tokens = await api.rows<{ memberId: string; id: string }>('select member_id as "memberId", id from api_token where workspace_id = ? and revoked_at is null', [workspaceId]);
  const owned = {} as Tenant['own'];
  for (const role of roles) {
    const { memberId, token } = members[role];
    const mailbox: Record<string, string> = may(role, 'mailbox.write') ? { mailboxes: await connected(token, `${role}@${canary}.test`) } : {};
    owned[role] = { tokens: tokens.find((each) => each.memberId === memberId)?.id ?? '', ...mailbox };
  }

  return {
    scope, workspaceId, canary, ownerToken: owner, members, otherReviewer, slack,
    narrow: { 'token to read': readOnly.token, 'token of an operator': operator.token },
    ended: { 'revoked token': revoked.token, 'token of somebody who left': left.token },
    links: {
      creator: mia.token, agreement: await aLink(place, mia.id, 'agreement', agreement), invite: await aLink(place, mia.id, 'invite', miaInvite),
      ended: ended.token, expired: expired.token,
    },
    ids: {
      agreements: agreement, applications: application, attachments: attachment.id, broadcasts: broadcast, campaigns: campaign, clients: clientId, collaborations: collaboration.id,
      creators: mia.id, 'customer-success-requests': success.id, files: file.id, invites: invite, links: link.id, mailboxes: await connected(owner, `mail@${canary}.test`), members: members.member.memberId, messages: later.id,
      notices: notice.id, replacements: replacement.id, results: result.id, 'saved-replies': saved.id, schedules: schedule.id, sequences: sequence.id, 'sequence-runs': run.runId,
      stories: storyId, hash: image?.hash ?? '', subscriptions: subscription.id, templates: template, number: '1', threads: thread.id, tokens: readOnly.id,
      unassigned: unassigned.id, 'unsent attachment': unsent.id, 'draft campaign': (await draft('Draft')).id, 'started campaign': begun, 'closed campaign': closed,
      'paused campaign': paused, 'open campaign': open, 'uninvolved creator': lonely.id, 'received message': messageId, 'sending broadcast': sending,
      'scheduled broadcast': scheduled, 'campaign applied to': campaign, profiles: profile.id,
    },
    own: owned,
    creatorIds: { invites: miaInvite, campaigns: open, messages: messageId },
  };
}
