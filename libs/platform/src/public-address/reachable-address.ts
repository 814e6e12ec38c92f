import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPublicAddress, notPublic } from './public-address.js';

/**
 * The IP address to connect to for a host that a stranger named. Connect to it and to nothing else: the name may lead elsewhere a
 * moment later.
 * @param inside names and addresses of our own network that may be connected to all the same, in lower case
 * @throws with the code ENOTPUBLIC when any of its addresses is not one of the public internet; ENOTFOUND and the like
 */
export async function reachableAddress(host: string, inside: readonly string[] = []): Promise<string> {
  const found = isIP(host) === 0 ? await lookup(host, { all: true, order: 'ipv4first' }) : [{ address: host }];
  const [first] = found;
  const may = inside.includes(host.toLowerCase()) || found.every(({ address }) => isPublicAddress(address));
  if (!first || !may) throw Object.assign(new Error('the name leads to an address that is not public'), { code: notPublic });
  return first.address;
}
