/* What searches, asked by messages: it starts at the first question. */
/** `ask(question)`: the answer, or null where another was asked since. */
const searcher = (folder) => {
  let ready;
  let last = 0;
  const start = async () => {
    const response = await fetch(`${folder}index.json`);
    if (!response.ok) {
      throw new Error(`index.json: ${response.status}`);
    }
    const worker = new Worker(`${folder}worker.js`);
    const told = new Promise((resolve) => {
      worker.addEventListener("message", resolve, { once: true });
    });
    worker.postMessage({ type: 0, data: await response.json() });
    await told;
    return worker;
  };
  const ask = async (question) => {
    last += 1;
    const number = last;
    ready ??= start();
    // What failed is asked for again.
    ready.catch(() => { ready = undefined; });
    const worker = await ready;
    if (number !== last) {
      return null;
    }
    const answer = await new Promise((resolve) => {
      const hear = ({ data: { type, data } }) => {
        if (type === 5 && data.number === number) {
          worker.removeEventListener("message", hear);
          resolve(data);
        }
      };
      worker.addEventListener("message", hear);
      worker.postMessage({ type: 4, data: { ...question, number } });
    });
    return number === last ? answer : null;
  };
  return { ask };
};
