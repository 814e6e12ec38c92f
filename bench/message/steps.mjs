import { median } from '../statistics.mjs';

const at = (event) => Number(event.eventTime.seconds) * 1000 + event.eventTime.nanos / 1e6;

/** How long the engine took over each step of a workflow with one activity, by the instants of its history, in ms. */
export function stepsOf({ events }) {
  const when = (attributes) => {
    const event = events.find((each) => each[attributes]);
    if (!event) throw new Error(`The history lacks ${attributes}`);
    return at(event);
  };
  const [started, scheduled, running, done, ended] = [
    'workflowExecutionStartedEventAttributes', 'activityTaskScheduledEventAttributes', 'activityTaskStartedEventAttributes',
    'activityTaskCompletedEventAttributes', 'workflowExecutionCompletedEventAttributes',
  ].map(when);
  return { toFirstTask: scheduled - started, toActivity: running - scheduled, activity: done - running, toEnd: ended - done, total: ended - started };
}

/** The medians of the steps as a sentence, the bare side's beside the product's. */
export function profileOf(ours, bare) {
  const of = (samples, name) => `${median(samples.map((each) => each[name])).toFixed(1)} ms`;
  const both = (name) => `${of(ours, name)} (bare ${of(bare, name)})`;
  return [
    `writing its row ${of(ours, 'queue')}`, `its workflow's first task ${both('toFirstTask')}`, `until the activity runs ${both('toActivity')}`,
    `claim, SMTP and mark ${both('activity')}`, `its workflow's end ${both('toEnd')}`,
  ].join(', ');
}
