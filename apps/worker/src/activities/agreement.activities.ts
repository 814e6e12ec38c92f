import { agreementSnapshot, expireAgreement, prepareAgreement, remindAgreement } from '@sevenfold/core/agreements';
import type { AgreementActivities } from '@sevenfold/workflows';
import { engineScope, type ActivityDeps } from './deps.js';

/** The steps of one agreement's window. Each is guarded by the row, so a repeat changes nothing. */
export function agreementActivities({ db, pdf }: ActivityDeps): AgreementActivities {
  return {
    loadAgreement: ({ workspaceId, agreementId }) =>
      db.inWorkspace(engineScope(workspaceId), (tx) => agreementSnapshot(tx, agreementId)),

    prepareAgreement: ({ workspaceId, agreementId, at }) =>
      prepareAgreement(db, engineScope(workspaceId), pdf, { agreementId, at }),

    remindAgreement: ({ workspaceId, agreementId, at }) =>
      db.inWorkspace(
        engineScope(workspaceId),
        async (tx) => {
          await remindAgreement(tx, agreementId);
          return agreementSnapshot(tx, agreementId);
        },
        { notBefore: at },
      ),

    expireAgreement: ({ workspaceId, agreementId, at }) =>
      db.inWorkspace(
        engineScope(workspaceId),
        async (tx) => {
          await expireAgreement(tx, agreementId);
          return agreementSnapshot(tx, agreementId);
        },
        { notBefore: at },
      ),
  };
}
