/* The meetings that are picked by what is chosen. */
/** Whether a meeting is held, or goes on, from today to Sunday, by the reader's calendar. */
const isThisWeek = ({ from, until, start }) => {
  const monday = new Date(now.getFullYear(), now.getMonth(), now.getDate() + ((8 - now.getDay()) % 7 || 7));
  return Boolean(start) && from * 60000 < monday.getTime() && until * 60000 > now.getTime();
};

/** Whether a meeting is one of those that are chosen. */
const matches = (state) => {
  const words = plain(state.words).split(" ").map((word) => ` ${word}`);
  return (one) => (!state.kind || one.collection === state.kind)
    && (!state.week || isThisWeek(one))
    && (!state.open || one.open * 60000 > now.getTime())
    && (!state.mode || one.mode === state.mode)
    && (!state.language || one.language === state.language)
    && (!state.theme || one.theme.includes(state.theme))
    && (!state.territory || one.territory.includes(state.territory))
    && words.every((word) => one.searched.includes(word));
};

/** The meetings of two files.
    - `prepare()`: fetch the first one already; a failure is told when it is used.
    - `find(state)`: the meetings that are chosen, the range of their months, the calendars that
      cross two selections, and whether meetings of before this year are among them. */
const meetingStore = (addresses) => {
  const { recent, earlier } = meetingFiles(addresses);
  return {
    prepare: () => {
      recent().catch(() => {});
    },
    find: async (state) => {
      const first = await recent();
      const before = state.view ? state.month < first.since : state.past;
      const older = before ? (await earlier()).meetings : [];
      return {
        found: [...older, ...first.meetings].filter(matches(state)),
        range: first.months,
        crossings: new Set(first.crossings),
        older: Boolean(before),
      };
    },
  };
};
