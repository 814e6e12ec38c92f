import { getCampaign } from '@sevenfold/core/campaigns';
import { accepted } from '@sevenfold/plugin-sdk';
import { workflowIds } from '@sevenfold/workflows';
import { minute, type Recording } from '../recording.js';
import { hasEnded, idOf } from '../watch.js';
import { connectInstagram, instagram } from '../instagram.js';

/** The ordinary week: everything goes as planned, and every creator answers differently. */
export const week: Recording = {
  options: { socials: [instagram(async () => accepted('story-1'))] },
  async play(scenario, cast) {
    const { workspaceId, owner } = scenario;
    await connectInstagram(scenario);
    const [anneliese, bartholomew, clementine, desdemona] = await Promise.all([
      cast.creator('Anneliese', 'in-app'), cast.creator('Bartholomew', 'email'), cast.creator('Clementine', 'email'), cast.creator('Desdemona', 'sms'),
    ]);
    const campaignId = await cast.draft();
    await scenario.command(campaignId, 'publish');
    const applications = await Promise.all([anneliese, bartholomew, clementine, desdemona].map((each) => cast.apply(campaignId, each)));
    for (const { applicationId } of applications.slice(0, 3)) await cast.move(applicationId, 'selected');
    await scenario.command(campaignId, 'send-agreements');
    await scenario.settle();
    await cast.sign(campaignId, anneliese);
    await cast.decline(campaignId, bartholomew);
    const { expiresAt } = await cast.agreement(campaignId, clementine);
    await scenario.advanceTo(new Date(new Date(expiresAt).getTime() + minute));

    // Sent so late that the start comes before the end of its window.
    await cast.move(applications[3]?.applicationId ?? '', 'selected');
    await scenario.command(campaignId, 'send-agreements');
    await scenario.settle();
    await scenario.command(campaignId, 'start'); // refused: not closed yet
    const { closesAt } = await scenario.as(owner, (tx) => getCampaign(tx, campaignId));
    await scenario.advanceTo(new Date(new Date(closesAt ?? '').getTime() + minute));
    await scenario.command(campaignId, 'start');
    await scenario.settle();

    const agreement = async (creatorId: string): Promise<string> =>
      workflowIds.agreement({ workspaceId, agreementId: (await cast.agreement(campaignId, creatorId)).id });
    const recorded = {
      'campaign-closed-by-schedule-and-started': workflowIds.campaign({ workspaceId, campaignId }),
      'agreement-signed': await agreement(anneliese),
      'agreement-declined': await agreement(bartholomew),
      'agreement-expired': await agreement(clementine),
      'agreement-withdrawn': await agreement(desdemona),
      'message-sent': workflowIds.message({ workspaceId, messageId: await idOf(scenario, `select id from message where kind = 'agreement' limit 1`) }),
      'broadcast-sent': workflowIds.broadcast({ workspaceId, broadcastId: await idOf(scenario, `select id from broadcast where kind = 'newsletter'`) }),
      'story-posted': workflowIds.story({ workspaceId, campaignId }),
      'periodic-ended': workflowIds.periodic({ workspaceId }),
      'notice-posted': workflowIds.notice({ workspaceId, noticeId: await idOf(scenario, 'select id from notice order by created_at limit 1') }),
    };
    for (const workflowId of Object.values(recorded)) await hasEnded(scenario, workflowId);
    return recorded;
  },
};
