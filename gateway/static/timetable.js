"use strict";
// Dragging a session to another half-day fills in and sends the very form that stands in it. While it is held, every
// half-day shows what the session would break there.
(() => {
  const grid = document.querySelector("table[data-movable]");
  if (!grid) return;
  const foretold = document.querySelector(".foretold");
  const cells = [...grid.querySelectorAll("td[data-on]")];
  let held = null;
  let places = new Map();

  const key = (on, half) => `${on} ${half}`;
  const hint = foretold.textContent;
  const tell = (text) => { foretold.textContent = text; };
  const judge = async (session) => {
    const answer = await fetch(`${grid.dataset.movable}${encodeURIComponent(session.id.slice(2))}/places`);
    if (!answer.ok || held !== session) return;
    places = new Map((await answer.json()).places.map((place) => [key(place.on, place.half), place]));
    cells.forEach((cell) => {
      const place = places.get(key(cell.dataset.on, cell.dataset.half));
      if (place && held === session) cell.classList.add(place.broken.length ? "clash" : "free");
    });
  };
  const forget = () => {
    places = new Map();
    cells.forEach((cell) => cell.classList.remove("clash", "free", "target"));
    tell(hint);
  };
  const foretell = (cell) => {
    const place = places.get(key(cell.dataset.on, cell.dataset.half));
    if (!place) return;
    const broken = place.broken.map((breach) => breach.words.zh).join("；");
    tell(broken ? `移到这里：${broken}` : place.mended ? `移到这里可消除 ${place.mended} 处冲突` : "移到这里没有冲突");
  };

  grid.querySelectorAll(".session").forEach((session) => {
    session.draggable = true;
    session.addEventListener("dragstart", (event) => {
      held = session;
      session.classList.add("held");
      event.dataTransfer.setData("text/plain", session.id);
      event.dataTransfer.effectAllowed = "move";
      judge(session).catch(() => {});
    });
    session.addEventListener("dragend", () => { session.classList.remove("held"); held = null; forget(); });
  });
  cells.forEach((cell) => {
    cell.addEventListener("dragover", (event) => {
      if (!held) return;
      event.preventDefault();
      cell.classList.add("target");
      foretell(cell);
    });
    cell.addEventListener("dragleave", () => cell.classList.remove("target"));
    cell.addEventListener("drop", (event) => {
      event.preventDefault();
      cell.classList.remove("target");
      if (!held || held.parentElement === cell) return;
      const form = held.querySelector("form");
      const half = form.elements.namedItem("half");
      form.elements.namedItem("on").value = cell.dataset.on;
      half.value = cell.dataset.half;
      form.submit();
    });
  });
})();
