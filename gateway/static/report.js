"use strict";
// Draws each figure of the report from the very table that stands under it.
(() => {
  const tones = {
    training: "#2c5f8d", done: "#2c5f8d", part: "#7fa8ca", open: "#d9a441", bad: "#a3222b", gone: "#8b94a0", pale: "#d3dce4",
  };
  const ink = "#1f2733";
  const soft = "#5a6573";
  const font = getComputedStyle(document.body).fontFamily;
  const charts = [];

  const table = (figure) => {
    const keys = [...figure.querySelectorAll("thead th")].map((cell) => [cell.dataset.key, cell.textContent]);
    const rows = [...figure.querySelectorAll("tbody tr")].map((row) => Object.fromEntries(
      [...row.cells].map((cell, place) => [keys[place][0], "value" in cell.dataset ? Number(cell.dataset.value) : cell.textContent]),
    ));
    return { words: Object.fromEntries(keys), rows };
  };
  const shown = (value) => (typeof value === "number" ? value : 0);
  // Terms of a programme differ at the end of their names: what is too long loses its middle.
  const shorter = (text, most) => (text.length > most ? `${text.slice(0, most - 6)}…${text.slice(-5)}` : text);

  const base = {
    textStyle: { fontFamily: font, color: ink },
    animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 400,
    aria: { enabled: true },
    // Rich text is drawn, not written as markup: the page's policy lets no style attribute through.
    tooltip: { renderMode: "richText", trigger: "axis", axisPointer: { type: "shadow" }, confine: true },
  };

  const bars = (drawn, { words, rows }, width) => {
    const { kind, over } = drawn;
    const series = drawn.series.filter((key) => rows.some((row) => shown(row[key])));
    const sorted = rows.slice().reverse();
    const most = width < 480 ? 11 : 18;
    const names = sorted.map((row) => String(row[over]));
    const within = kind === "within";
    return {
      ...base,
      height: Math.max(150, rows.length * (kind === "bars" && series.length > 1 ? 18 * series.length : 22) + 70),
      option: {
        grid: { left: 8, right: 44, top: drawn.series.length > 1 ? 34 : 10, bottom: 6, containLabel: true },
        legend: drawn.series.length > 1 ? { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: soft, fontSize: 12 } } : undefined,
        xAxis: { type: "value", minInterval: 1, splitNumber: 4, axisLabel: { color: soft, hideOverlap: true }, splitLine: { lineStyle: { color: "#eceae3" } } },
        yAxis: {
          type: "category", data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: "#cfccc2" } },
          axisLabel: { color: ink, interval: 0, formatter: (name) => shorter(name, most) },
        },
        series: series.map((key, place) => ({
          name: words[key], type: "bar", stack: kind === "stack" ? "all" : undefined,
          data: sorted.map((row) => shown(row[key])),
          itemStyle: { color: tones[drawn.tones[drawn.series.indexOf(key)]] || tones.done },
          barWidth: within ? Math.max(5, 14 - 4 * place) : 14,
          barGap: within ? "-100%" : "20%",
          z: 2 + place,
          label: series.length === 1 ? { show: true, position: "right", color: soft, fontSize: 11 } : undefined,
        })),
      },
    };
  };
  // Bars in each other share their middle only when they are as broad; narrower ones are shifted by half the difference.
  const centred = (option) => {
    const widest = Math.max(...option.series.map((each) => each.barWidth));
    option.series.forEach((each) => { each.barWidth = widest; });
    return option;
  };

  const map = (drawn, { words, rows }) => {
    const key = drawn.series[0];
    const unique = (name) => [...new Set(rows.map((row) => String(row[name])))];
    const xs = drawn.over === "month" ? unique("month").sort() : unique(drawn.over);
    const ys = unique(drawn.across).reverse();
    const most = Math.max(1, ...rows.map((row) => shown(row[key])));
    return {
      height: Math.max(150, ys.length * 26 + 90),
      option: {
        tooltip: { ...base.tooltip, trigger: "item", formatter: (item) => `${ys[item.value[1]]} ${xs[item.value[0]]}\n${words[key]} ${item.value[2]}` },
        grid: { left: 8, right: 10, top: 8, bottom: 52, containLabel: true },
        xAxis: { type: "category", data: xs, splitArea: { show: true }, axisTick: { show: false }, axisLabel: { color: soft } },
        yAxis: { type: "category", data: ys, axisTick: { show: false }, axisLabel: { color: ink, width: 150, overflow: "truncate", interval: 0 } },
        visualMap: {
          min: 0, max: most, calculable: false, orient: "horizontal", left: 8, bottom: 0, itemWidth: 12, itemHeight: 110,
          text: [`${most} ${words[key]}`, "0"], textStyle: { color: soft }, inRange: { color: ["#f3f1ec", "#f0cf9a", "#c8682f", "#8b1b23"] },
        },
        series: [{
          type: "heatmap", data: rows.map((row) => [xs.indexOf(String(row[drawn.over])), ys.indexOf(String(row[drawn.across])), shown(row[key])]),
          label: { show: true, color: "inherit", fontSize: 11 }, itemStyle: { borderColor: "#fff", borderWidth: 2 },
        }],
      },
    };
  };

  const draw = (place) => {
    const drawn = {
      kind: place.dataset.kind, over: place.dataset.over, across: place.dataset.across,
      series: place.dataset.series.split(" "), tones: place.dataset.tones.split(" "),
    };
    place.hidden = false;
    const told = table(place.closest(".figure"));
    const made = drawn.kind === "map" ? map(drawn, told) : bars(drawn, told, place.clientWidth);
    const option = drawn.kind === "within" ? centred(made.option) : made.option;
    place.style.height = `${made.height}px`;
    const chart = window.echarts.init(place, null, { renderer: "canvas" });
    chart.setOption({ ...base, ...option });
    charts.push(chart);
  };

  const print = document.getElementById("print");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  // On paper nothing unfolds: the rows are printed, and folded again afterwards.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(".figure details:not([open])")];
    opened.forEach((each) => { each.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((each) => { each.open = false; }));
  if (!window.echarts) return;
  document.querySelectorAll(".drawing").forEach(draw);
  window.addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
  window.matchMedia("print").addEventListener("change", () => charts.forEach((chart) => chart.resize({ animation: { duration: 0 } })));
})();
