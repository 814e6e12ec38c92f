import type { AttachmentRole, AttachmentStatus } from './message-attachment.entity.js';

/** A file of a message, without its bytes. */
export interface AttachmentView {
  id: string;
  role: AttachmentRole;
  /** `waiting`: on its way from the provider. */
  status: AttachmentStatus;
  filename: string;
  contentType: string;
  /** Bytes; null until they are here. */
  size: number | null;
  /** What `cid:` in the message's HTML calls it. */
  contentId: string | null;
  /** Why it is not here. */
  reason: string | null;
}

/** The files of `message m` as one JSON column, null for the many without any. Creators never see the raw source. */
export const attachmentsColumn = (of: 'team' | 'creator'): string => `
  case when m.attachments > 0 then (
    select json_agg(json_build_object('id', x.id, 'role', x.role, 'status', x.status, 'filename', x.filename, 'contentType', x.content_type,
                                      'size', x.size, 'contentId', x.content_id, 'reason', x.reason) order by x.position, x.id)
      from message_attachment x where x.message_id = m.id${of === 'creator' ? ` and x.role <> 'source'` : ''}
  ) end as attachments`;
