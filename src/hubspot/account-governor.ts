import type { Clock, LeaseBook } from '#pipeline/ports.ts';
import type { Shared } from './amend.ts';
import { type DayBudget, dayBudget, firstDay } from './day-budget.ts';
import type { Governor, Wait } from './governor.ts';
import { aloneRules, type Lane, type LaneRules, lanes } from './lanes.ts';
import { budgetsOf, type DailyName, type Limits, smallestLimits, type WindowName } from './limits.ts';
import { memoryBook } from './memory-book.ts';
import { firstPace } from './pace.ts';
import { type SlotQueue, slotQueue } from './slots.ts';

/** What every governor needs. */
interface Governing {
  readonly clock: Clock;
  /** Budgets before HubSpot's headers say more. Default: those of the smallest accounts. */
  readonly limits?: Limits;
  /** Told before a call waits for its slot. */
  readonly onWait?: (wait: Wait) => void;
  /** Numbers in [0, 1): who waits for the same slots looks at different moments. */
  readonly random?: () => number;
}

/** What the account-wide governor needs. */
export interface AccountGoverning extends Governing {
  /** One for all processes that call HubSpot for the same account and app. */
  readonly leases: LeaseBook;
  readonly lane: Lane;
}

/**
 * Shares HubSpot's budgets with every process that has the same lease book: no 429 of our own making, the most urgent lane
 * first, and nothing left over while there is work.
 */
export const accountGovernor = ({ leases, lane, ...rest }: AccountGoverning): Governor =>
  governor(leases, lanes[lane], rest);

/** The same for a process that calls HubSpot alone: nothing is shared, nothing held back for others. */
export const processGovernor = (options: Governing): Governor => governor(memoryBook(), aloneRules, options);

function governor(book: LeaseBook, rules: LaneRules, options: Governing): Governor {
  const { clock, limits = smallestLimits, onWait = () => {}, random = Math.random } = options;
  const shared = <T>(name: string, initial: T): Shared<T> => ({ book, name, clock, random, initial });
  const window = (name: WindowName): SlotQueue =>
    slotQueue(shared(name, firstPace(limits.windows[name])), limits.windows[name], rules);
  const day = (name: DailyName): DayBudget => dayBudget(shared(name, firstDay(limits.daily[name])), rules);

  const windows = { burst: window('burst'), search: window('search'), associations: window('associations') };
  const days = { daily: day('daily'), associationsDaily: day('associationsDaily') };

  return {
    patienceMs: rules.patienceMs,
    acquire: async (kind) => {
      const drawn = budgetsOf[kind];
      for (const name of drawn.days) await days[name].check();
      await windows[drawn.window].turn((ms) => onWait({ kind, budget: drawn.window, ms }));
      for (const name of drawn.days) days[name].spend();
    },
    learn: async (kind, { window, daily }) => {
      // The call has its answer, whether or not the book can be written; the next answer tells the same.
      if (window) await windows[budgetsOf[kind].window].told(window).catch(() => {});
      if (daily) await days.daily.told(daily).catch(() => {});
    },
    limited: (kind, ms) => windows[budgetsOf[kind].window].refused(ms),
    dayIsOver: (kind) => days[budgetsOf[kind].days[0]].over(),
    inZone: async (timeZone) => {
      await days.daily.inZone(timeZone);
      await days.associationsDaily.inZone(timeZone);
    },
  };
}
