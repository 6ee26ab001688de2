/**
 * The script of the report's page. It only ever sets text, never markup: what tests said cannot
 * become a part of the page.
 */
export const pageScript = `
'use strict';
const report = JSON.parse(document.getElementById('report').textContent);
const body = document.getElementById('tests');
const state = { show: 'all', search: '', sort: 'number', down: false };
report.rows.forEach((row, at) => { row.number = at; });

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className !== undefined) made.className = className;
  return made;
}

function tone(outcome) {
  if (['OK', 'EXPECTEDFAIL'].includes(outcome)) return 'good';
  return ['SKIP', 'IGNORED'].includes(outcome) ? 'mild' : 'bad';
}

function time(milliseconds) {
  return milliseconds < 1000 ? milliseconds + ' ms' : (milliseconds / 1000).toFixed(2) + ' s';
}

function wanted(row) {
  if (state.show === 'bad' && !row.bad) return false;
  if (state.show === 'skipped' && tone(row.outcome) !== 'mild') return false;
  const words = (row.name + ' ' + row.suites.join(' ')).toLowerCase();
  return words.includes(state.search.toLowerCase());
}

function sorted(rows) {
  const key = state.sort;
  const order = rows.toSorted((a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0));
  return state.down ? order.reverse() : order;
}

function logOf(row) {
  const details = element('details');
  details.open = row.bad;
  details.append(element('summary', row.bad ? 'Output' : 'More'));
  if (row.command !== '') details.append(element('pre', row.command, 'command'));
  if (row.parts.length > 0) {
    const list = element('ul');
    for (const part of row.parts) {
      const item = element('li');
      item.append(element('span', part.outcome, tone(part.outcome)), ' ' + part.name);
      if (part.why !== '') item.append(element('pre', part.why));
      list.append(item);
    }
    details.append(list);
  }
  if (row.stdout !== '') details.append(element('pre', row.stdout, 'stdout'));
  if (row.stderr !== '') details.append(element('pre', row.stderr, 'stderr'));
  return details;
}

function pastOf(row) {
  const past = element('div', undefined, 'past');
  const longest = Math.max(1, ...row.history.map((run) => run.milliseconds));
  for (const run of row.history) {
    const bar = element('i', undefined, tone(run.outcome));
    bar.style.height = Math.round((100 * run.milliseconds) / longest) + '%';
    bar.title = run.outcome + ', ' + time(run.milliseconds) + ', ' + run.at;
    past.append(bar);
  }
  return past;
}

function rowOf(row, slowest) {
  const line = element('tr');
  line.dataset.test = row.name;
  const name = element('td', row.name);
  for (const suite of row.suites) name.append(element('span', suite, 'suite'));
  name.append(logOf(row));
  const result = element('td');
  result.append(element('strong', row.outcome, tone(row.outcome)));
  if (row.detail !== '') result.append(element('div', row.detail));
  const took = element('td', time(row.milliseconds));
  const bar = element('span', undefined, 'bar');
  bar.style.width = (100 * row.milliseconds) / slowest + '%';
  took.append(bar);
  const past = element('td');
  past.append(pastOf(row));
  line.append(name, result, took, past);
  return line;
}

function draw() {
  const slowest = Math.max(1, ...report.rows.map((row) => row.milliseconds));
  body.replaceChildren(...sorted(report.rows.filter(wanted)).map((row) => rowOf(row, slowest)));
  for (const button of document.querySelectorAll('[data-show]'))
    button.setAttribute('aria-pressed', String(button.dataset.show === state.show));
}

function summarize() {
  const counts = new Map();
  for (const row of report.rows) counts.set(row.outcome, (counts.get(row.outcome) ?? 0) + 1);
  const words = [...counts].map(([outcome, count]) => count + ' ' + outcome);
  const text = words.join(', ') + ' in ' + time(report.milliseconds) + ', ' + report.at;
  document.getElementById('summary').textContent = text;
}

function drawCoverage() {
  if (report.coverage == null) return;
  const section = document.getElementById('coverage');
  section.hidden = false;
  let lines = 0, covered = 0;
  for (const file of report.coverage.files) {
    lines += file.lines;
    covered += file.covered;
    const row = element('tr');
    row.append(element('td', file.path), element('td', file.covered + ' of ' + file.lines));
    row.append(element('td', percent(file.covered, file.lines)));
    section.querySelector('tbody').append(row);
  }
  section.querySelector('h2').textContent = 'Coverage: ' + percent(covered, lines) + ' of lines';
}

function percent(part, whole) {
  return (whole === 0 ? 100 : (100 * part) / whole).toFixed(1) + ' %';
}

for (const button of document.querySelectorAll('[data-show]'))
  button.addEventListener('click', () => { state.show = button.dataset.show; draw(); });
for (const button of document.querySelectorAll('[data-sort]'))
  button.addEventListener('click', () => {
    state.down = state.sort === button.dataset.sort ? !state.down : button.dataset.sort === 'milliseconds';
    state.sort = button.dataset.sort;
    draw();
  });
document.getElementById('search').addEventListener('input', (event) => {
  state.search = event.target.value;
  draw();
});
if (report.rows.some((row) => row.bad)) state.show = 'bad';
summarize();
drawCoverage();
draw();
`;
