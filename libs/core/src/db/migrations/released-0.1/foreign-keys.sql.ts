/** `table.column` → the table it points to. Written out, because entities carry plain ids. */
const references: Record<string, Record<string, string>> = {
  agreement: {
    campaign_id: 'campaign', creator_id: 'creator', application_id: 'application',
    document_blob_id: 'blob', pdf_blob_id: 'blob',
  },
  api_token: { member_id: 'member' },
  application: { campaign_id: 'campaign', creator_id: 'creator' },
  blob_chunk: { blob_id: 'blob' },
  broadcast: { campaign_id: 'campaign', author_member_id: 'member' },
  campaign: { client_id: 'client', schedule_id: 'workspace_schedule' },
  campaign_entry: { campaign_id: 'campaign', creator_id: 'creator' },
  campaign_milestone: { campaign_id: 'campaign' },
  collaboration: { campaign_id: 'campaign', creator_id: 'creator', agreement_id: 'agreement' },
  command: { campaign_id: 'campaign' },
  contact_point: { creator_id: 'creator' },
  creator_address: { creator_id: 'creator', campaign_id: 'campaign' },
  creator_link: { creator_id: 'creator' },
  creator_profile: { creator_id: 'creator' },
  customer_success_request: { campaign_id: 'campaign', creator_id: 'creator' },
  data_key: { creator_id: 'creator' },
  delivery: { message_id: 'message', broadcast_id: 'broadcast' },
  delivery_event: { delivery_id: 'delivery' },
  digest: { broadcast_id: 'broadcast' },
  digest_campaign: { digest_id: 'digest', campaign_id: 'campaign' },
  invite: { campaign_id: 'campaign', creator_id: 'creator', message_id: 'message', sent_by_member_id: 'member' },
  member: { client_id: 'client' },
  message: {
    thread_id: 'thread', creator_id: 'creator', campaign_id: 'campaign', broadcast_id: 'broadcast',
    author_member_id: 'member', in_reply_to_id: 'message',
  },
  notice: { campaign_id: 'campaign', creator_id: 'creator' },
  parcel: { collaboration_id: 'collaboration' },
  replacement: { campaign_id: 'campaign', agreement_id: 'agreement', chosen_application_id: 'application' },
  result: { collaboration_id: 'collaboration', screenshot_blob_id: 'blob' },
  story: { campaign_id: 'campaign', image_blob_id: 'blob' },
  thread: { creator_id: 'creator' },
};

/**
 * References carry the workspace, so that no row can point into another one whatever the code does. They are checked
 * at commit, because use cases insert in the order they think in.
 */
export function foreignKeys(): string[] {
  const targets = new Set(Object.values(references).flatMap((columns) => Object.values(columns)));
  const keys = [...targets].map((table) => `alter table ${table} add constraint ${table}_tenant_key unique (workspace_id, id)`);
  const links = Object.entries(references).flatMap(([table, columns]) =>
    Object.entries(columns).map(
      ([column, target]) =>
        `alter table ${table} add constraint ${table}_${column}_fk foreign key (workspace_id, ${column}) ` +
        `references ${target} (workspace_id, id) deferrable initially deferred`,
    ),
  );
  return [...keys, ...links];
}
