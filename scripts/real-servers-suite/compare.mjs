// Compares what a server says by all doors.

/** How many characters before a difference are shown. */
const CONTEXT = 80;

/** What is wrong with the answer through the gateway, given the direct one; nothing if all is well. */
function difference({ masked, denied, fails }, direct, through) {
  if (direct.endsWith('exit 0\n') === Boolean(fails)) {
    return `  the direct answer is not what was to be compared: ${direct}`;
  }
  if (denied !== undefined) {
    const denial = new RegExp(`"io.mcpgovernor/denial":\\{"code":"${denied}"`);
    return denial.test(through) ? undefined : `  ${denied} was due to deny it: ${through}`;
  }
  if (masked !== undefined && !direct.includes(masked[0])) {
    return `  the direct answer has nothing to mask: ${direct}`;
  }
  const due = masked === undefined ? direct : direct.replaceAll(...masked);
  const place = due.split('').findIndex((unit, index) => unit !== through[index]);
  const from = Math.max(0, (place < 0 ? due.length : place) - CONTEXT);
  const excerpt = (text) => JSON.stringify(text.slice(from, from + 5 * CONTEXT));
  return due === through ? undefined : `  due:     ${excerpt(due)}\n  through: ${excerpt(through)}`;
}

/** Asks a server by one door all there is to ask, in order, since one call may see what another did. */
async function answers(ask, cases, server) {
  const said = [];
  for (const { ask: question, clock } of cases) {
    const answer = await ask(server, question);
    said.push(clock ? answer.replace(/\d{1,2}:\d\d:\d\d [AP]M/g, '<time>') : answer);
  }
  return said;
}

/**
 * Compares all doors to the direct one.
 *
 * @param result is told the name of each comparison, and what is wrong if anything is
 * @param prepare makes the data that the server keeps, which is asked by one door after the other then
 */
export async function compare({ ask, result }, name, cases, doors, prepare) {
  const said = {};
  const visits = Object.entries(doors).map(([door, server]) => async () => {
    prepare?.();
    said[door] = await answers(ask, cases, server);
  });
  if (prepare === undefined) {
    await Promise.all(visits.map((visit) => visit()));
  } else {
    for (const visit of visits) {
      await visit();
    }
  }
  for (const door of Object.keys(doors).filter((other) => other !== 'direct')) {
    cases.forEach((one, index) => {
      const change = one.masked ? ', but masked' : one.denied ? ', but denied' : '';
      const wrong = difference(one, said.direct[index], said[door][index]);
      result(`${name} through ${door}: ${one.name}${change}`, wrong);
    });
  }
}
