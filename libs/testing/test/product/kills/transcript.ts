import { slackMessages, slackWorkspace, twilioAccount } from '../../../src/emulators/index.js';
import { listOf, type Body, type CampaignStage, type Product, type StagedCreator } from '../../../src/product/index.js';
import { until } from '../../../src/util/index.js';
import { asked } from './pressed.js';

/** What a campaign has left behind, in words that are the same for every run of the same play. */
export interface Transcript {
  /** `creator kind → channel`, sorted; the same message twice would stand here twice. */
  messages: string[];
  /** What mail and SMS arrived outside: `address subject-or-start`, sorted. */
  arrived: string[];
  /** Messages of which nobody knows whether they left. Honest, and allowed once per kill and connection. */
  unknown: number;
  milestones: string[];
  /** Where each application and agreement ended. */
  applications: string[];
  agreements: string[];
  /** What the team was told, and what of it was posted in Slack. */
  notices: string[];
  posts: string[];
  /** How often each action was recorded. */
  audit: Record<string, number>;
  group: string[];
}

export interface Cast {
  creator: StagedCreator;
  /** Where messages to them arrive outside, if anywhere. */
  email?: string | undefined;
  sms?: string | undefined;
}

/** Reads what a finished campaign has left, waiting for the last words to Slack. */
export async function transcriptOf(product: Product, stage: CampaignStage, cast: readonly Cast[]): Promise<Transcript> {
  const names = new Map(cast.map(({ creator }) => [creator.id, creator.name]));
  const of = (each: Body): string => names.get(String(each['creator']?.['id'] ?? each['creatorId'])) ?? '?';
  const all = async (path: string): Promise<Body[]> => (await asked(() => stage.api.get(path))).data ?? [];
  const messages = await all(stage.path('/messages?limit=200'));
  const notices = await all(`/v1/notices?campaignId=${stage.campaignId}&limit=200`);
  const audit = await all(`/v1/audit?campaignId=${stage.campaignId}&limit=200`);
  return {
    messages: messages.map((each) => `${of(each)} ${String(each['kind'])} → ${String(each['channel'])}`).sort(),
    arrived: (await Promise.all(cast.map((each) => arrivedAt(product, each)))).flat().sort(),
    unknown: messages.filter((each) => String(each['status']) === 'unknown').length,
    milestones: listOf((await asked(() => stage.api.get(stage.path(''))))['milestones']).map((each) => `${String(each['key'])} ${String(each['status'])}`),
    applications: (await all(stage.path('/applications?limit=200'))).map((each) => `${of(each)} ${String(each['status'])}`).sort(),
    agreements: (await all(stage.path('/agreements?limit=200'))).map((each) => `${of(each)} ${String(each['status'])}`).sort(),
    notices: notices.map((each) => String(each['kind'])).sort(),
    posts: await postsOf(product, notices),
    audit: counted(audit.map((each) => String(each['action']))),
    group: (await all(stage.path('/collaborations'))).map(of).sort(),
  };
}

const counted = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(words)].sort().map((word) => [word, words.filter((each) => each === word).length]));

/** The kinds of these notices as they stand in Slack, once all do; one posted twice stands here twice. */
async function postsOf({ ports, secrets }: Product, notices: readonly Body[]): Promise<string[]> {
  const kinds = new Map(notices.map((each) => [String(each['id']), String(each['kind'])]));
  const posted = async (): Promise<string[]> => {
    const posts = await slackMessages(`http://127.0.0.1:${ports.slack}/api/`, secrets.SLACK_BOT_TOKEN, slackWorkspace.channelName);
    return posts.map((each) => JSON.stringify(each['metadata'] ?? '')).flatMap((text) => [...kinds.keys()].filter((id) => text.includes(id)));
  };
  await until(async () => new Set(await posted()).size === kinds.size, { timeoutMs: 180_000, everyMs: 500, what: 'every notice to be posted' });
  return (await posted()).map((id) => kinds.get(id) ?? '?').sort();
}

async function arrivedAt(product: Product, { creator, email, sms }: Cast): Promise<string[]> {
  const mails = email === undefined ? [] : await mailsOf(product, email);
  const texts = sms === undefined ? [] : await textsOf(product, sms);
  return [...mails.map((each) => `${creator.name} mail: ${each}`), ...texts.map((each) => `${creator.name} text: ${each}`)];
}

/** What the mail sink got for an address: how each mail is headed. */
export async function mailsOf({ ports }: Product, email: string): Promise<string[]> {
  const response = await fetch(`http://127.0.0.1:${ports.mailPage}/api/email?to.address=${encodeURIComponent(email)}`);
  const mails: { subject?: string; to?: { address: string }[] }[] = JSON.parse(await response.text());
  return mails.filter(({ to }) => to?.some(({ address }) => address === email)).map(({ subject }) => subject ?? '');
}

/** What the SMS emulator took for a number: how each text begins, links left out. */
async function textsOf({ ports }: Product, sms: string): Promise<string[]> {
  const { accountSid, authToken } = twilioAccount;
  const url = `http://127.0.0.1:${ports.twilio}/2010-04-01/Accounts/${accountSid}/Messages.json?PageSize=1000&To=${encodeURIComponent(sms)}`;
  const response = await fetch(url, { headers: { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` } });
  const { messages = [] }: { messages?: { body: string }[] } = JSON.parse(await response.text());
  return messages.map(({ body }) => body.replace(/https?:\S+/g, '').slice(0, 40));
}
