import { creatorInput, type CastMember } from '../cast/creator.ts';
import { firstName, names, type Reach } from '../cast/names.ts';
import type { Person, Team } from '../cast/people.ts';
import type { Api } from '../http/api.ts';
import type { Stage } from '../stage.ts';
import { Checks } from '../telling/checks.ts';
import { dayMs, Days } from '../telling/days.ts';
import { Voice } from '../telling/voice.ts';

const timeZone = 'Europe/Amsterdam';
/** The account of the fake Instagram; a real one would refuse it, as it should. */
const instagramAccountId = '17841400000000000';

/** A workspace of this run's own, with its people, its client, a short schedule and thirty creators. */
export async function setTheStage(operator: Api, run: string): Promise<Stage> {
  const days = new Days();
  const voice = new Voice(days);
  voice.chapter('Before', 'a workspace of our own, so that every run is a fresh one');
  const { olga, workspaceName } = await openWorkspace(operator, run);
  voice.say(`Olga opens the workspace “${workspaceName}” on a Professional subscription, with stories on its own Instagram account.`);
  const team: Team = { olga, ...(await hireTeam(olga, run)) };
  voice.say('She invites Mia (manager), Chris (customer success) and Max (member). Each works with a token of their own.');
  const client: { id: string } = await team.mia.api.post('/v1/clients', { name: 'Northwind Tea' });
  const schedule = await shortSchedule(team.mia);
  voice.say(`The client is Northwind Tea. The schedule is the usual one of seven days, only that a day takes ${dayMs / 1_000} seconds.`);
  voice.why('A schedule is data: with a shorter day every milestone and every window (72 hours to sign) shrinks alike.');
  const creators = await callCreators(team, run);
  voice.say('Thirty creators are known: ten have the app, ten read e-mail, ten can be reached by SMS alone.');
  const byName = new Map(creators.map((each) => [each.first, each]));
  const checks = new Checks(voice);
  checks.that(creators.length === 30, 'thirty creators, each with a personal link: none of them has an account or a password');
  return {
    run, timeZone, voice, days, checks, team, creators,
    clientId: client.id,
    scheduleId: schedule.id,
    campaignId: '',
    creator: (first) => byName.get(first) ?? fail(`Nobody is called ${first}`),
    notes: { smsSimulated: false, exportedTo: null },
  };
}

async function openWorkspace(operator: Api, run: string): Promise<{ olga: Person; workspaceName: string }> {
  const workspaceName = `Seven Days Agency ${run}`;
  const made: { ownerId: string; token: string } = await operator.post('/v1/workspaces', {
    name: workspaceName, timeZone, locale: 'en', currency: 'EUR', subscription: 'professional',
    owner: { name: 'Olga Owner', email: `olga.${run}@agency.example` },
  });
  const olga = { memberId: made.ownerId, name: 'Olga Owner', api: operator.as(made.token) };
  // Seven days pass in minutes here: an SMS that waits for the real morning would come too late.
  await olga.api.patch('/v1/workspace', { instagramAccountId, messaging: { quietHours: null } });
  return { olga, workspaceName };
}

async function hireTeam(olga: Person, run: string): Promise<Omit<Team, 'olga'>> {
  const hire = async (name: string, role: string): Promise<Person> => {
    const email = `${firstName(name).toLowerCase()}.${run}@agency.example`;
    const { id }: { id: string } = await olga.api.post('/v1/members', { name, email, role });
    // Whoever holds such a link acts as the creator, so only the owner may make one.
  const { token }: { token: string } = await olga.api.post('/v1/tokens', { name: 'Demo', scopes: ['read', 'write'], memberId: id });
    return { memberId: id, name, api: olga.api.as(token) };
  };
  return {
    mia: await hire('Mia Manager', 'manager'),
    chris: await hire('Chris Care', 'customer-success'),
    max: await hire('Max Member', 'member'),
  };
}

/** The default schedule with a day of seconds. */
function shortSchedule(mia: Person): Promise<{ id: string }> {
  const at = (key: string, action: string, day: number, lateness = 'drop') => ({ key, action, moment: { day, at: '09:00' }, lateness });
  return mia.api.post('/v1/schedules', {
    name: 'Seven short days',
    schedule: {
      day: { ms: dayMs },
      milestones: [
        { key: 'story', action: 'post-story', moment: { afterMs: 5 * 60_000 }, lateness: 'run' },
        at('select', 'remind-select', 3),
        at('invite', 'remind-invite', 4),
        at('agreements', 'remind-agreements', 5),
        at('summary', 'summary', 6),
        at('close', 'close', 7, 'run'),
      ],
    },
  });
}

/** Registered a handful at a time: this is a demo and no load test. */
async function callCreators({ mia, olga }: Pick<Team, 'mia' | 'olga'>, run: string): Promise<CastMember[]> {
  const cast = Object.entries(names).flatMap(([reach, list]) => list.map((name, index) => ({ name, index, reach: reach as Reach })));
  const called: CastMember[] = [];
  while (called.length < cast.length) {
    const some = cast.slice(called.length, called.length + 5);
    called.push(...(await Promise.all(some.map((each) => call({ mia, olga }, each, run)))));
  }
  return called;
}

async function call({ mia, olga }: Pick<Team, 'mia' | 'olga'>, { name, index, reach }: { name: string; index: number; reach: Reach }, run: string): Promise<CastMember> {
  const input = creatorInput(name, reach, index, run);
  const { id }: { id: string } = await mia.api.post('/v1/creators', input);
  // Whoever holds such a link acts as the creator, so only the owner may make one.
  const { token }: { token: string } = await olga.api.post(`/v1/creators/${id}/links`);
  const phone = input.contactPoints.find(({ channel }) => channel === 'sms')?.address ?? null;
  return { id, name, first: firstName(name), reach, phone, api: mia.api.as(token) };
}

function fail(message: string): never {
  throw new Error(message);
}
