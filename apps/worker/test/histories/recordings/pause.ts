import { until } from '@sevenfold/testing/util';
import { workflowIds } from '@sevenfold/workflows';
import { hour, later, minute, type Recording } from '../recording.js';
import { hasEnded, idOf, wasDone } from '../watch.js';

/** A pause over the hour of the newsletter, begun while an agreement was on its way; and a second one right after. */
export const pause: Recording = {
  async play(scenario, cast) {
    const { workspaceId } = scenario;
    const creator = await cast.creator('Anneliese', 'email');
    await cast.creator('Bartholomew', 'email');
    const campaignId = await cast.draft();
    await scenario.command(campaignId, 'publish');
    await cast.move((await cast.apply(campaignId, creator)).applicationId, 'selected');
    await scenario.command(campaignId, 'send-agreements');
    await scenario.command(campaignId, 'pause');

    // Nothing was relayed yet: its workflow finds the pause, makes the document, and the message is held.
    const agreement = workflowIds.agreement({ workspaceId, agreementId: (await cast.agreement(campaignId, creator)).id });
    await scenario.relay.drainOnce();
    const messageId = await until(() => idOf(scenario, `select id from message where kind = 'agreement'`), { what: 'the message' });
    const message = workflowIds.message({ workspaceId, messageId });
    await scenario.relay.drainOnce();
    await wasDone(scenario, message);
    await scenario.skipTo(await later(scenario, 2 * hour + 30 * minute));

    await scenario.command(campaignId, 'resume');
    await scenario.command(campaignId, 'pause');
    const broadcast = workflowIds.broadcast({ workspaceId, broadcastId: await idOf(scenario, `select id from broadcast where kind = 'campaign-resumed'`) });
    await scenario.relay.drainOnce();
    await wasDone(scenario, broadcast);
    await scenario.skipTo(await later(scenario, 10 * minute));
    await scenario.command(campaignId, 'resume');
    await scenario.settle();
    await cast.sign(campaignId, creator);
    await scenario.advanceTo(await later(scenario, 24 * hour));
    await scenario.command(campaignId, 'cancel');

    const recorded = {
      'campaign-paused-and-resumed': workflowIds.campaign({ workspaceId, campaignId }),
      'agreement-paused': agreement,
      'message-held': message,
      'broadcast-held': broadcast,
      'periodic-joined-next': workflowIds.periodic({ workspaceId }),
    };
    for (const workflowId of Object.values(recorded)) await hasEnded(scenario, workflowId);
    return recorded;
  },
};
