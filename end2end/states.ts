// Every page and state of the program, for those who look at all of them.
import { expect, type Page } from '@playwright/test';
import { answerAll, choice, send, stage } from './citizen.ts';
import { day, EARLIER, EMPTY, FEW, FULL, type House, LATER, WITHHELD } from './house.ts';
import { PERIOD, YEAR } from './official.ts';

export interface Houses {
  demo: House;
  office: House;
}

/** A state: its name, and the way to it. */
export interface State {
  name: string;
  /** Shown in light and dark. */
  official?: boolean;
  open(page: Page, houses: Houses, lang: Lang): Promise<void>;
}

export type Lang = 'vi' | 'en';

const UNIT = 'tay-son-tt';
const counter = ({ demo }: Houses) => `${demo.base}/s/${demo.code(UNIT, 'Quầy 3')}`;
const kiosk = ({ demo }: Houses) => `${demo.base}/s/${demo.code(UNIT, 'Máy')}`;

/** The states that an address alone leads to. */
function at(name: string, address: (houses: Houses) => string, official = false): State {
  const open: State['open'] = async (page, houses, lang) => {
    const url = address(houses);
    await page.goto(`${url}${url.includes('?') ? '&' : '?'}lang=${lang}`);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
  };
  return { name, official, open };
}

const board = (name: string, unit: string, query = '') =>
  at(`board-${name}`, ({ demo }) => `${demo.base}/boards/${unit}${query}`, true);
const office = (name: string, unit: string, day: string) =>
  at(`board-${name}`, (to) => `${to.office.base}/boards/${unit}?from=${day}&to=${day}`, true);

const targets = (name: string, path: string) =>
  at(`targets-${name}`, ({ demo }) => `${demo.base}/targets/${path}`, true);
const analysis = (name: string, unit: string, query = PERIOD) =>
  at(`analysis-${name}`, ({ demo }) => `${demo.base}/analysis/${unit}${query}`, true);

/** What became better, worse and neither. */
export const CHANGED =
  `/analysis/hoa-cuong?from=${LATER.from}&to=${LATER.to}` +
  `&before_from=${EARLIER.from}&before_to=${EARLIER.to}`;

/** A month, so many months from the running one: `2026-09`. */
function monthAt(months: number) {
  const [year, at] = day().split('-').map(Number);
  return new Date(Date.UTC(year, at - 1 + months, 1)).toISOString().slice(0, 7);
}
export const [THIS_MONTH, LAST_MONTH, MONTH_BEFORE] = [0, -1, -2].map(monthAt);
/** As offices write it: `09/2026`. */
export const month = (of: string) => of.split('-').reverse().join('/');
const report = (name: string, path: string) =>
  at(`report-${name}`, ({ demo }) => `${demo.base}/reports/${path}`, true);

const opened = at('citizen', counter);
const sent = at('thanks', (houses) => `${counter(houses)}/thanks`);

export const STATES: State[] = [
  opened,
  at('citizen-full', (houses) => `${counter(houses)}?form=full`),
  {
    name: 'citizen-answered',
    async open(page, houses, lang) {
      await opened.open(page, houses, lang);
      await stage(page, 'result').click();
      await answerAll(page, ['5', '4', '3', '2', 'na']);
      await page.locator('summary').click();
      await page.locator('#comment').fill('Cán bộ hướng dẫn rõ ràng, chờ hơi lâu.');
    },
  },
  {
    name: 'citizen-errors',
    async open(page, houses, lang) {
      await opened.open(page, houses, lang);
      await stage(page, 'filing').click();
      await page.locator('#comment').fill('Chưa chọn câu nào.');
      await send(page).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'citizen-switched',
    async open(page, houses, lang) {
      await opened.open(page, houses, lang === 'vi' ? 'en' : 'vi');
      await choice(page.locator('details fieldset').first(), '3').evaluate((label) => {
        (label.querySelector('input') as HTMLInputElement).checked = true;
      });
      await page.locator('[name=switch]').click();
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.locator('details')).toHaveAttribute('open');
    },
  },
  sent,
  at('thanks-kept', (houses) => `${counter(houses)}/thanks?kept=1`),
  at('thanks-kiosk', (houses) => `${kiosk(houses)}/thanks`),
  at('citizen-unknown', ({ demo }) => `${demo.base}/s/ABCDEFGHJK`),
  at('citizen-closed', (to) => `${to.office.base}/s/${to.office.code('son-tra-tt', 'Quầy cũ')}`),
  at('home', ({ demo }) => `${demo.base}/`, true),
  at('notfound', ({ demo }) => `${demo.base}/nowhere`, true),
  board('commune', 'tay-son'),
  board('centre', 'tay-son-tt'),
  at('screen', ({ demo }) => `${demo.base}/boards/tay-son-tt?tv=1`, true),
  board('province', 'gia-lai', '?sort=-score'),
  board('district-closed', 'tay-son-huyen'),
  board('empty', 'tay-son', '?from=2020-01-01&to=2020-01-31'),
  office('few', 'son-tra-tt', FEW),
  office('withheld', 'son-tra-tt', WITHHELD),
  office('enough', 'son-tra-tt', FULL),
  office('none', 'son-tra-tt', EMPTY),
  targets('commune', `tay-son/${YEAR}`),
  targets('published', 'tay-son-huyen/2024'),
  targets('province', `gia-lai/${YEAR}?rule=mean5`),
  targets('next', `tay-son/${YEAR + 1}`),
  at('targets-few', ({ office }) => `${office.base}/targets/son-tra/${YEAR}`, true),
  at('targets-entered', ({ office }) => `${office.base}/targets/an-hai/${YEAR - 1}`, true),
  analysis('province', 'gia-lai'),
  analysis('compared', 'tay-son', `${PERIOD}&with=binh-khe`),
  analysis('instrument', 'tay-son', `${PERIOD}&instrument=1`),
  analysis('none', 'tay-son-huyen', '?instrument=1'),
  at('analysis-changed', ({ office }) => office.base + CHANGED, true),
  report('commune', `tay-son/${LAST_MONTH}`),
  report('province', `gia-lai/${LAST_MONTH}`),
  report('open', `tay-son-tt/${THIS_MONTH}`),
  report('list', 'tay-son'),
  report('compare', `tay-son/compare?a=${MONTH_BEFORE}&b=${LAST_MONTH}`),
  at('report-none', ({ office }) => `${office.base}/reports/an-hai/${LAST_MONTH}`, true),
  at('sheet', ({ demo }) => `${demo.base}/sheets/tay-son`, true),
  at('sheet-none', ({ demo }) => `${demo.base}/sheets/binh-dinh`, true),
  at('method', ({ demo }) => `${demo.base}/method`, true),
];
