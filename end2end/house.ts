// Two houses to visit, each started once a worker: the Tây Sơn demo, and an office of our own whose
// answers, closed point and empty months are known exactly.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { BINARY, type Server, startDemo, startServe } from './server.ts';

export interface Point {
  code: string;
  unit: string;
  name: string;
  channel: string;
}

export interface House extends Server {
  /** A folder of its own, gone with the house. */
  folder: string;
  points: Point[];
  /** The code of the first point whose unit and name begin so. */
  code(unit: string, name: string): string;
  /** Runs another command on the same database and returns what it prints. */
  run(args: string[], env?: Record<string, string>): string;
  /** Imports lines of CSV, the first with the names of the columns. */
  import(kind: string, lines: string[]): void;
  /** Responses of a unit, today, as anyone may read them. */
  responses(unit: string): Promise<number>;
}

/** The day in Vietnam, `days` from today. */
export function day(days = 0): string {
  const moment = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(moment);
}

/** A past day of the office: what its board shows then is known exactly. */
export const FEW = day(-40);
export const WITHHELD = day(-41);
export const FULL = day(-42);
/** No answers. */
export const EMPTY = day(-43);

/** Twenty days of Hòa Cường, and the twenty after them: its access, procedures and results become
 * better, its officials worse, and how it takes complaints stays the same. */
export const EARLIER = { from: day(-69), to: day(-50) };
export const LATER = { from: day(-49), to: day(-30) };
/** How many of five are satisfied each day, before and after; on every other day one more. */
const CHANGE = { A1: [1, 3], B1: [1, 3], C1: [3, 1], D1: [1, 3], E1: [2, 2] };

/** The columns of a table of targets. */
export const TARGETS =
  'unit,year,index,code,name,max,baseline,baseline_rank,rank_of,target,actual,actual_date,source';

export const test = base.extend<object, { demo: House; office: House }>({
  demo: [
    async ({}, use) => {
      const place = new Place();
      const server = await startDemo({ env: place.env });
      await use(place.house(server));
      await server.stop();
      place.remove();
    },
    { scope: 'worker' },
  ],
  office: [
    async ({}, use) => {
      const place = new Place();
      fill(place);
      const server = await startServe(place.url);
      await use(place.house(server));
      await server.stop();
      place.remove();
    },
    { scope: 'worker' },
  ],
});

