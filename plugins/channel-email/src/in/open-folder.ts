import type { ImapFlow, MailboxObject } from 'imapflow';

/** Opens a folder for reading alone. @throws with `mailboxMissing` when there is none of that name */
export async function openFolder(client: ImapFlow, folder: string): Promise<MailboxObject> {
  try {
    return await client.mailboxOpen(folder, { readOnly: true });
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('responseStatus' in error) || error.responseStatus !== 'NO') throw error;
    const folders = await client.list();
    if (folders.some(({ path }) => path === folder || path.toUpperCase() === folder.toUpperCase())) throw error;
    throw Object.assign(error, { mailboxMissing: true });
  }
}
