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

  // Charts are drawn one a frame, each with the newest figures that it was given: what is drawn is on the screen before the next one is begun. Those in sight
  // come first, every second time the uppermost, while settings are dragged; the others when no figures have come for a while, or when one scrolls to them.
  const rest = 300;
  const waiting = new Map();
  let lastFigures = 0;
  let lastDrawn = null;
  let isBusy = false;
  let alarm = 0;
  const isInSight = box => box.bottom > 0 && box.top < innerHeight;
  const afterFrame = done => document.hidden ? setTimeout(done) : requestAnimationFrame(() => setTimeout(() => setTimeout(done))); // and after whatever waits for the frame
  const uppermost = (a, b) => b.box.top < a.box.top ? b : a;
  const drawNext = () => {
    if (isBusy) return;
    clearTimeout(alarm);
    const charts = [];
    for (const id of waiting.keys()) {
      const place = document.getElementById(id);
      if (place) charts.push({ id, box: place.getBoundingClientRect() });
      else waiting.delete(id);
    }
    const resting = performance.now() - lastFigures;
    const due = charts.filter(chart => resting >= rest || isInSight(chart.box));
    if (due.length > 0) {
      const first = due.reduce(uppermost);
      const { id } = first.id === lastDrawn ? due.find(chart => chart !== first) ?? first : first;
      const draw = waiting.get(id);
      waiting.delete(id);
      [lastDrawn, isBusy] = [id, true];
      afterFrame(() => { isBusy = false; drawNext(); });
      draw();
    } else if (charts.length > 0) {
      alarm = setTimeout(drawNext, rest - resting);
    }
  };
  addEventListener('scroll', () => { if (waiting.size > 0) drawNext(); }, { passive: true });

  // a chart may have left the page again by the time the chart library has arrived; then there is nothing to draw
  const drawing = { newPlot: draw => draw(), react: (draw, place) => {
    waiting.set(place.id, draw);
    lastFigures = performance.now();
    drawNext();
    return Promise.resolve();
  } };
  Object.defineProperty(window, 'Plotly', {
    configurable: true,
    get: () => undefined,
    set: plotly => {
      for (const [name, decide] of Object.entries(drawing)) {
        const draw = plotly[name];
        plotly[name] = (id, ...figures) => {
          const place = typeof id === 'string' ? document.getElementById(id) : id;
          return place ? decide(() => draw(id, ...figures), place) : Promise.resolve();
        };
      }
      Object.defineProperty(window, 'Plotly', { value: plotly, writable: true, configurable: true });
    },
  });

  // a chart was drawn for the window: on paper it becomes a picture that is scaled to the sheet
  const pictures = () => document.querySelectorAll('.plot .main-svg');
  addEventListener('beforeprint', () => pictures().forEach(svg => svg.setAttribute('viewBox', `0 0 ${svg.getAttribute('width')} ${svg.getAttribute('height')}`)));
  addEventListener('afterprint', () => pictures().forEach(svg => svg.removeAttribute('viewBox')));

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