class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'hailong-'));
  readonly url = `sqlite://${join(this.folder, 'hailong.db')}`;
  readonly env = { HAILONG_DATABASE_URL: this.url };

  run(args: string[], env: Record<string, string> = {}): string {
    const quiet = { HAILONG_LOG: 'error', ...this.env, ...env };
    return execFileSync(BINARY, args, {
      encoding: 'utf8',
      env: { ...process.env, ...quiet },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  import(kind: string, lines: string[]) {
    const file = join(this.folder, `${kind}.csv`);
    writeFileSync(file, lines.join('\n'));
    this.run(['import', kind, file]);
  }

  points(): Point[] {
    const file = join(this.folder, 'exported.csv');
    this.run(['export', 'points', file]);
    const [head, ...rows] = readFileSync(file, 'utf8').trim().split('\n').map(cells);
    return rows.map((row) => Object.fromEntries(row.map((cell, i) => [head[i], cell])) as never);
  }

  house(server: Server): House {
    const points = this.points();
    return {
      ...server,
      folder: this.folder,
      points,
      run: (args, env) => this.run(args, env),
      import: (kind, lines) => this.import(kind, lines),
      code: (unit, name) => {
        const point = points.find((point) => point.unit === unit && point.name.startsWith(name));
        if (!point) throw new Error(`no point ${name} of ${unit}`);
        return point.code;
      },
      responses: async (unit) => {
        const answer = await fetch(
          `${server.base}/api/v1/units/${unit}/index?from=${day()}&to=${day()}`,
        );
        const body = (await answer.json()) as { responses: number };
        if (!answer.ok) throw new Error(JSON.stringify(body));
        return body.responses;
      },
    };
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The cells of a line of CSV. */
export function cells(line: string): string[] {
  const found = line.trim().matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...found].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}

function fill(place: Place) {
  place.import('units', [
    'code,parent,kind,name,valid_from,valid_to,predecessors',
    'son-tra,,commune,Phường Sơn Trà,,,',
    'son-tra-tt,son-tra,centre,Trung tâm Phục vụ hành chính công phường Sơn Trà,,,',
    'an-hai,,commune,Phường An Hải,,,',
    'hoa-cuong,,commune,Phường Hòa Cường,,,',
  ]);
  place.import('points', [
    'code,unit,name,channel,open_from,open_to',
    ',son-tra-tt,"Quầy 1 – Hộ tịch, chứng thực",qr,,',
    ',son-tra-tt,"Quầy 2 – Đất đai, xây dựng",qr,,',
    ',son-tra-tt,Máy tự phục vụ tại sảnh,kiosk,,',
    `,son-tra-tt,Quầy cũ – Tư pháp,qr,,${day(-1)}`,
  ]);
  const [first, second] = place.points();
  const row = (point: Point, day: string, score: number) =>
    `${randomUUID()},${point.code},${day},sipas-2023,result,,qr,,` +
    Array(5).fill(score).join(',');
  // Twelve are few; three are withheld; forty satisfied and ten not make 80 %.
  place.import('responses', [
    'id,point,answered_at,questionnaire,stage,field,channel,comment,A1,B1,C1,D1,E1',
    ...Array.from({ length: 12 }, (_, i) => row(first, FEW, i < 9 ? 5 : 2)),
    ...Array.from({ length: 3 }, () => row(first, WITHHELD, 4)),
    ...Array.from({ length: 50 }, (_, i) => row(i % 2 ? first : second, FULL, i < 40 ? 4 : 1)),
  ]);
  fillTargets(place);
  fillChange(place);
}

/** The plan of the running year, and the published results of the year before. */
function fillTargets(place: Place) {
  const year = Number(day().slice(0, 4));
  const last = year - 1;
  place.import('targets', [
    TARGETS,
    `son-tra,${year},sipas,I,"Việc ban hành, tổ chức thực hiện các chính sách",,73.49,10,11,83.5,,,`,
    `son-tra,${year},sipas,II,Việc cung ứng dịch vụ hành chính công,,74.19,11,11,84.20,,,`,
    `son-tra,${year},sipas,II.1,Tiếp cận dịch vụ,,75.67,10,11,85.67,,,`,
    `son-tra,${year},sipas,II.2,Thủ tục hành chính,,73.71,11,11,83.71,,,`,
    `son-tra,${year},sipas,II.3,Công chức trực tiếp giải quyết công việc,,74.88,10,11,84.88,,,`,
    `son-tra,${year},sipas,II.4,Kết quả dịch vụ,,73.56,11,11,83.56,,,`,
    `son-tra,${year},sipas,II.5,"Tiếp nhận, xử lý phản ánh, kiến nghị",,73.14,11,11,83.14,,,`,
    `son-tra,${year},sipas,total,Kết quả tổng hợp chung,,73.84,10,11,83.84,,,`,
    `an-hai,${last},sipas,II,Việc cung ứng dịch vụ công,,74.19,11,11,84.19,81.50,${last}-12-20,`,
    `an-hai,${last},par,1,Chỉ đạo điều hành,11,10.04,7,11,10.5,10.75,${last}-12-20,Báo cáo số 9`,
    `an-hai,${last},par,2,Cải cách thể chế,4,4,1,11,4,3.5,,Báo cáo số 9`,
    `an-hai,${last},par,3,Cải cách thủ tục hành chính,6,2.99,9,11,4,,,`,
    `an-hai,${last},par,total,Kết quả tổng hợp chung,21,17.03,8,11,18.5,18.50,${last}-12-31,`,
  ]);
}

/** Forty days of one counter, five persons a day. */
function fillChange(place: Place) {
  place.import('points', [
    'code,unit,name,channel,open_from,open_to',
    ',hoa-cuong,Quầy 1 – Tiếp nhận,qr,,',
  ]);
  const { code } = place.points().find(({ unit }) => unit === 'hoa-cuong')!;
  const satisfied = Object.values(CHANGE);
  const rows = Array.from({ length: 200 }, (_, i) => {
    const [back, person] = [Math.floor(i / 5), i % 5];
    const scores = satisfied.map(([before, after]) =>
      person < (back < 20 ? before : after) + (back % 2) ? 4 : 2,
    );
    const on = day(back - 69);
    return `${randomUUID()},${code},${on},sipas-2023,result,,qr,,${scores.join(',')}`;
  });
  const items = Object.keys(CHANGE).join(',');
  place.import('responses', [
    `id,point,answered_at,questionnaire,stage,field,channel,comment,${items}`,
    ...rows,
  ]);
}
