import type { PdfRenderer } from '@sevenfold/templating';
import { until } from '@sevenfold/testing/util';
import { workflowIds } from '@sevenfold/workflows';
import type { Cast } from '../../campaign-factory.js';
import { fakePdf } from '../../fakes.js';
import type { Scenario } from '../../harness.js';
import { minute, type Recording } from '../recording.js';
import { hasEnded } from '../watch.js';

/** A document maker that is broken, and then repaired. */
let broken = false;
let failures = 0;
const pdf: PdfRenderer = {
  ...fakePdf,
  htmlToPdf: async (html: string) => {
    if (!broken) return fakePdf.htmlToPdf(html);
    failures += 1;
    throw new Error('The document maker is broken');
  },
};

/** Agreements whose document cannot be made at first. */
export const documents: Recording = {
  options: { pdf },
  async play(scenario, cast) {
    const { workspaceId } = scenario;
    const late = await sentWhileBroken(scenario, cast, 'Clementine');
    broken = false;
    await scenario.skipTo(new Date(late.remindAt.getTime() + minute));
    await scenario.settle();
    await cast.sign(late.campaignId, late.creatorId);

    const early = await sentWhileBroken(scenario, cast, 'Desdemona');
    await cast.sign(early.campaignId, early.creatorId);
    await scenario.relay.drainOnce();
    const before = failures;
    await until(() => failures > before, { timeoutMs: 30_000, what: 'another try after the signature' });
    broken = false;
    const recorded = {
      'agreement-document-late': workflowIds.agreement({ workspaceId, agreementId: late.agreementId }),
      'agreement-signed-before-document': workflowIds.agreement({ workspaceId, agreementId: early.agreementId }),
    };
    await scenario.skipTo(new Date((await scenario.now()).getTime() + 5 * minute));
    for (const workflowId of Object.values(recorded)) await hasEnded(scenario, workflowId);
    return recorded;
  },
};

async function sentWhileBroken(scenario: Scenario, cast: Cast, name: string) {
  const creatorId = await cast.creator(name, 'email');
  const campaignId = await cast.draft();
  await scenario.command(campaignId, 'publish');
  await cast.move((await cast.apply(campaignId, creatorId)).applicationId, 'selected');
  broken = true;
  failures = 0;
  await scenario.command(campaignId, 'send-agreements');
  await scenario.relay.drainOnce();
  // Until it gives up for the time being; the pauses between its tries are jumped over.
  for (let i = 0; i < 4; i += 1) await scenario.skipTo(new Date((await scenario.now()).getTime() + minute));
  await until(() => failures >= 8, { timeoutMs: 30_000, what: 'eight tries' });
  const { id, remindAt } = await reminder(scenario, campaignId);
  return { creatorId, campaignId, agreementId: id, remindAt };
}

async function reminder({ system }: Scenario, campaignId: string): Promise<{ id: string; remindAt: Date }> {
  return system.transaction(async (em) => {
    const [row] = await em.execute<{ id: string; at: string }[]>('select id, remind_at as at from agreement where campaign_id = ?', [campaignId]);
    if (!row) throw new Error('There is no agreement');
    return { id: row.id, remindAt: new Date(row.at) };
  });
}
