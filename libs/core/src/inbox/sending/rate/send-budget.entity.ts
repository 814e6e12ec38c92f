import { defineEntity, p } from '@mikro-orm/core';
import { instant } from '../../../db/columns.js';
import type { BudgetState } from './grant.js';

/**
 * What a sender may still send, shared by all processes. A sender belongs to the installation and not to one workspace,
 * and the row names nobody: outside tenancy.
 */
const SendBudgetSchema = defineEntity({
  name: 'SendBudget',
  tableName: 'send_budget',
  properties: {
    /** Channel and sender, or the broadcast with a limit of its own. */
    key: p.text().primary(),
    state: p.json<BudgetState>(),
    updatedAt: instant(),
  },
});
export class SendBudget extends SendBudgetSchema.class {}
SendBudgetSchema.setClass(SendBudget);
