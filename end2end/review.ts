// The target review, as the API gives it and as its page is read.
import type { Locator, Page } from '@playwright/test';
import type { House } from './house.ts';
import { api, YEAR } from './official.ts';

interface Ends {
  low: number;
  high: number;
}
export interface Row {
  index: string;
  code: string;
  name: string;
  target: number | null;
  measured: boolean;
  current: number | null;
  answers: number | null;
  interval: Ends | null;
  gap: number | null;
  projection: (Ends & { score: number; probability: number | null }) | null;
  verdict: string;
  rank: { place: number; tied: boolean; low: number; high: number; of: number } | null;
  trend: { score: number | null }[];
}
export interface Review {
  from: string;
  to: string;
  closed: boolean;
  responses: number;
  rows: Row[];
  inconsistencies: unknown[];
}

export const LAST = YEAR - 1;
export const PUBLISHED = '/targets/tay-son-huyen/2024';

export const review = (house: House, unit: string, year = YEAR, query = '') =>
  api<Review>(house, `${unit}/targets/${year}${query}`);

export const tables = (page: Page) => page.locator('section.published');
export const row = (page: Page, name: string) =>
  page.locator('.published tbody tr').filter({ has: page.getByRole('rowheader', { name }) });
export const cell = (row: Locator, label: string) => row.locator(`td[data-label="${label}"]`);

/** A verdict behind its mark. */
export const judged = (words: string) => new RegExp(`^\\S ${words}$`, 'i');
