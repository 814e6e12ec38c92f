import { sendOne } from '@sevenfold/core/inbox';
import { aClient, aCreator, aLink } from '@sevenfold/testing/factories';
import type { Page } from 'playwright-core';
import type { ApiWorld } from '../api-world.js';

/** One thing a creator can see: where it is, and what they do there before it is looked at. */
export interface Screen {
  name: string;
  path: string;
  act?: (page: Page) => Promise<void>;
}

type Post = (path: string, body?: unknown, token?: string) => Promise<Awaited<ReturnType<ApiWorld['call']>>['body']>;

const terms = { feeMinor: 50_000, currency: 'EUR', payDate: '2027-01-15', deliverables: ['One reel', 'Two stories, each with the link'], usageRights: 'Online, one year' };
const press = (name: string) => async (page: Page): Promise<void> => {
  await page.getByRole('button', { name }).first().click();
  await page.waitForLoadState();
};

/** A workspace in which every page of a creator has something to show, and every state of it. */
export async function allScreens(api: ApiWorld): Promise<Screen[]> {
  const post: Post = async (path, body = {}, token) => {
    const answer = await api.call('POST', path, { body, token });
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const { clientId } = await aClient(api, 'Northwind');
  const published = async (name: string): Promise<string> => {
    const { id } = await post('/v1/campaigns', {
      name, clientId, brief: 'Show how you start your day, in your own words.\n\nNo scripts; https://northwind.example/a-rather-long-address/that-goes-on-and-on-without-a-break has the pictures.',
      startsOn: '2026-12-07', endsOn: '2026-12-20', timeZone: 'Europe/Amsterdam', requirements: { countries: ['NL'], platforms: [{ platform: 'instagram', minFollowers: 100 }] },
      questions: [{ key: 'size', question: 'Which size do you wear?' }], contact: { name: 'Mara', phone: '+31 20 555 0100' }, terms,
      figures: [{ platform: 'instagram', metric: 'likes', why: 'The client asks', how: 'Below the post' }],
    });
    await post(`/v1/campaigns/${id}/publish`);
    return String(id);
  };
  const creator = async (name: string, known: Parameters<typeof aCreator>[1] = {}) => {
    const { id } = await aCreator(api, { name, ...known });
    return { id, token: await aLink(api, id) };
  };
  const sent = async (campaignId: string, name: string) => {
    const who = await creator(name, { country: 'NL', profiles: [{ platform: 'instagram', profile: `${name}.mornings`, followers: 5_000 }] });
    const { applicationId } = await post(`/v1/creator/campaigns/${campaignId}/applications`, { motivation: 'Me!', answers: { size: '42' } }, who.token);
    await api.call('PATCH', `/v1/applications/${applicationId}`, { body: { status: 'selected' } });
    const { agreements } = await post(`/v1/campaigns/${campaignId}/agreements`, { items: [{ applicationId }] });
    const agreementId = String(agreements[0].agreementId);
    return { ...who, agreementId, page: `/a/${await aLink(api, who.id, 'agreement', agreementId)}` };
  };
  const sign = async ({ token, agreementId }: { token: string; agreementId: string }) => {
    const { body } = await api.call('GET', `/v1/creator/agreements/${agreementId}`, { token });
    await post(`/v1/creator/agreements/${agreementId}/sign`, { name: 'Mia Legal', agreed: true, documentHash: body.documentHash }, token);
  };

  const open = await published('Morning routines with Northwind');
  const fresh = await creator('Nia');
  const invited = await creator('Ivy');
  const { data: [invite] } = await post(`/v1/campaigns/${open}/invites`, { creators: [{ creatorId: invited.id }] });
  const [toSign, signed, declined, withdrawn] = [await sent(open, 'Mia'), await sent(open, 'Sia'), await sent(open, 'Dia'), await sent(open, 'Wia')];
  await sign(signed);
  await post(`/v1/creator/agreements/${declined.agreementId}/decline`, { reason: 'Busy' }, declined.token);
  await post(`/v1/agreements/${withdrawn.agreementId}/withdraw`);
  const done = await published('Evenings');
  const member = await sent(done, 'Lia');
  await sign(member);
  await post(`/v1/campaigns/${done}/close`);
  await post(`/v1/campaigns/${done}/start`);
  const late = await creator('Late');
  await talk(api, member, post);

  const [home, campaign] = [`/c/${fresh.token}`, `/c/${fresh.token}/campaigns/${open}`];
  return [
    { name: 'home', path: home },
    { name: 'home-of-a-member', path: `/c/${member.token}` },
    { name: 'home-with-an-agreement', path: `/c/${toSign.token}` },
    { name: 'campaign-to-apply', path: campaign },
    { name: 'campaign-applied-with-mistakes', path: campaign, act: press('Apply') },
    { name: 'campaign-with-entry-and-results', path: `/c/${member.token}/campaigns/${done}` },
    { name: 'campaign-closed', path: `/c/${late.token}/campaigns/${done}` },
    { name: 'invite', path: `/i/${await aLink(api, invited.id, 'invite', String(invite.inviteId))}` },
    { name: 'invite-with-mistakes', path: `/i/${await aLink(api, invited.id, 'invite', String(invite.inviteId))}`, act: press('I’m interested') },
    { name: 'agreement-to-sign', path: toSign.page },
    { name: 'agreement-with-mistakes', path: toSign.page, act: press('Sign') },
    { name: 'agreement-document', path: `${toSign.page}/document.html` },
    { name: 'agreement-signed', path: signed.page },
    { name: 'agreement-declined', path: declined.page },
    { name: 'agreement-withdrawn', path: withdrawn.page },
    { name: 'messages-none', path: `/c/${fresh.token}/messages` },
    { name: 'messages', path: `/c/${member.token}/messages` },
    { name: 'link-unknown', path: '/c/sfl_nonsense' },
  ];
}

/** A conversation with what makes pages burst: long words, many lines, a file. */
async function talk(api: ApiWorld, { id, token }: { id: string; token: string }, post: Post): Promise<void> {
  const file = await api.call('POST', '/v1/creator/attachments', { token, body: Buffer.from('notes'), headers: { 'content-type': 'text/plain', 'content-disposition': 'attachment; filename="notes.txt"' } });
  if (file.status >= 300) throw new Error(`The file was not taken: ${JSON.stringify(file.body)}`);
  const words = 'Hi! A question about the parcel:\nwhen does it come?\n\nhttps://northwind.example/a-rather-long-address/that-goes-on-and-on-without-a-break-anywhere';
  await post('/v1/creator/thread', { text: words, attachmentIds: [file.body.id] }, token);
  const { body } = await api.call('GET', `/v1/threads?creatorId=${id}`);
  const answer = await post(`/v1/threads/${body.data[0].id}/messages`, { text: 'On Thursday, between nine and twelve.' });
  await sendOne(api.db, { workspaceId: api.workspace.workspaceId, messageId: answer.id });
}
