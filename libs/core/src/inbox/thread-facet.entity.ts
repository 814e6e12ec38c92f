import { defineEntity, p } from '@mikro-orm/core';
import { instant } from '../db/columns.js';

/**
 * That a thread has a message of a campaign, a client or a channel (`campaign:{id}`, `client:{id}`, `channel:{id}`), with the
 * instant of the thread's last message, so that every filter of the inbox is one index in the order of the list. Triggers of the
 * database keep it, because messages are written in many ways.
 */
const ThreadFacetSchema = defineEntity({
  name: 'ThreadFacet',
  tableName: 'thread_facet',
  properties: {
    threadId: p.uuid().primary(),
    facet: p.text().primary(),
    workspaceId: p.uuid(),
    lastMessageAt: instant(),
  },
  indexes: [{ properties: ['workspaceId', 'facet', 'lastMessageAt', 'threadId'] }],
});
export class ThreadFacet extends ThreadFacetSchema.class {}
ThreadFacetSchema.setClass(ThreadFacet);
