"use strict";
// Dragging a session to another half-day fills in and sends the very form that stands in it.
(() => {
  const grid = document.querySelector("table[data-movable]");
  if (!grid) return;
  let held = null;
  grid.querySelectorAll(".session").forEach((session) => {
    session.draggable = true;
    session.addEventListener("dragstart", (event) => {
      held = session;
      session.classList.add("held");
      event.dataTransfer.setData("text/plain", session.id);
      event.dataTransfer.effectAllowed = "move";
    });
    session.addEventListener("dragend", () => { session.classList.remove("held"); held = null; });
  });
  grid.querySelectorAll("td[data-on]").forEach((cell) => {
    cell.addEventListener("dragover", (event) => { if (held) { event.preventDefault(); cell.classList.add("target"); } });
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
