(() => {
  'use strict';
  const plots = JSON.parse(document.getElementById('plots').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  // Okabe and Ito's colours, which people who see fewer colours can tell apart.
  const colours = ['#0072b2', '#e69f00', '#009e73', '#d55e00', '#56b4e9', '#cc79a7', '#8c8c00', '#7f7f7f'];
  const nice = value => (value === null || value === undefined ? 'none' : Number(Number(value).toPrecision(4)).toString());

  const axis = (a, place) => {
    const made = {
      type: a.logarithmic ? 'log' : 'value', name: a.title, scale: true, axisLabel: { formatter: nice, hideOverlap: true },
      // Beside the numbers of a y axis a title would stand upon them as soon as they are long.
      ...(place === 'x' ? { nameLocation: 'middle', nameGap: 28 } : { nameLocation: 'end', nameGap: 10, nameTextStyle: { align: 'left' } })
    };
    return a.range ? { ...made, min: a.range.from, max: a.range.to } : made;
  };
  const frame = legend => ({
    color: colours, backgroundColor: 'transparent', animation: false, aria: { enabled: true },
    grid: { left: 28, right: 24, top: legend ? 44 : 24, bottom: 32, containLabel: true },
    legend: { show: legend, type: 'scroll', top: 0 },
    // Drawn as text, never as HTML: names come from data.
    tooltip: { renderMode: 'richText', confine: true }
  });

  // A long name must not take the plot's own room; the tooltip has all of it. Names that begin alike differ at their ends.
  const names = (list, box) => {
    const width = box.clientWidth / 3;
    const most = Math.max(8, Math.floor(width / 7));
    const end = Math.floor(most / 2);
    const short = name => (name.length > most ? name.slice(0, most - end - 1) + '\u2026' + name.slice(-end) : name);
    return { type: 'category', data: list, inverse: true, axisLabel: { width, overflow: 'truncate', formatter: short } };
  };

  const makers = {
    lines: p => ({
      ...frame(p.series.length > 1), xAxis: axis(p.x, 'x'), yAxis: axis(p.y, 'y'),
      series: p.series.map(s => {
        const points = s.style === 'POINTS';
        return {
          name: s.name, type: points ? 'scatter' : 'line', data: s.points.map(q => ({ value: [q.x, q.y], name: q.label })),
          symbolSize: points ? 10 : 6, showSymbol: s.style === 'MARKED', lineStyle: s.style === 'REFERENCE' ? { type: 'dashed', color: '#888' } : {},
          itemStyle: s.style === 'REFERENCE' ? { color: '#888' } : {}, silent: s.style === 'REFERENCE',
          label: { show: points, position: 'top', formatter: '{b}' }, labelLayout: { hideOverlap: true }
        };
      }),
      tooltip: {
        ...frame(false).tooltip, trigger: 'item',
        formatter: at => [at.seriesName, at.name, `${p.x.title}: ${nice(at.value[0])}`, `${p.y.title}: ${nice(at.value[1])}`].filter(Boolean).join('\n')
      }
    }),
    bars: p => ({
      ...frame(p.series.length > 1), xAxis: { type: 'category', data: p.categories, axisLabel: { hideOverlap: true } }, yAxis: axis(p.y, 'y'),
      series: p.series.map(s => ({ name: s.name, type: 'bar', data: s.values })),
      tooltip: { ...frame(false).tooltip, formatter: at => `${at.seriesName}\n${at.name}: ${nice(at.value)}` }
    }),
    heatmap: (p, box) => ({
      ...frame(false), grid: { left: 8, right: 8, top: 8, bottom: 64, containLabel: true },
      xAxis: { type: 'category', data: p.columns, axisLabel: { hideOverlap: true } },
      yAxis: names(p.rows.map(r => r.name), box),
      visualMap: {
        min: p.scale.from, max: p.scale.to, calculable: true, orient: 'horizontal', left: 'center', bottom: 0, formatter: nice,
        inRange: { color: p.scale.from < 0 ? ['#b3401f', '#f4f1ea', '#0072b2'] : ['#f4f1ea', '#56b4e9', '#00446b'] }
      },
      series: [{
        type: 'heatmap', data: p.rows.flatMap((r, y) => r.values.map((v, x) => [x, y, v === null ? '-' : v])),
        label: { show: p.rows.length * p.columns.length <= 120, formatter: at => (at.value[2] === '-' ? '' : Number(at.value[2]).toFixed(2)) }
      }],
      tooltip: { ...frame(false).tooltip, formatter: at => `${p.rows[at.value[1]].name}\n${p.columns[at.value[0]]}: ${nice(at.value[2])}` }
    }),
    intervals: (p, box) => ({
      ...frame(false), xAxis: axis(p.x, 'x'), yAxis: names(p.figures.map(f => f.name), box),
      series: [{
        type: 'custom', data: p.figures.map((f, i) => [i, f.value, f.low, f.high]), encode: { x: [1, 2, 3], y: 0 },
        markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { type: 'dashed', color: '#888' }, data: [{ xAxis: p.reference }] },
        renderItem: (_, api) => {
          const [x, y] = api.coord([api.value(1), api.value(0)]);
          const style = { stroke: colours[0], fill: colours[0], lineWidth: 2 };
          const known = Number.isFinite(api.value(2)) && Number.isFinite(api.value(3));
          const end = i => api.coord([api.value(i), api.value(0)])[0];
          const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style });
          const whiskers = known ? [line(end(2), y, end(3), y), line(end(2), y - 5, end(2), y + 5), line(end(3), y - 5, end(3), y + 5)] : [];
          return { type: 'group', children: [...whiskers, { type: 'circle', shape: { cx: x, cy: y, r: 5 }, style }] };
        }
      }],
      tooltip: {
        ...frame(false).tooltip,
        formatter: at => {
          const f = p.figures[at.dataIndex];
          return `${f.name}\n${p.x.title}: ${nice(f.value)}` + (f.low === null ? '' : `\n95 % interval: ${nice(f.low)} to ${nice(f.high)}`);
        }
      }
    })
  };

  const figures = [...document.querySelectorAll('figure[data-plot]')];
  let drawn = [];
  const draw = () => {
    drawn.forEach(chart => chart.dispose());
    drawn = figures.map(figure => {
      const plot = plots[Number(figure.dataset.plot)];
      const box = figure.querySelector('.plot');
      const rows = plot.type === 'heatmap' ? plot.rows.length : plot.type === 'intervals' ? plot.figures.length : 0;
      if (rows > 8) {
        box.style.height = `${rows * 2.2 + 6}rem`;
      }
      const chart = echarts.init(box, dark.matches ? 'dark' : null, { renderer: 'svg' });
      chart.on('finished', () => { figure.dataset.drawn = 'true'; });
      chart.setOption(makers[plot.type](plot, box));
      return chart;
    });
  };
  draw();
  dark.addEventListener('change', draw);
  addEventListener('resize', () => drawn.forEach(chart => chart.resize()));
  addEventListener('beforeprint', () => drawn.forEach(chart => chart.resize()));
})();
