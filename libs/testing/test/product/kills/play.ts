import { randomInt } from 'node:crypto';
import { CampaignStage, PatientApi, type Product, type StagedCreator } from '../../../src/product/index.js';
import { until } from '../../../src/util/index.js';
import { everythingComesDue } from './come-due.js';
import { asked, pressed } from './pressed.js';
import { transcriptOf, type Cast, type Transcript } from './transcript.js';

/** The moments of a campaign at which something may be killed. */
export const steps = ['published', 'applied', 'selected', 'agreements-sent', 'signed', 'declined', 'closed', 'started', 'told'] as const;
export type Step = (typeof steps)[number];

/** The close is pressed by somebody, or comes due by itself after all the reminders before it. */
export type Close = 'early' | 'by-schedule';

/**
 * Days so long that nothing comes due, and no window ends, because a machine is slow or recovers from a kill: what is done depends on
 * nobody's pace. What shall come due is put near when everybody is ready for it.
 */
const dayMs = 7 * 24 * 3_600_000;

/** Plays a campaign to the end, calling `begun` before the first step and `between` after each. Everything is pressed until it is done. */
export async function play(
  product: Product,
  close: Close,
  between: (step: Step) => Promise<void> = async () => undefined,
  begun: (stage: CampaignStage) => Promise<void> = async () => undefined,
): Promise<Transcript> {
  const stage = await CampaignStage.open(PatientApi.of(product.api), { dayMs });
  await begun(stage);
  const cast = await cameTogether(stage);
  const [ana, bo, cyd, dee] = cast.map(({ creator }) => creator);
  await pressed((key) => stage.api.post(stage.path('/publish'), {}, { key }));
  await between('published');
  const applications = new Map<StagedCreator | undefined, string>();
  for (const { creator } of cast) {
    const { body } = await pressed((key) => creator.api.post(`/v1/creator/campaigns/${stage.campaignId}/applications`, { motivation: 'Me' }, { key }));
    applications.set(creator, String(body['applicationId'] ?? body['id']));
  }
  await between('applied');
  for (const creator of [ana, bo, cyd, dee]) {
    await pressed(() => stage.api.patch(`/v1/applications/${applications.get(creator)}`, { status: 'selected' }));
  }
  await between('selected');
  await pressed((key) => stage.api.post(stage.path('/agreements'), {}, { key }));
  await between('agreements-sent');
  await sent(stage, ['agreement'], 4);
  for (const creator of [ana, bo, cyd]) if (creator) await signed(stage, creator);
  await between('signed');
  if (dee) await declined(stage, dee);
  await between('declined');
  if (close === 'early') await pressed((key) => stage.api.post(stage.path('/close'), {}, { key }));
  else await everythingComesDue(stage);
  await stage.reached('closed', 900_000);
  await between('closed');
  await pressed((key) => stage.api.post(stage.path('/start'), {}, { key }));
  await between('started');
  await sent(stage, ['congratulations', 'bummer'], 4);
  await between('told');
  return transcriptOf(product, stage, cast);
}

/** Two by mail, two by SMS, one by the app; opening the stage is not part of the play, but may be disturbed as well. */
async function cameTogether(stage: CampaignStage): Promise<Cast[]> {
  const run = randomInt(2 ** 47 - 1).toString(36);
  const phone = (): string => `+316${String(randomInt(10 ** 8)).padStart(8, '0')}`;
  const contacts: [string, { email?: string; sms?: string; app?: boolean }][] = [
    ['Ana', { email: `ana.${run}@creators.test` }], ['Bo', { sms: phone() }], ['Cyd', { app: true }],
    ['Dee', { email: `dee.${run}@creators.test` }], ['Eve', { sms: phone() }],
  ];
  const cast: Cast[] = [];
  for (const [name, contact] of contacts) {
    cast.push({ creator: await stage.creator(name, { ...contact, newsletter: false }), email: contact.email, sms: contact.sms });
  }
  return cast;
}

async function signed(stage: CampaignStage, creator: StagedCreator): Promise<void> {
  const { id, documentHash } = await own(stage, creator);
  await pressed((key) => creator.api.post(`/v1/creator/agreements/${id}/sign`, { name: creator.name, agreed: true, documentHash }, { key }));
}

async function declined(stage: CampaignStage, creator: StagedCreator): Promise<void> {
  const { id } = await own(stage, creator);
  await pressed((key) => creator.api.post(`/v1/creator/agreements/${id}/decline`, {}, { key }));
}

const own = (stage: CampaignStage, creator: StagedCreator) =>
  until(() => stage.agreementOf(creator), { timeoutMs: 60_000, everyMs: 300, what: `the agreement of ${creator.name}` });

/** So many messages of these kinds are on their way to nobody any more. */
async function sent(stage: CampaignStage, kinds: readonly string[], count: number): Promise<void> {
  await until(
    async () => {
      const { data = [] } = await asked(() => stage.api.get(stage.path('/messages?limit=200')));
      const messages = data.filter((each) => kinds.includes(String(each['kind'])));
      return messages.length === count && messages.every((each) => !['queued', 'claimed'].includes(String(each['status'])));
    },
    { timeoutMs: 300_000, everyMs: 300, what: `${count} messages to be sent: ${kinds.join(', ')}` },
  );
}
