import type { InstagramConfig } from './config.js';

/**
 * The token that may publish on an account: its own, else the installation's, which is for one account only. Never
 * another's: what is meant for one account must not appear on somebody else's.
 */
export function tokenFor(
  { accountId, accessToken }: { readonly accountId: string; readonly accessToken?: string },
  config: InstagramConfig,
): string | undefined {
  return accessToken ?? (config.INSTAGRAM_ACCOUNT_ID === accountId ? config.INSTAGRAM_ACCESS_TOKEN : undefined);
}
