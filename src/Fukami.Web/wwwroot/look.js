// How the page looks, settled before anything is drawn; and the reload once a lost connection is back.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const keep = (name, value) => { document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=strict`; };

  const settle = () => {
    const theme = root.dataset.theme;
    root.dataset.dark = String(theme === 'dark' || (theme === 'auto' && dark.matches));
    keep('fukami-dark', root.dataset.dark);
  };

  settle();
  dark.addEventListener('change', settle);

  window.fukami = {
    isDark: () => root.dataset.dark === 'true',
    setLook: (theme, size) => {
      root.dataset.theme = theme;
      root.dataset.size = size;
      keep('fukami-theme', theme);
      keep('fukami-size', size);
      settle();
    },
    show: id => {
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      document.getElementById(id)?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
    },
    focus: id => document.getElementById(id)?.focus({ preventScroll: true }),
    leave: address => location.assign(address),
  };

  // a chart may have left the page again by the time the chart library has arrived; then there is nothing to draw
  Object.defineProperty(window, 'Plotly', {
    configurable: true,
    get: () => undefined,
    set: plotly => {
      for (const name of ['newPlot', 'react']) {
        const draw = plotly[name];
        plotly[name] = (place, ...rest) => (typeof place === 'string' && !document.getElementById(place) ? Promise.resolve() : draw(place, ...rest));
      }
      Object.defineProperty(window, 'Plotly', { value: plotly, writable: true, configurable: true });
    },
  });

  // the framework tries to reconnect; where the program was started anew it cannot, and the page is loaded again as soon as it answers
  document.addEventListener('DOMContentLoaded', () => {
    const notice = document.getElementById('components-reconnect-modal');
    if (!notice) return;
    let waiting = false;
    const reloadWhenBack = async () => {
      if (waiting) return;
      waiting = true;
      while (notice.open) {
        try {
          if ((await fetch(location.href, { cache: 'no-store' })).ok) return location.reload();
        } catch { /* not back yet */ }
        await new Promise(done => setTimeout(done, 1000));
      }
      waiting = false;
    };
    notice.addEventListener('components-reconnect-state-changed', change => {
      const state = change.detail.state;
      if (state === 'show') notice.showModal();
      if (state === 'hide') notice.close();
      notice.dataset.state = state;
      if (state === 'failed' || state === 'rejected') reloadWhenBack();
    });
    document.getElementById('components-reconnect-button').addEventListener('click', () => location.reload());
  });
})();
