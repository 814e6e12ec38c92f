export { getCustomerSuccessRequest, listCustomerSuccessRequests, type CustomerSuccessRequestView } from './list.js';
export { askCustomerSuccess, type AskCustomerSuccessInput } from './request.js';
export { resolveCustomerSuccess, type ResolveInput } from './resolve.js';
