"use strict";
// New events as they happen: a line in the news, and the chart drawn again by the server when it may have changed.
(() => {
  const list = document.getElementById("news");
  const plan = document.getElementById("plan");
  if (!list || !plan || !window.EventSource) return;

  const names = JSON.parse(list.dataset.names);
  const pulse = document.getElementById("pulse");
  const kept = 40;
  const redrawPause = 1500;
  const mostTries = 5;
  let tries = 0;
  let waiting = null;

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  const about = (data) => {
    const placed = data.programme_ordinal && data.ordinal ? `第${data.programme_ordinal}班 第${data.ordinal}期` : "";
    const unit = data.unit_id ? names.units[data.unit_id] || data.unit_id : "";
    return [names.terms[data.term_id] || placed, unit, data.number || data.title].filter(Boolean).join(" · ");
  };

  const when = (text) => {
    const parts = new Intl.DateTimeFormat("zh-CN", {
      timeZone: "Asia/Shanghai", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false,
    }).formatToParts(new Date(text));
    const part = (type) => parts.find((each) => each.type === type).value;
    return `${part("month")}月${part("day")}日 ${part("hour")}:${part("minute")}`;
  };

  const show = (event) => {
    const line = element("li", `tone-${event.type.split(".")[0]} fresh`);
    line.append(element("span", "what", names.types[event.type] || event.type));
    const said = about(event.data || {});
    if (said) line.append(element("span", "about", said));
    const time = element("time", "", when(event.time));
    time.dateTime = event.time;
    line.append(time);
    list.querySelector(".none")?.remove();
    list.prepend(line);
    while (list.children.length > kept) list.lastElementChild.remove();
  };

  // After an event the chart is asked for until it came, a few times and ever less often: the server refuses it while a
  // service is away, and a line may break. An event that arrives meanwhile begins anew.
  const redraw = () => {
    if (tries > 0) waiting = waiting || setTimeout(draw, redrawPause * 2 ** (mostTries - tries));
  };

  const draw = async () => {
    tries -= 1;
    const left = tries;
    try {
      const answer = await fetch(plan.dataset.url, { credentials: "same-origin" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      ["plan", "terms"].forEach((id) => {
        const part = fresh.getElementById(id);
        if (part) document.getElementById(id).replaceChildren(...part.childNodes);
      });
      if (tries === left) tries = 0;
    } catch {
      // as when it is refused
    } finally {
      waiting = null;
      redraw();
    }
  };

  const take = (message) => {
    show(JSON.parse(message.data));
    tries = mostTries;
    redraw();
  };

  const source = new EventSource(`${list.dataset.stream}?last_event_id=${list.dataset.latest}`);
  Object.keys(names.types).forEach((type) => source.addEventListener(type, take));
  source.addEventListener("open", () => { pulse.hidden = false; });
  source.addEventListener("error", () => { pulse.hidden = true; });
})();
