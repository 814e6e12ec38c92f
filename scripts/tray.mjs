import { connect } from '@sevenfold/core/db';
import { giveToWorkspace, listOwnerless, routeToTray } from '@sevenfold/core/inbox';
import { SystemDatabase } from '@sevenfold/core/system';
import { systemClock } from '@sevenfold/platform/clock';
import { DomainError } from '@sevenfold/domain/errors';

/* npm run tray: the operator's tray, for messages nobody can tell which workspace they are for. Needs a build. */
const usage = `npm run tray                                    what waits, without its words
npm run tray give ITEM WORKSPACE                show it in that workspace's tray
npm run tray route CHANNEL ADDRESS WORKSPACE    show what comes to this address, or @domain, there from now on`;

const { DATABASE_URL_SYSTEM } = process.env;
if (!DATABASE_URL_SYSTEM) {
  console.error('Set DATABASE_URL_SYSTEM.');
  process.exit(78);
}
const [command = 'list', ...given] = process.argv.slice(2);
const system = new SystemDatabase(await connect(DATABASE_URL_SYSTEM, 2), systemClock);
try {
  if (command === 'list' && given.length === 0) {
    const items = await listOwnerless(system);
    for (const item of items) console.log([item.id, item.receivedAt, item.channel, item.from, item.to, item.reason].join('\t'));
    if (items.length === 0) console.log('Nothing waits.');
  } else if (command === 'give' && given.length === 2) {
    await giveToWorkspace(system, given[0], given[1]);
    console.log('It is in their tray.');
  } else if (command === 'route' && given.length === 3) {
    await routeToTray(system, { channel: given[0], address: given[1], workspaceId: given[2] });
    console.log('From now on.');
  } else {
    console.error(usage);
    process.exitCode = 64;
  }
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  console.error(`Not done: ${error.message} ${JSON.stringify(error.details)}`);
  process.exitCode = 1;
} finally {
  await system.close();
}
